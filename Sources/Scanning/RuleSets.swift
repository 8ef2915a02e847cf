internal import Findings
internal import Matching
internal import RulePacks

/// All rules of a scan, made ready.
struct RuleSets: Sendable {
  let text: TextRuleSet
  let documents: DocumentRuleSet
  /// What each rule says of itself, by id.
  let metadata: [String: Rule]

  init(_ library: RuleLibrary, scale: PatternSet.Scale) throws(PrefilterError) {
    text = try TextRuleSet(library.textRules, marker: SuppressionComment.pattern, scale: scale)
    documents = DocumentRuleSet(library.documentRules)
    metadata = Dictionary(
      library.rules.map { ($0.metadata.id, $0.metadata) }, uniquingKeysWith: { first, _ in first })
  }
}
