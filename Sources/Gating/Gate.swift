public import Findings

/// Decides whether a report lets a change through: a pure function of the report and its own settings.
///
/// ```swift
/// let verdict = Gate(failOn: .high).decide(report)
/// print(verdict.description)  // gate failed: 2 findings at or above high (--fail-on high)
/// exit(verdict.exitCode)      // 1
/// ```
public struct Gate: Sendable {
  public var policy: Policy
  public var stage: Stage
  /// The day on which the verdict holds: exceptions end by it.
  public var asOf: Day
  public var baseline: Baseline?
  /// Which part of the tree the report is about.
  public var reach: ScanReach
  /// The key of fingerprints, with which the contexts of the baseline are made; empty: the public one.
  public var fingerprintKey: [UInt8]
  /// The threshold in place of the rules of the policy; the outer `nil`: there is none.
  private let threshold: Severity??

  /// A gate that nothing but a severity decides; with `nil` no finding does.
  ///
  /// A finding blocks when it is not suppressed, its severity is at least `failOn` and its level is more than `audit`:
  /// who names a threshold means every finding above it but advice. What a scanned change found there and did not bring
  /// (``Novelty/existing``) does not block it.
  public init(failOn: Severity?, stage: Stage = .main, asOf: Day = Day(number: 0), baseline: Baseline? = nil) {
    self.init(
      policy: .builtIn, replacingRules: .some(failOn), stage: stage, asOf: asOf, baseline: baseline)
  }

  /// A gate that a policy decides.
  ///
  /// - Parameter asOf: today, for all but tests and forecasts.
  public init(policy: Policy, stage: Stage = .main, asOf: Day, baseline: Baseline? = nil, reach: ScanReach = .whole) {
    self.init(policy: policy, replacingRules: nil, stage: stage, asOf: asOf, baseline: baseline, reach: reach)
  }

  /// - Parameter threshold: takes the place of the rules of the policy, all else stays; the outer `nil`: none does.
  public init(
    policy: Policy, replacingRules threshold: Severity??, stage: Stage, asOf: Day, baseline: Baseline?,
    reach: ScanReach = .whole, fingerprintKey: [UInt8] = []
  ) {
    self.policy = threshold.map { policy.replacingRules(failOn: $0) } ?? policy
    self.threshold = threshold
    self.stage = stage
    self.asOf = asOf
    self.baseline = baseline
    self.reach = reach
    self.fingerprintKey = fingerprintKey
  }

  /// The verdict on a report. Findings that are denied fail the gate even when the report is incomplete: what was found is
  /// there whatever else is.
  public func decide(_ report: Report) -> Verdict {
    let settings = policy.settings(of: stage)
    let matching = baseline.map {
      BaselineMatching(report.findings, $0, reach: reach, key: fingerprintKey)
    }
    var judge = Judge(self, report, settings: settings, matching: matching)
    let decisions = decisions(on: report, by: &judge)

    var verdict = Verdict(outcome: .passed, reasons: [])
    verdict.stage = stage
    verdict.asOf = asOf
    verdict.policy = policy.id
    let gone = matching?.gone(reach: reach) ?? []
    verdict.goneCount = gone.reduce(0) { $0 + $1.count }
    // Of a change nobody can say that an exception is not needed elsewhere.
    let isPartial = !reach.isWhole || report.findings.contains { $0.novelty != nil }
    verdict.exceptions = judge.ledger.statuses(isPartial: isPartial)
    verdict.budgets = BudgetCount(judge: judge, decisions: decisions, gone: gone).statuses(settings.budgets)
    verdict.gaps = CoverageCheck(report).gaps(settings.requirements)
    if baseline == nil {
      verdict.gaps += settings.budgets.filter(\.forbidsIncrease).map {
        CoverageGap(requirement: "baseline", text: "budget \($0.id) forbids an increase, and there is no baseline")
      }
    }
    verdict.coverage = report.coverage
    verdict.notifications = CoverageCheck(report).counts
    verdict.inputs = inputs
    verdict.contact = policy.report.contact
    verdict.listLimit = policy.report.limit ?? verdict.listLimit
    verdict.decisions = decisions
    conclude(&verdict, report, unused: judge.ledger.unusedEffect)
    return verdict
  }

