internal import Documents
internal import Findings
internal import Matching

/// Reads one rule with `on: text`.
struct TextRuleReader {
  /// The keys of a rule in the order in which packs write them.
  static let keys =
    RuleMetadataReader.leadingKeys + ["keywords", "pattern", "secret", "at", "proof", "entropy", "filters", "near"]
    + RuleMetadataReader.trailingKeys

  /// An anchor shorter than this hits too often to be of use.
  static let minKeywordLength = 3

  let pack: String
  let checksPattern: Bool

  func read(_ node: Node, diagnostics: DiagnosticCollector) -> TextRule? {
    guard let rule = MappingReader(node, of: "rule", keys: Self.keys, diagnostics: diagnostics) else { return nil }
    // All keys are read before something that is missing ends the reading, so that all complaints come at once.
    let metadata = RuleMetadataReader(pack: pack).read(rule)
    let pattern = pattern(of: rule)
    let proof = ProofReader(diagnostics: diagnostics).read("proof", of: rule)
    let minEntropy = entropy(of: rule)
    let filters = filters(of: rule)
    let near = NearPartReader(checksPattern: checksPattern).read(rule, diagnostics: diagnostics)
    guard let metadata, let pattern else { return nil }
    let secret = group("secret", of: rule, in: pattern, default: "0")
    let textRule = TextRule(
      metadata: metadata, pattern: pattern, secretGroup: secret,
      placeGroup: group("at", of: rule, in: pattern, default: secret), proof: proof, minEntropy: minEntropy,
      filters: filters, near: near, position: rule.position, examplesNode: rule.node("examples"))
    if checksPattern { RuleMetadataReader.checkExamples(of: textRule, rule, diagnostics: diagnostics) }
    return textRule
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
}
