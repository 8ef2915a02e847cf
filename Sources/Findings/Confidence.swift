/// How sure a rule is that what it found is what its title says.
public enum Confidence: String, CaseIterable, Comparable, Sendable {
  case low, medium, high

  private var rank: Int {
    switch self {
    case .low: 0
    case .medium: 1
    case .high: 2
    }
  }

  public static func < (left: Confidence, right: Confidence) -> Bool { left.rank < right.rank }
}
