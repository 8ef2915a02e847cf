/// How bad it is when a finding is true, from `note` (worth knowing) to `critical` (act now).
public enum Severity: String, CaseIterable, Comparable, Sendable {
  case note, low, medium, high, critical

  /// The `security-severity` number that stands for this severity in SARIF, from 0.0 to 10.0.
  ///
  /// The numbers lie in the middle of the ranges that GitHub code scanning assigns to each word
  /// (https://docs.github.com/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning).
  public var score: Double {
    switch self {
    case .note: 0.0
    case .low: 2.5
    case .medium: 5.5
    case .high: 8.0
    case .critical: 9.5
    }
  }

  /// The severity whose range of `security-severity` holds `score`; 0.0 is a note.
  public init(score: Double) {
    switch score {
    case 9.0...: self = .critical
    case 7.0..<9.0: self = .high
    case 4.0..<7.0: self = .medium
    case 0.1..<4.0: self = .low
    default: self = .note
    }
  }

  private var rank: Int {
    switch self {
    case .note: 0
    case .low: 1
    case .medium: 2
    case .high: 3
    case .critical: 4
    }
  }

  public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }
}
