internal import Findings
internal import Matching
internal import RulePacks
internal import Views

/// Looks at one file with all rules. Each worker has its own.
struct FileAnalyzer: ~Copyable {
  /// What came of one file.
  struct Result {
    /// By place and rule; the ordinals of equal fingerprints count within the file.
    var findings: [Finding] = []
    var notifications: [Notification] = []
    /// False when the file was not looked at.
    var isScanned = true
  }

  private let rules: RuleSets
  private let fingerprintKey: [UInt8]
  private let neighbours: any FileResolver
  private var scratch: TextRuleSet.Scratch

  init(
    rules: RuleSets, fingerprintKey: [UInt8], neighbours: any FileResolver = NoFiles()
  ) throws(PrefilterError) {
    self.rules = rules
    self.fingerprintKey = fingerprintKey
    self.neighbours = neighbours
    scratch = try rules.text.makeScratch()
  }

  mutating func analyze(_ bytes: Span<UInt8>, path: SourcePath) -> Result {
    switch Classification(bytes) {
    case .empty: return Result()
    case .utf8: return analyze(text: bytes, path: path)
    case .binary:
      let notification = Notification(kind: .binary, level: .note, message: "binary file", path: path)
      return Result(notifications: [notification], isScanned: false)
    case .unknownEncoding:
      var result = analyze(text: bytes, path: path)
      result.notifications.append(
        Notification(kind: .invalidUTF8, level: .note, message: "not UTF-8; scanned as bytes", path: path))
      return result
    case .utf16(let isBigEndian):
      let text = Classification.utf8(fromUTF16: bytes, isBigEndian: isBigEndian)
      var result = analyze(text: text.span, path: path)
      // The offsets count bytes of the file, not of its text in UTF-8.
      for index in result.findings.indices {
        guard let range = result.findings[index].location.region.byteRange else { continue }
        let start = 2 + 2 * String(decoding: text[..<range.lowerBound], as: UTF8.self).utf16.count
        let length = 2 * String(decoding: text[range], as: UTF8.self).utf16.count
        result.findings[index].location.region.byteRange = start..<start + length
      }
      return result
    }
  }

  private mutating func analyze(text: Span<UInt8>, path: SourcePath) -> Result {
    var matches: [TextRuleSet.Match] = []
    var markers: [[Range<Int>?]] = []
    var notifications: [Notification] = []
    var failed: Set<Int> = []
    rules.text.scan(text, path: path, scratch: &scratch) { match in
      matches.append(match)
    } marker: { groups in
      markers.append(groups)
    } fault: { [rules] fault in
      // Once for a rule and a file: a hostile file could reach the limit a million times.
      guard failed.insert(fault.rule).inserted else { return }
      let rule = rules.text.rules[fault.rule].metadata.id
      notifications.append(
        Notification(
          kind: .matchLimit, level: .error, message: "rule \(rule) gave up at byte \(fault.offset): \(fault.message)",
          path: path))
    }
    let documents = rules.documents.scan(text, path: path, others: neighbours)
    notifications += documents.notifications
    guard !matches.isEmpty || !markers.isEmpty || !documents.matches.isEmpty else {
      return Result(notifications: notifications)
    }
    let assembly = FindingAssembly(
      text: text, path: path, rules: rules, matches: matches, documentMatches: documents.matches,
      fingerprintKey: fingerprintKey)
    let findings = assembly.findings(markers: markers, in: text)
    return Result(findings: findings, notifications: notifications)
  }
}
