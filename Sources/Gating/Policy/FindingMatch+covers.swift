internal import Expressions
internal import Findings

extension FindingMatch {
  /// Whether every finding that `other` matches is matched by this one. Where that is not plain, the answer is no.
  func covers(_ other: FindingMatch) -> Bool {
    guard Self.covers(severities, other.severities), Self.covers(states, other.states),
      Self.covers(levels, other.levels), Self.covers(confidences, other.confidences),
      Self.covers(proofs, other.proofs), Self.covers(phases, other.phases)
    else { return false }
    if let fingerprints {
      guard let others = other.fingerprints, others.isSubset(of: fingerprints) else { return false }
    }
    // A finding may have several weaknesses and tags: only what asks for no more than the other is sure to hold.
    if let weaknesses {
      guard let others = other.weaknesses, others.isSubset(of: weaknesses) else { return false }
    }
    if let isCredential, isCredential != other.isCredential { return false }
    if let ages {
      guard let others = other.ages, ages.contains(others.lowerBound), ages.contains(others.upperBound) else {
        return false
      }
    }
    guard Self.covers(ruleIDs, other.ruleIDs), Self.covers(packs, other.packs), Self.covers(tags, other.tags),
      Self.covers(aliases, other.aliases), Self.covers(stages, other.stages)
    else { return false }
    if !paths.isEmpty {
      let texts = Set(paths.map(\.text))
      if other.paths.isEmpty || !other.paths.allSatisfy({ texts.contains($0.text) }) { return false }
    }
    if let condition, condition.source != other.condition?.source { return false }
    // What is put together of several matches is compared as a whole only where there is nothing to compare.
    return any.isEmpty && all.isEmpty && none.isEmpty
  }

  private static func covers<Word: Hashable>(_ words: Set<Word>?, _ others: Set<Word>?) -> Bool {
    guard let words else { return true }
    return others.map { $0.isSubset(of: words) } ?? false
  }

  private static func covers(_ patterns: [Wildcard], _ others: [Wildcard]) -> Bool {
    if patterns.isEmpty { return true }
    return !others.isEmpty && others.allSatisfy { other in patterns.contains { $0.covers(other) } }
  }
}
