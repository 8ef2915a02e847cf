/// What a policy does with a finding.
public enum Effect: String, CaseIterable, Comparable, Sendable {
  /// Not shown by the gate.
  case off
  /// Counted: advice.
  case audit
  /// Shown; it passes.
  case warn
  /// Fails the gate.
  case deny

  private var rank: Int {
    switch self {
    case .off: 0
    case .audit: 1
    case .warn: 2
    case .deny: 3
    }
  }

  public static func < (left: Effect, right: Effect) -> Bool { left.rank < right.rank }

  /// One step less; `off` stays.
  var lowered: Effect {
    switch self {
    case .off, .audit: .off
    case .warn: .audit
    case .deny: .warn
    }
  }
}