  private func decisions(on report: Report, by judge: inout Judge) -> [Decision] {
    let findings = report.findings
    var standings = findings.indices.map { judge.standing(of: findings[$0], at: $0) }
    let join = FindingJoin(report, rules: judge.knownRules)
    // One problem has one state: what any of the tools was known to say of it.
    for group in join.groups {
      guard let known = group.min(by: { standings[$0].state.newness < standings[$1].state.newness }) else { continue }
      for index in group where standings[index].state != standings[known].state {
        standings[index] = standings[known]
        standings[index].basis = "as \(join.sources[known]) says the same: \(standings[known].basis)"
      }
    }
    var decisions: [Decision] = []
    decisions.reserveCapacity(findings.count)
    for index in findings.indices { decisions.append(judge.decision(on: findings[index], standings[index])) }
    for group in join.groups { Self.unite(group, &decisions, join) }
    return decisions
  }

  /// Of one problem the strictest finding stands for all, and an excuse for one of them excuses it.
  private static func unite(_ group: [Int], _ decisions: inout [Decision], _ join: FindingJoin) {
    func isBefore(_ left: Int, _ right: Int) -> Bool {
      (decisions[right].unexcused, left) < (decisions[left].unexcused, right)
    }
    guard let first = group.min(by: isBefore) else { return }
    if let excused = group.first(where: { decisions[$0].isExcused }), !decisions[first].isExcused,
      let reason = decisions[excused].because.last
    {
      decisions[first].effect = .off
      decisions[first].because.append(reason)
      decisions[first].finding.suppression = decisions[excused].finding.suppression
    }
    for index in group where index != first {
      let finding = decisions[first].finding
      decisions[index].because.append(
        .sameAs(tool: join.sources[first], rule: finding.ruleID, fingerprint: finding.fingerprint))
      decisions[index].effect = .off
      decisions[index].unexcused = .off
    }
  }

  /// The files that decide.
  var inputs: [GateInput] {
    policy.layers.map { GateInput(kind: .policy, name: $0.file, digest: $0.digest) } + policy.otherInputs
      + [baseline?.input].compactMap { $0 }
  }

  // MARK: The outcome

  private func conclude(_ verdict: inout Verdict, _ report: Report, unused: Effect) {
    let denied = verdict.decisions.count { $0.effect == .deny }
    var reasons: [String] = []
    if denied > 0 { reasons.append(count(denied)) }
    for budget in verdict.budgets where budget.isBroken && budget.effect == .deny {
      let limit = budget.limit.map { "\($0)" } ?? "\(budget.before ?? 0) in the baseline"
      reasons.append("budget \(budget.id) is broken: \(budget.used) \(budget.unit), limit \(limit)")
    }
    let idle = verdict.exceptions.count { $0.status == .unused || $0.status == .duplicate }
    if unused == .deny, idle > 0 { reasons.append("\(idle) exception\(idle == 1 ? " is" : "s are") not needed") }
    let isFailed = !reasons.isEmpty
    var holes: [String] = []
    if let reason = report.incompleteReason { holes.append("the scan is incomplete: \(PlainText.line(reason))") }
    holes += verdict.gaps.map { PlainText.line($0.text) }
    verdict.outcome = isFailed ? .failed : holes.isEmpty ? .passed : .incomplete
    reasons += holes
    if reasons.isEmpty {
      reasons.append(count(0))
      let warnings = verdict.decisions.count { $0.effect == .warn }
      if threshold == nil, warnings > 0 { reasons.append("\(warnings) warning\(warnings == 1 ? "" : "s")") }
    }
    verdict.reasons = reasons
  }

  private func count(_ count: Int) -> String {
    let number = count == 0 ? "no finding" : count == 1 ? "1 finding" : "\(count) findings"
    switch threshold {
    case .some(.some(let severity)): return "\(number) at or above \(severity) (--fail-on \(severity))"
    case .some(nil): return "findings do not fail it (--fail-on never)"
    case nil:
      let name = policy.isBuiltIn ? "the built-in policy" : "policy \(policy.id)"
      return "\(number) denied by \(name) in stage \(stage)"
    }
  }
}

extension FindingState {
  /// More for what is less known.
  fileprivate var newness: Int {
    switch self {
    case .existing: 0
    case .moved: 1
    case .reopened: 2
    case .spread: 3
    case .ruleNew: 4
    case .new: 5
    }
  }
}
