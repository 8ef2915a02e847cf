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
  private let options: FindingAssembly.Options
  private let neighbours: any FileResolver
  private var scratch: TextRuleSet.Scratch
  private var decoding = DecodingPass()

  init(
    rules: RuleSets, options: FindingAssembly.Options, neighbours: any FileResolver = NoFiles(), asOf: Timestamp? = nil
  ) throws(PrefilterError) {
    self.rules = rules
    self.options = options
    self.neighbours = neighbours
    scratch = try rules.text.makeScratch(asOf: asOf)
  }

  /// - Parameters:
  ///   - isInArchive: whether the path leads into an archive: then no file stands beside it.
  ///   - trace: is told of every step.
  mutating func analyze(
    _ bytes: Span<UInt8>, path: SourcePath, isInArchive: Bool = false, trace: FileTrace? = nil
  ) -> Result {
    let classification = Classification(bytes)
    trace?.classification = classification.words
    let neighbours: any FileResolver = isInArchive ? NoFiles() : self.neighbours
    let result = analyze(bytes, as: classification, path: path, neighbours, trace: trace)
    trace?.isScanned = result.isScanned
    trace?.findings = result.findings
    trace?.notifications = result.notifications
    return result
  }

  private mutating func analyze(
    _ bytes: Span<UInt8>, as classification: Classification, path: SourcePath, _ neighbours: any FileResolver,
    trace: FileTrace?
  ) -> Result {
    switch classification {
    case .empty: return Result()
    case .utf8: return analyze(text: bytes, path: path, neighbours, trace: trace)
    case .binary:
      let notification = Notification(kind: .binary, level: .note, message: "binary file", path: path)
      return Result(notifications: [notification], isScanned: false)
    case .unknownEncoding:
      var result = analyze(text: bytes, path: path, neighbours, trace: trace)
      result.notifications.append(
        Notification(kind: .invalidUTF8, level: .note, message: "not UTF-8; scanned as bytes", path: path))
      return result
    case .utf16(let isBigEndian, let hasMark):
      let text = Classification.utf8(fromUTF16: bytes, isBigEndian: isBigEndian, hasMark: hasMark)
      trace?.isConverted = true
      var result = analyze(text: text.span, path: path, neighbours, trace: trace)
      // The offsets count bytes of the file, not of its text in UTF-8.
      for index in result.findings.indices {
        if !hasMark, result.findings[index].secret != nil { result.findings[index].encodings.insert(.utf16, at: 0) }
        guard let range = result.findings[index].location.region.byteRange else { continue }
        let start = (hasMark ? 2 : 0) + 2 * String(decoding: text[..<range.lowerBound], as: UTF8.self).utf16.count
        let length = 2 * String(decoding: text[range], as: UTF8.self).utf16.count
        result.findings[index].location.region.byteRange = start..<start + length
      }
      return result
    }
  }

  private mutating func analyze(
    text: Span<UInt8>, path: SourcePath, _ neighbours: any FileResolver, trace: FileTrace?
  ) -> Result {
    if let trace {
      trace.text = Array(text)
      trace.rules = rules.text.rules
      trace.documentRules.wanted = trace.wantedBytes
    }
    var matches: [TextRuleSet.Match] = []
    var markers: [[Range<Int>?]] = []
    var notifications: [Notification] = []
    var failed: Set<Int> = []
    let rules = rules
    func note(_ fault: TextRuleSet.Fault) {
      // Once for a rule and a file: a hostile file could reach the limit a million times.
      guard failed.insert(fault.rule).inserted else { return }
      let rule = rules.text.rules[fault.rule].metadata.id
      notifications.append(
        Notification(
          kind: .matchLimit, level: .error, message: "rule \(rule) gave up at byte \(fault.offset): \(fault.message)",
          path: path))
    }
    rules.text.scan(
      text, path: path, scratch: &scratch, match: { matches.append($0) }, marker: { markers.append($0) },
      fault: { note($0) },
      trace: trace?.textRules)
    let isDecoded = decoding.scan(
      text, with: rules.text, scratch: &scratch, match: { matches.append($0) }, fault: { note($0) },
      trace: trace?.textRules)
    if !isDecoded {
      notifications.append(
        Notification(
          kind: .decodingLimit, level: .note,
          message: "decoding ended at its limit: the rest of the encoded text was scanned as it is", path: path))
    }
    let documents = rules.documents.scan(text, path: path, others: neighbours, trace: trace?.documentRules)
    notifications += documents.notifications
    guard !matches.isEmpty || !markers.isEmpty || !documents.matches.isEmpty else {
      return Result(notifications: notifications)
    }
    let assembly = FindingAssembly(
      text: text, path: path, rules: rules, matches: matches, documentMatches: documents.matches,
      options: options, trace: trace)
    let findings = assembly.findings(markers: markers, in: text)
    return Result(findings: findings, notifications: notifications)
  }
}
