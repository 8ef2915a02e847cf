/// What a gate is meant to do with the findings of a rule: `deny` fails it, `warn` is shown, `audit` is advice.
///
/// A gate with nothing but a threshold of severity takes `warn` and `deny` alike; `audit` never fails it.
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
