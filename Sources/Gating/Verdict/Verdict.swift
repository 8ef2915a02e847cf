public import Findings

/// What the gate says.
public struct Verdict: Hashable, Sendable, CustomStringConvertible {
  /// An open door, a closed one, or no answer.
  public enum Outcome: String, CaseIterable, Sendable {
    case passed, failed
    /// Nothing that blocks was found, but not everything was looked at.
    case incomplete
  }

  public var outcome: Outcome
  /// Why the outcome is what it is, most important first: at least one, each without control characters.
  public var reasons: [String]
  /// One for each finding, in the order of the report.
  public var decisions: [Decision] = []
  public var stage = Stage.main
  /// The day on which the verdict holds.
  public var asOf = Day(number: 0)
  /// The id of the policy.
  public var policy = ""
  public var budgets: [BudgetStatus] = []
  /// By file and line.
  public var exceptions: [ExceptionStatus] = []
  /// What the policy requires and the report does not show.
  public var gaps: [CoverageGap] = []
  public var coverage: Report.Coverage?
  /// How many notifications there are of each kind, by kind.
  public var notifications: [NotificationCount] = []
  /// Known findings that are no longer there.
  public var goneCount = 0
  /// The files that the verdict depends on.
  public var inputs: [GateInput] = []
  /// Whom to ask, as the policy says.
  public var contact: String?
  /// How many findings of each kind are listed for people.
  public var listLimit = 20

  /// How often something was told of.
  public struct NotificationCount: Hashable, Sendable {
    public var kind: String
    public var level: Notification.Level
    public var count: Int
  }

  public init(outcome: Outcome, reasons: [String]) {
    self.outcome = outcome
    self.reasons = reasons
  }

  /// The findings that fail the gate, in the order of the report.
  public var blocking: [Finding] { decisions.lazy.filter { $0.effect == .deny }.map(\.finding) }

  /// 0 passed, 1 failed, 2 incomplete.
  public var exitCode: Int32 {
    switch outcome {
    case .passed: 0
    case .failed: 1
    case .incomplete: 2
    }
  }

  /// One or two lines for people: the outcome with its reasons, then the next step. No line ending at the end.
  public var description: String {
    let first = "gate \(outcome): \(reasons.joined(separator: "; "))"
    return nextStep.map { first + "\n" + $0 } ?? first
  }

  /// What to do, in one sentence; `nil` where nothing is to be done.
  public var nextStep: String? {
    switch outcome {
    case .passed: return nil
    case .failed:
      let isBudgetOnly = !decisions.contains { $0.effect == .deny }
      let step =
        isBudgetOnly
        ? "Mend as many findings as the budget is over." : "Mend each finding, or suppress it with a reason."
      return contact.map { "\(step) \(PlainText.line($0))" } ?? step
    case .incomplete: return "Mend what kept the scan from reading everything, then scan again."
    }
  }

  /// The report with what the gate knows of its findings: states, exceptions, other severities.
  public func applied(to report: Report) -> Report {
    var report = report
    guard decisions.count == report.findings.count else { return report }
    report.findings = decisions.map(\.finding)
    return report
  }
}
