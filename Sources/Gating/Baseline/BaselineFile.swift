internal import Findings

// A text file that merges well. Lines are sorted by the digest, so that what two branches add stands apart; what may differ
// between two branches that found the same (the day) is no part of the key; equal keys become one entry again when read.
//
//     # tollgate baseline 1
//     known aws-access-key-id
//     0f1e… github-personal-access-token 5b0c… src/settings.py since=2026-11-25 n=2

/// Reads and writes baselines as text.
enum BaselineFile {
  private static let head = "# tollgate baseline 1"
  private static let notes = """
    # Findings that were known: digest, rule, context, path. No value can be read from it (docs/gate.md).
    # After a merge conflict keep the lines of both sides.
    """

  static func precedes(_ left: Baseline.Entry, _ right: Baseline.Entry) -> Bool {
    (left.digest, left.ruleID, left.path, left.context) < (right.digest, right.ruleID, right.path, right.context)
  }

  static func written(_ baseline: Baseline) -> [UInt8] {
    var lines = [head] + notes.split(separator: "\n").map(String.init)
    lines += baseline.knownRules.sorted().map { "known \(encoded($0))" }
    for entry in baseline.entries.sorted(by: precedes) {
      var words = [entry.digest, encoded(entry.ruleID), entry.context.isEmpty ? "-" : entry.context, entry.path.uri]
      if let since = entry.since { words.append("since=\(since)") }
      if entry.count > 1 { words.append("n=\(entry.count)") }
      if entry.isFixed { words.append("fixed") }
      lines.append(words.joined(separator: " "))
    }
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  /// The names of rules of other tools may hold anything.
  private static func encoded(_ name: String) -> String { SourcePath(name).uri }

  /// - Throws: what is wrong, with the lines; markers of an unfinished merge above all.
  static func read(_ bytes: [UInt8], file: String) throws(PolicyError) -> Baseline {
    let complaints = PolicyComplaints(file: file)
    var baseline = Baseline()
    var merged: [Key: Int] = [:]
    var hasHead = false
    for (index, line) in bytes.split(separator: 10, omittingEmptySubsequences: false).enumerated() {
      let line = String(decoding: line.last == 13 ? line.dropLast() : line, as: UTF8.self)
      func complain(_ message: String) { complaints.add(message, at: Position(line: index + 1, column: 1)) }
      if ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].contains(where: line.hasPrefix) {
        complain("a merge is not finished: keep the lines of both sides and take the markers out")
        continue
      }
      if line.hasPrefix("#") {
        hasHead = hasHead || line == head
        continue
      }
      let words = line.split(separator: " ").map(String.init)
      if words.isEmpty { continue }
      if words[0] == "known" {
        if words.count == 2, let name = decoded(words[1]) {
          baseline.knownRules.insert(name)
        } else {
          complain("known has one rule")
        }
        continue
      }
      guard let entry = entry(words) else {
        complain("an entry is: digest, rule, context, path, and perhaps since=DAY, n=COUNT, fixed")
        continue
      }
      if let place = merged[Key(entry)] {
        baseline.entries[place].merge(entry)
      } else {
        merged[Key(entry)] = baseline.entries.count
        baseline.entries.append(entry)
      }
      if complaints.all.count > 20 { break }
    }
    if !hasHead {
      complaints.add("this is no baseline: it does not begin with \"\(head)\"", at: Position(line: 1, column: 1))
    }
    guard complaints.all.isEmpty else { throw PolicyError(diagnostics: complaints.all) }
    baseline.entries.sort(by: precedes)
    return baseline
  }

  private struct Key: Hashable {
    var digest: String
    var ruleID: String
    var path: SourcePath
    var context: String

    init(_ entry: Baseline.Entry) {
      (digest, ruleID, path, context) = (entry.digest, entry.ruleID, entry.path, entry.context)
    }
  }

  private static func decoded(_ word: String) -> String? {
    SourcePath(uri: word).map { String(decoding: $0.bytes, as: UTF8.self) }
  }

  private static func entry(_ words: [String]) -> Baseline.Entry? {
    guard words.count >= 4, words[0].utf8.count >= 16, words[0].allSatisfy(\.isHexDigit), let rule = decoded(words[1]),
      words[2] == "-" || words[2].allSatisfy(\.isHexDigit), let path = SourcePath(uri: words[3])
    else { return nil }
    var entry = Baseline.Entry(digest: words[0], ruleID: rule, path: path, context: words[2] == "-" ? "" : words[2])
    for word in words.dropFirst(4) {
      if word == "fixed" {
        entry.isFixed = true
      } else if word.hasPrefix("since="), let day = Day(String(word.dropFirst(6))) {
        entry.since = day
      } else if word.hasPrefix("n="), let count = Int(word.dropFirst(2)), (1...1_000_000).contains(count) {
        entry.count = count
      } else {
        return nil
      }
    }
    return entry
  }
}

extension Baseline.Entry {
  /// What two branches say of the same: the earlier day, the greater number; open where one of them says so.
  fileprivate mutating func merge(_ other: Baseline.Entry) {
    since = [since, other.since].compactMap { $0 }.min()
    count = max(count, other.count)
    isFixed = isFixed && other.isFixed
  }
}

extension Baseline {
  /// Reads a baseline file.
  ///
  /// - Parameter file: its name for messages.
  public init(_ bytes: [UInt8], file: String) throws(PolicyError) {
    self = try BaselineFile.read(bytes, file: file)
    input = GateInput(kind: .baseline, name: file, digest: Digest.hex(Digest.sha256(bytes)))
  }

  /// The text of the file, sorted, with a line ending at the end. Equal baselines give equal bytes.
  public var bytes: [UInt8] { BaselineFile.written(self) }
}
