internal import Documents
public import Findings

/// Adds an exception to a file and leaves all else in it as it is: comments, layout, the exceptions before.
///
/// The file is not written anew from what was read of it: YAML's comments are no part of the tree. The place behind the last
/// entry is looked up in the text instead, the new entry is put there, and the result is read again before anybody gets it.
public struct ExceptionWriter: Sendable {
  /// What somebody accepts.
  public struct Acceptance: Sendable {
    public var finding: Finding
    public var reason: String
    public var owner: String
    public var created: Day
    public var expires: Day
    public var ticket: String?
    public var approvedBy: String?

    public init(
      finding: Finding, reason: String, owner: String, created: Day, expires: Day, ticket: String? = nil,
      approvedBy: String? = nil
    ) {
      self.finding = finding
      self.reason = reason
      self.owner = owner
      self.created = created
      self.expires = expires
      self.ticket = ticket
      self.approvedBy = approvedBy
    }
  }

  private let policy: Policy
  private let key: [UInt8]

  /// - Parameter policy: its caps hold, and its ids are taken.
  public init(policy: Policy, key: [UInt8]) {
    self.policy = policy
    self.key = key
  }

  /// The bytes of a file with the exception added.
  ///
  /// - Parameters:
  ///   - bytes: of a file of exceptions or of a policy; `nil`: there is none yet.
  ///   - file: its name for messages.
  /// - Returns: the bytes and the id of the exception.
  public func adding(
    _ acceptance: Acceptance, to bytes: [UInt8]?, file: String
  ) throws(PolicyError) -> (bytes: [UInt8], id: String) {
    try check(acceptance, file: file)
    let id = freeID(for: acceptance.finding)
    let lines = self.lines(for: acceptance, id: id)
    let text: [UInt8]
    if let bytes, !bytes.allSatisfy({ $0 <= 0x20 }) {
      text = try inserted(lines, into: bytes, file: file)
    } else {
      text = Array((["version: 1", "exceptions:"] + Self.indented(lines, by: 2)).map { $0 + "\n" }.joined().utf8)
    }
    // Whatever the layout was: what comes out holds what went in, and the new one.
    var before: [PolicyException] = []
    if let bytes, !bytes.allSatisfy({ $0 <= 0x20 }) { before = try Self.exceptions(in: bytes, file: file) }
    let after = try Self.exceptions(in: text, file: file)
    guard after.map(\.id) == before.map(\.id) + [id] else {
      throw PolicyError(
        file: file,
        "the layout of this file is one that tollgate cannot add to; add by hand:\n" + lines.joined(separator: "\n"))
    }
    return (text, id)
  }

  private func check(_ acceptance: Acceptance, file: String) throws(PolicyError) {
    let severity = acceptance.finding.severity
    guard acceptance.expires >= acceptance.created else {
      throw PolicyError(file: file, "\(acceptance.expires) is past: an exception ends today at the earliest")
    }
    if let cap = policy.exceptionSettings.caps[severity], acceptance.expires > acceptance.created.adding(cap) {
      throw PolicyError(
        file: file,
        "the policy allows \(cap) days for severity \(severity): until \(acceptance.created.adding(cap)) at the latest")
    }
    guard acceptance.reason.count >= PolicyReader.minReasonLength else {
      throw PolicyError(
        file: file, "the reason is shorter than \(PolicyReader.minReasonLength) characters: say why it is safe")
    }
  }

  private static func exceptions(in bytes: [UInt8], file: String) throws(PolicyError) -> [PolicyException] {
    let reader = PolicyReader()
    if isPolicy(bytes) { return try reader.read(bytes, file: file).layer.exceptions.list }
    return try reader.readExceptions(bytes, file: file)
  }

  /// Whether the exceptions of a file stand in a mapping with a list, as in a policy.
  private static func isPolicy(_ bytes: [UInt8]) -> Bool {
    guard let root = try? YAMLReader.read(bytes).root else { return false }
    let keys = root.entries?.compactMap(\.key.text) ?? []
    return root["exceptions"]?.kind == .mapping || !Set(keys).isSubset(of: ["version", "exceptions"])
  }

