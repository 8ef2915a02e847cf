internal import Findings

// Rules and matches are structs of many fields. A loop over an array of them copies each, counting the references of all
// fields up and down, which is most of the time that a large report takes; behind a class a copy counts one.

/// A layer in the form in which findings are held against it.
final class PreparedLayer: Sendable {
  let id: String
  let rules: [PreparedRule]
  let overrides: [PreparedOverride]

  /// - Parameter asOf: rules that have ended are left out.
  init(_ layer: PolicyLayer, asOf: Day) {
    id = layer.id
    rules = layer.rules.filter { rule in rule.until.map { asOf <= $0 } ?? true }.map(PreparedRule.init)
    overrides = layer.overrides.map(PreparedOverride.init)
  }

  func firstRule(for facts: FindingFacts) -> PreparedRule? {
    for rule in rules where rule.applies(to: facts) { return rule }
    return nil
  }
}

final class PreparedRule: Sendable {
  let rule: PolicyRule

  init(_ rule: PolicyRule) { self.rule = rule }

  func applies(to facts: FindingFacts) -> Bool { rule.match.holds(for: facts) }
}

final class PreparedOverride: Sendable {
  let override: PolicyOverride

  init(_ override: PolicyOverride) { self.override = override }

  func applies(to facts: FindingFacts) -> Bool { override.match.holds(for: facts) }
}
