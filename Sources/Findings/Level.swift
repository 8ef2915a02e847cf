/// What the gate does with the findings of a rule: `deny` can fail it, `warn` shows, `audit` is advice.
public enum Level: String, CaseIterable, Comparable, Sendable {
  case audit, warn, deny

  private var rank: Int {
    switch self {
    case .audit: 0
    case .warn: 1
    case .deny: 2
    }
  }

  public static func < (left: Level, right: Level) -> Bool { left.rank < right.rank }
}