  private func freeID(for finding: Finding) -> String {
    let letters = finding.ruleID.lowercased().utf8.map { byte -> Character in
      let isPlain = (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D
      return isPlain ? Character(Unicode.Scalar(byte)) : "-"
    }
    var base = String(letters.drop { $0 == "-" }.prefix(60)) + "-" + finding.fingerprint.digest.prefix(8)
    if base.hasPrefix("-") { base = "exception" + base }
    let taken = Set(policy.allExceptions.map(\.id))
    var id = base
    var number = 2
    while taken.contains(id) {
      id = "\(base)-\(number)"
      number += 1
    }
    return id
  }

  // MARK: Text

  private func lines(for acceptance: Acceptance, id: String) -> [String] {
    let finding = acceptance.finding
    let place = "\(finding.location.path):\(finding.location.region.start.line)"
    var lines = [
      "- id: \(id)",
      "  # \(finding.ruleID) (\(finding.severity)) in \(place)",
      "  match: {\(Self.match(for: finding))}",
      "  reason: \(Self.quoted(acceptance.reason))",
      "  owner: \(Self.quoted(acceptance.owner))",
    ]
    if let approvedBy = acceptance.approvedBy { lines.append("  approvedBy: \(Self.quoted(approvedBy))") }
    if let ticket = acceptance.ticket { lines.append("  ticket: \(Self.quoted(ticket))") }
    lines += ["  created: \(acceptance.created)", "  expires: \(acceptance.expires)"]
    let content = Baseline.context(of: finding, key: key)
    var evidence = ["severity: \(finding.severity)"]
    if !content.isEmpty { evidence.insert("content: '\(content)'", at: 0) }
    if let proof = finding.proof { evidence.append("proof: \(proof.rawValue)") }
    lines.append("  while: {\(evidence.joined(separator: ", "))}")
    return lines.map { line in
      // The rule id and the path may come from elsewhere: no line of a comment may end early.
      String(
        String.UnicodeScalarView(
          line.unicodeScalars.map {
            $0.value < 0x20 || $0.value == 0x85 || $0.value == 0x2028 || $0.value == 0x2029 ? " " : $0
          }))
    }
  }

  /// The value in its file. The ordinal is left out: it counts equal values by path, so that a copy in a file whose name
  /// comes first would take over what was accepted here.
  private static func match(for finding: Finding) -> String {
    let path = finding.location.path.bytes
    let text = String(decoding: path, as: UTF8.self)
    let fingerprints = "fingerprints: ['\(finding.fingerprint.digest)']"
    // A name that is not UTF-8 cannot be written down.
    guard !path.isEmpty, Array(text.utf8) == path else { return "fingerprints: ['\(finding.fingerprint)']" }
    // From the root, with the signs of patterns as themselves.
    let glob = text.map { "*?[".contains($0) ? "[\($0)]" : String($0) }.joined()
    return fingerprints + ", paths: [" + quoted("/" + glob) + "]"
  }

  /// A text as YAML's double-quoted scalars have it (YAML 1.1, 5.7).
  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      default:
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
          let hex = String(scalar.value, radix: 16, uppercase: true)
          quoted += "\\U" + String(repeating: "0", count: 8 - hex.count) + hex
        default: quoted.unicodeScalars.append(scalar)
        }
      }
    }
    return quoted + "\""
  }

  private static func indented(_ lines: [String], by spaces: Int) -> [String] {
    lines.map { String(repeating: " ", count: spaces) + $0 }
  }

  /// Puts the lines behind the last exception of a file, or at the end where there is none.
  private func inserted(_ lines: [String], into bytes: [UInt8], file: String) throws(PolicyError) -> [UInt8] {
    let document: Document
    do throws(DocumentError) {
      document = try YAMLReader.read(bytes)
    } catch {
      throw PolicyError(file: file, position: error.position, "not valid YAML: \(error.message)")
    }
    guard let root = document.root else { throw PolicyError(file: file, "the file is empty") }
    var list = root["exceptions"]
    if list?.kind == .mapping { list = list?["list"] }
    let ending = bytes.firstOffset(of: [13, 10]) == nil ? "\n" : "\r\n"
    func text(_ lines: [String]) -> [UInt8] { Array(lines.map { $0 + ending }.joined().utf8) }

    if let list, let last = list.elements?.last, let first = list.elements?.first {
      let dash = Self.dash(before: first.byteRange.lowerBound, in: bytes)
      guard let dash else {
        throw PolicyError(file: file, position: list.position, "write the list of exceptions with one - a line")
      }
      let end = Self.lineEnd(after: Self.end(of: last), in: bytes)
      let column = dash - Self.lineStart(of: dash, in: bytes)
      let needsEnding = end > 0 && bytes[end - 1] != 10 ? Array(ending.utf8) : []
      return bytes[..<end] + needsEnding + text(Self.indented(lines, by: column)) + bytes[end...]
    }
    let needsEnding = bytes.last == 10 ? [] : Array(ending.utf8)
    if let list, list.isNull || list.elements?.isEmpty == true {
      // `exceptions: []` or `exceptions:`: the value goes, the new lines follow.
      let range = list.byteRange
      let end = Self.lineEnd(after: range.upperBound, in: bytes)
      return bytes[..<range.lowerBound] + bytes[range.upperBound..<end]
        + (end > 0 && bytes[end - 1] != 10 ? Array(ending.utf8) : []) + text(Self.indented(lines, by: 2))
        + bytes[end...]
    }
    guard root["exceptions"] == nil else {
      throw PolicyError(file: file, "exceptions in this policy have no list; add one, or use a file of exceptions")
    }
    let isPolicy = Self.isPolicy(bytes)
    let head = isPolicy ? ["exceptions:", "  list:"] : ["exceptions:"]
    return bytes + needsEnding + text(head + Self.indented(lines, by: isPolicy ? 4 : 2))
  }

  /// Where the text of a value ends: that of its last scalar, for a block collection reaches to what follows it.
  private static func end(of node: Node) -> Int {
    var node = node
    while true {
      if let last = node.elements?.last {
        node = last
      } else if let last = node.ownEntries?.last {
        node = last.value
      } else {
        return node.byteRange.upperBound
      }
    }
  }

  private static func lineStart(of offset: Int, in bytes: [UInt8]) -> Int {
    (bytes[..<offset].lastIndex(of: 10) ?? -1) + 1
  }

  /// Behind the end of the line that holds a place, or at the end of the file.
  private static func lineEnd(after offset: Int, in bytes: [UInt8]) -> Int {
    // A block scalar ends behind its own line end.
    if offset > 0, offset <= bytes.count, bytes[offset - 1] == 10 { return offset }
    return bytes[min(offset, bytes.count)...].firstIndex(of: 10).map { $0 + 1 } ?? bytes.count
  }

  /// The dash before an element in block style.
  private static func dash(before offset: Int, in bytes: [UInt8]) -> Int? {
    var place = offset - 1
    while place >= 0, bytes[place] == 0x20 { place -= 1 }
    guard place >= 0, bytes[place] == UInt8(ascii: "-") else { return nil }
    return bytes[lineStart(of: place, in: bytes)..<place].allSatisfy { $0 == 0x20 } ? place : nil
  }
}
