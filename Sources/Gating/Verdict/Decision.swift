public import Findings

/// What the gate says of one finding, and why.
public struct Decision: Hashable, Sendable {
  /// With its state, with the suppression by an exception that holds, and with the words that the policy gives it.
  public var finding: Finding
  public var state: FindingState
  public var effect: Effect
  /// What the effect would be without suppressions and exceptions.
  public var unexcused: Effect
  /// In the order in which they were found.
  public var because: [Reason]
  /// What the rule that decided says to people.
  public var message: String?
  public var fix: String?

  /// Whether a suppression or an exception lets it pass.
  public var isExcused: Bool { effect < unexcused }
}

/// How an exception of a policy fares.
public struct ExceptionStatus: Hashable, Sendable {
  public enum Status: String, CaseIterable, Sendable {
    /// It lets findings pass.
    case used
    /// It lets findings pass, and will soon end.
    case expiring
    /// No finding needs it.
    case unused
    /// What it accepts another one accepts before it.
    case duplicate
    /// Its end, or the end that the policy sets, is past.
    case expired
    /// What it rested on has changed.
    case void
  }

  public var id: String
  public var status: Status
  public var owner: String
  public var reason: String
  /// The last day on which it holds.
  public var until: Day
  /// Where it is written.
  public var file: String
  public var line: Int
  /// How many findings it lets pass.
  public var uses: Int
  /// Why it does not hold; empty where it does.
  public var detail: String
}

/// How a budget stands.
public struct BudgetStatus: Hashable, Sendable {
  public var id: String
  public var used: Int
  /// `nil` where only an increase is forbidden.
  public var limit: Int?
  /// What the baseline had, where an increase is forbidden.
  public var before: Int?
  public var unit: String
  public var isBroken: Bool
  public var effect: Effect
}

/// What must have been looked at and was not.
public struct CoverageGap: Hashable, Sendable {
  /// What is asked for: `tools`, `packs`, `files`, `notScanned` or a kind of notification.
  public var requirement: String
  public var text: String
}
