package import Expressions
package import Findings

/// Which findings a rule, a budget, an override or an exception is about: all conditions that it has must hold.
package struct FindingMatch: Sendable {
  /// The word for what an offline proof says, with one for findings that have none.
  package enum ProofWord: String, CaseIterable, Sendable {
    case proved, shaped, disproved, none
  }

  package var ruleIDs: [Wildcard] = []
  package var aliases: [Wildcard] = []
  package var tags: [Wildcard] = []
  package var packs: [Wildcard] = []
  package var stages: [Wildcard] = []
  package var paths: [PathGlob] = []
  package var severities: Set<Severity>? { didSet { severityBits = severities?.reduce(0) { $0 | $1.bit } } }
  package var confidences: Set<Confidence>?
  package var levels: Set<Level>? { didSet { levelBits = levels?.reduce(0) { $0 | $1.bit } } }
  package var phases: Set<Phase>?
  package var states: Set<FindingState>? { didSet { stateBits = states?.reduce(0) { $0 | $1.bit } } }
  package var proofs: Set<ProofWord>?
  package var weaknesses: Set<Int>?
  /// As they are written: a digest with or without its ordinal.
  package var fingerprints: Set<String>?
  package var isCredential: Bool?
  /// Days since the finding was first seen; one of unknown age has no match.
  package var ages: ClosedRange<Int>?
  package var condition: Program?
  package var any: [FindingMatch] = []
  package var all: [FindingMatch] = []
  package var none: [FindingMatch] = []

  // What most rules ask for, once for each of many thousand findings: hashing words would be a tenth of a verdict.
  private var severityBits: UInt8?
  private var levelBits: UInt8?
  private var stateBits: UInt8?

  package init() {}

  /// Whether nothing is asked, so that every finding matches.
  var isEverything: Bool {
    ruleIDs.isEmpty && aliases.isEmpty && tags.isEmpty && packs.isEmpty && stages.isEmpty && paths.isEmpty
      && severities == nil && confidences == nil && levels == nil && phases == nil && states == nil && proofs == nil
      && weaknesses == nil && fingerprints == nil && isCredential == nil && ages == nil && condition == nil
      && any.isEmpty && all.isEmpty && none.isEmpty
  }

  /// Whether the match names findings closely enough to be accepted one by one: by fingerprint, or by rule and path,
  /// neither of which may stand for everything.
  var isNarrow: Bool {
    if let fingerprints, !fingerprints.isEmpty { return true }
    func isNarrow(_ text: String) -> Bool { !text.allSatisfy { $0 == "*" || $0 == "?" || $0 == "/" } }
    return !ruleIDs.isEmpty && !paths.isEmpty && ruleIDs.allSatisfy { isNarrow($0.text) }
      && paths.allSatisfy { isNarrow($0.text) }
  }

  /// Cheap questions first: most findings fail one of them.
  func holds(for facts: FindingFacts) -> Bool {
    if let severityBits, severityBits & facts.severity.bit == 0 { return false }
    if let stateBits, stateBits & facts.state.bit == 0 { return false }
    if let levelBits, levelBits & facts.level.bit == 0 { return false }
    if let confidences, !confidences.contains(facts.confidence) { return false }
    if let proofs, !proofs.contains(facts.proof) { return false }
    if let isCredential, isCredential != facts.isCredential { return false }
    if let fingerprints, !facts.isNamed(in: fingerprints) { return false }
    if let phases, !facts.isOf(phases) { return false }
    if let weaknesses, facts.rule.weaknesses.isDisjoint(with: weaknesses) { return false }
    if let ages {
      guard let age = facts.ageInDays, ages.contains(age) else { return false }
    }
    if !ruleIDs.isEmpty, !ruleIDs.contains(where: { $0.matches(facts.rule.id) }) { return false }
    if !packs.isEmpty, !packs.contains(where: { $0.matches(facts.rule.pack) }) { return false }
    if !stages.isEmpty, !stages.contains(where: { $0.matches(facts.stage) }) { return false }
    if !tags.isEmpty, !facts.rule.tags.contains(where: { tag in tags.contains { $0.matches(tag) } }) { return false }
    if !aliases.isEmpty, !facts.rule.aliases.contains(where: { alias in aliases.contains { $0.matches(alias) } }) {
      return false
    }
    if !paths.isEmpty {
      let components = facts.pathComponents[...]
      if !paths.contains(where: { $0.matches(components: components) }) { return false }
    }
    // By index: a loop over the matches themselves would copy each.
    for index in all.indices where !all[index].holds(for: facts) { return false }
    for index in none.indices where none[index].holds(for: facts) { return false }
    if !any.isEmpty, !holdsAny(facts) { return false }
    return condition.map { facts.holds($0) } ?? true
  }

  private func holdsAny(_ facts: FindingFacts) -> Bool {
    for index in any.indices where any[index].holds(for: facts) { return true }
    return false
  }

  /// Whether an expression in it depends on the day.
  var dependsOnDay: Bool {
    ages != nil || condition?.usedVariables.contains("today") == true
      || condition?.usedVariables.contains("finding") == true && condition?.source.contains("age") == true
      || (any + all + none).contains(where: \.dependsOnDay)
  }
}

extension Severity {
  fileprivate var bit: UInt8 {
    switch self {
    case .note: 1
    case .low: 2
    case .medium: 4
    case .high: 8
    case .critical: 16
    }
  }
}

extension Level {
  fileprivate var bit: UInt8 {
    switch self {
    case .audit: 1
    case .warn: 2
    case .deny: 4
    }
  }
}

extension FindingState {
  fileprivate var bit: UInt8 {
    switch self {
    case .new: 1
    case .existing: 2
    case .moved: 4
    case .spread: 8
    case .ruleNew: 16
    case .reopened: 32
    }
  }
}
