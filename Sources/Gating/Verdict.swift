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
  /// The findings that fail the gate, in the order of the report; empty unless the outcome is `failed`.
  public var blocking: [Finding]
  /// Why the outcome is what it is, most important first: at least one, each without control characters.
  public var reasons: [String]

  public init(outcome: Outcome, blocking: [Finding], reasons: [String]) {
    self.outcome = outcome
    self.blocking = blocking
    self.reasons = reasons
  }

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
    switch outcome {
    case .passed: return first
    case .failed: return first + "\nMend each finding, or suppress it with a reason."
    case .incomplete: return first + "\nMend what kept the scan from reading everything, then scan again."
    }
  }
}
