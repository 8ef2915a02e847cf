public import Gating

/// Which gate decides on a scan, and from which files it takes its policy.
public struct GateRequest: Sendable {
  /// Where known findings come from.
  public enum BaselineChoice: Sendable {
    /// As the policy says; without a word of it `.tollgate/baseline`, if that is there.
    case policy
    /// A baseline file, or an earlier report in SARIF.
    case file(String)
    /// The side that the change starts from is scanned too; for what is no change: where HEAD and the branch parted.
    case mergeBase(String?)
    case none
  }

  /// A policy file; `nil`: `.tollgate.yml` at the root of what is scanned, where the stage allows it from its base side.
  public var policyPath: String?
  public var stage: Stage
  /// The day on which the verdict holds.
  public var asOf: Day
  /// The least severity that fails the gate, in place of the rules of the policy; the outer `nil`: the rules decide.
  public var threshold: Severity??
  public var baseline: BaselineChoice
  /// Whether policy files of the scanned tree are looked for at all.
  public var usesPolicyFiles: Bool

  public init(
    stage: Stage, asOf: Day, policyPath: String? = nil, threshold: Severity?? = nil,
    baseline: BaselineChoice = .policy, usesPolicyFiles: Bool = true
  ) {
    self.stage = stage
    self.asOf = asOf
    self.policyPath = policyPath
    self.threshold = threshold
    self.baseline = baseline
    self.usesPolicyFiles = usesPolicyFiles
  }
}

extension Stage {
  /// The stage that a request is usually made in.
  public static func usual(for request: ScanRequest) -> Stage {
    switch request.source {
    case .git(.staged, _): .preCommit
    case .git(.prePush, _): .prePush
    case .git(.preReceive, _): .preReceive
    case .git(.diff, _): .pullRequest
    default: .main
    }
  }
}
