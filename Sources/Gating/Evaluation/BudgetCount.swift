internal import Findings

/// Counts what budgets limit.
struct BudgetCount {
  let judge: Judge
  let decisions: [Decision]
  /// Known findings that are no longer there.
  let gone: [(entry: Baseline.Entry, count: Int)]

  func statuses(_ budgets: [Budget]) -> [BudgetStatus] {
    if budgets.isEmpty { return [] }
    var judge = judge
    let facts = decisions.map { decision in
      // An exception takes a finding out of the count, as it takes it out of the verdict.
      decision.isExcused || decision.effect == .off
        ? nil : judge.facts(of: decision.finding, state: decision.state, firstSeen: nil)
    }
    let goneFacts = gone.map { (judge.facts(ofGone: $0.entry), $0.count) }
    return budgets.map { budget in
      var used = 0
      var known = 0
      for case let facts? in facts where budget.match.holds(for: facts) {
        let weight = budget.unit.weight(of: facts.severity)
        used += weight
        if facts.state == .existing || facts.state == .moved { known += weight }
      }
      for (facts, count) in goneFacts where budget.match.holds(for: facts) {
        known += count * budget.unit.weight(of: facts.severity)
      }
      let limit = budget.limit(on: judge.today)
      let isOver = limit.map { used > $0 } ?? false
      let isMore = budget.forbidsIncrease && judge.hasBaseline && used > known
      return BudgetStatus(
        id: budget.id, used: used, limit: limit, before: budget.forbidsIncrease && judge.hasBaseline ? known : nil,
        unit: budget.unit == .count ? "findings" : "points", isBroken: isOver || isMore, effect: budget.then)
    }
  }
}

extension Judge {
  var today: Day { gate.asOf }
  var hasBaseline: Bool { matching != nil }

  /// A known finding that is gone, as far as its entry tells.
  mutating func facts(ofGone entry: Baseline.Entry) -> FindingFacts {
    let rule = rules[entry.ruleID]
    let start = Position(line: 1, column: 1)
    let finding = Finding(
      ruleID: entry.ruleID, severity: rule?.severity ?? .medium, confidence: rule?.confidence ?? .medium,
      level: rule?.level ?? .deny, message: "",
      location: Location(path: entry.path, region: Region(start: start, end: start)),
      fingerprint: Fingerprint(digest: entry.digest, ordinal: 1))
    return facts(of: finding, state: .existing, firstSeen: entry.since)
  }
}
