internal import Documents
internal import Findings
internal import Matching

/// Reads one rule with `on: text`.
struct TextRuleReader {
  /// The keys of a rule in the order in which packs write them.
  static let keys = [
    "id", "title", "severity", "confidence", "level", "phase", "tags", "aliases", "on", "keywords", "pattern", "secret",
    "at", "proof", "entropy", "filters", "message", "why", "fix", "references", "examples",
  ]

  /// An anchor shorter than this hits too often to be of use.
  static let minKeywordLength = 3
  static let minFiringExamples = 2
  static let minSilentExamples = 3
  static let maxTitleLength = 80

  let pack: String
  let checksPattern: Bool

  func read(_ node: Node, diagnostics: DiagnosticCollector) -> TextRule? {
    guard let rule = MappingReader(node, of: "rule", keys: Self.keys, diagnostics: diagnostics) else { return nil }
    // All keys are read before something that is missing ends the reading, so that all complaints come at once.
    let metadata = metadata(of: rule)
    let pattern = pattern(of: rule)
    let proof = rule.node("proof").flatMap { _ in rule.choice("proof", as: TokenProof.self) }
    let minEntropy = entropy(of: rule)
    let filters = filters(of: rule)
    guard let metadata, let pattern else { return nil }
    let secret = group("secret", of: rule, in: pattern, default: "0")
    let textRule = TextRule(
      metadata: metadata, pattern: pattern, secretGroup: secret,
      placeGroup: group("at", of: rule, in: pattern, default: secret), proof: proof, minEntropy: minEntropy,
      filters: filters, position: rule.position, examplesNode: rule.node("examples"))
    if checksPattern { checkExamples(of: rule, textRule, diagnostics: diagnostics) }
    return textRule
  }

  private func metadata(of rule: MappingReader) -> Rule? {
    // Every key is asked for before the first missing one ends the reading, so that all complaints come at once.
    let id = rule.identifier("id")
    let title = rule.text("title")
    let severity = rule.choice("severity", as: Severity.self)
    let confidence = rule.choice("confidence", as: Confidence.self)
    let level = rule.choice("level", as: Level.self)
    let phase = rule.choice("phase", as: Phase.self)
    let tags = rule.texts("tags", isRequired: true)
    let message = rule.text("message")
    let why = rule.text("why")
    let fix = rule.text("fix")
    if let on = rule.text("on"), on != "text" {
      rule.complain("on: \(on) is not known; this version has text", at: "on")
    }
    if let title, title.count > Self.maxTitleLength {
      rule.complain("title is longer than \(Self.maxTitleLength) characters", at: "title")
    }
    guard let id, let title, let severity, let confidence, let level, let phase, let message, let why, let fix else {
      return nil
    }
    return Rule(
      id: id, pack: pack, title: title, severity: severity, confidence: confidence, level: level, phase: phase,
      tags: tags, aliases: rule.texts("aliases"), message: message, why: why, fix: fix,
      references: rule.texts("references"))
  }

  private func pattern(of rule: MappingReader) -> AnchoredPattern? {
    let keywords = rule.texts("keywords", isRequired: true)
    for keyword in keywords where keyword.utf8.count < Self.minKeywordLength {
      rule.complain("keyword \"\(keyword)\" is shorter than \(Self.minKeywordLength) bytes", at: "keywords")
    }
    guard let source = rule.text("pattern"), !keywords.isEmpty else { return nil }
    let pattern = AnchoredPattern(source, anchors: keywords)
    if checksPattern {
      do throws(PatternError) {
        try pattern.check()
      } catch {
        rule.complain("pattern: \(error)", at: "pattern")
        return nil
      }
    }
    return pattern
  }

  private func group(
    _ key: String, of rule: MappingReader, in pattern: AnchoredPattern, default: String
  ) -> String {
    guard let name = rule.optionalText(key) else { return `default` }
    if checksPattern, (try? pattern.group(name)) == nil {
      rule.complain("the pattern has no group \(name)", at: key)
    }
    return name
  }

  private func entropy(of rule: MappingReader) -> Double? {
    guard let text = rule.optionalText("entropy") else { return nil }
    guard let value = Double(text), (0...8).contains(value) else {
      rule.complain("entropy is a number of bits from 0 to 8", at: "entropy")
      return nil
    }
    return value
  }

  private func filters(of rule: MappingReader) -> [ValueFilter] {
    guard rule.node("filters") != nil else { return [.placeholder] }
    return rule.texts("filters").compactMap { name in
      rule.choice(named: name, as: ValueFilter.self, at: rule.position(of: "filters"), key: "filters")
    }
  }

  private func checkExamples(of rule: MappingReader, _ textRule: TextRule, diagnostics: DiagnosticCollector) {
    let examples = textRule.readExamples(diagnostics: diagnostics)
    let firing = examples.count { $0.expectation == .fires }
    let silent = examples.count - firing
    if firing < Self.minFiringExamples || silent < Self.minSilentExamples {
      let message =
        "rule \(textRule.metadata.id) has \(firing) firing and \(silent) silent examples; "
        + "it needs \(Self.minFiringExamples) and \(Self.minSilentExamples)"
      rule.complain(message, at: "examples")
    }
  }
}
