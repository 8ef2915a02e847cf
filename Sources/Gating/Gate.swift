public import Findings

/// Decides whether a report lets a change through: a pure function of the report and its own settings.
///
/// ```swift
/// let verdict = Gate(failOn: .high).decide(report)
/// print(verdict.description)  // gate failed: 2 findings at or above high (--fail-on high)
/// exit(verdict.exitCode)      // 1
/// ```
public struct Gate: Hashable, Sendable {
  /// The least severity that fails the gate; with `nil` no finding does.
  public var failOn: Severity?

  public init(failOn: Severity?) {
    self.failOn = failOn
  }

  /// A finding blocks when it is not suppressed, its severity is at least ``failOn`` and its level is more than `audit`:
  /// who names a threshold means every finding above it but advice.
  /// What a scanned change found there and did not bring (``Novelty/existing``) does not block it.
  /// Blocking findings fail the gate even when the report is incomplete: what was found is there whatever else is.
  public func decide(_ report: Report) -> Verdict {
    let blocking = report.findings.filter(isBlocking)
    var reasons: [String] = []
    if !blocking.isEmpty { reasons.append(count(blocking.count, isNegative: false)) }
    if let reason = report.incompleteReason { reasons.append("the scan is incomplete: \(oneLine(reason))") }

    let outcome: Verdict.Outcome =
      if !blocking.isEmpty { .failed } else if report.isComplete { .passed } else { .incomplete }
    if outcome == .passed { reasons.append(count(0, isNegative: true)) }
    return Verdict(outcome: outcome, blocking: blocking, reasons: reasons)
  }

  private func isBlocking(_ finding: Finding) -> Bool {
    guard let failOn else { return false }
    return !finding.isSuppressed && finding.novelty != .existing && finding.level > .audit && finding.severity >= failOn
  }

  private func count(_ count: Int, isNegative: Bool) -> String {
    guard let failOn else { return "findings do not fail it (--fail-on never)" }
    let number = isNegative ? "no finding" : count == 1 ? "1 finding" : "\(count) findings"
    return "\(number) at or above \(failOn) (--fail-on \(failOn))"
  }
}

/// The reason comes from a report, which another program may have written: it must not steer a terminal.
private func oneLine(_ text: String) -> String {
  var shown = ""
  for scalar in text.unicodeScalars {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: shown += scalar.escaped(asASCII: true)
    default: shown.unicodeScalars.append(scalar)
    }
  }
  return shown
}
