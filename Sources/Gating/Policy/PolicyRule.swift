package import Findings

/// A rule of a policy: what happens to the findings that it matches, unless an earlier rule matched them.
package struct PolicyRule: Sendable {
  package var id: String
  package var match: FindingMatch
  package var then: Effect
  /// For people who are stopped: why, in the words of those who wrote the policy.
  package var message: String?
  /// What to do about it.
  package var fix: String?
  /// The last day on which the rule holds.
  package var until: Day?
  /// Whether a lower layer may loosen it.
  package var isOverridable: Bool
  /// Whether an exception counts against it.
  package var allowsExceptions: Bool
  package var position: Position
}

/// Other words for the findings of some rules or paths, before the rules of the policy look at them.
package struct PolicyOverride: Sendable {
  package var match: FindingMatch
  package var severity: Severity?
  package var confidence: Confidence?
  package var level: Level?
}

/// How many findings of a kind a stage bears.
package struct Budget: Sendable {
  package enum Unit: String, CaseIterable, Sendable {
    case count, points

    /// What a finding weighs.
    func weight(of severity: Severity) -> Int {
      switch (self, severity) {
      case (.count, _): 1
      case (.points, .critical): 10
      case (.points, .high): 5
      case (.points, .medium): 2
      case (.points, .low): 1
      case (.points, .note): 0
      }
    }
  }

  /// A ratchet: so much less after each period.
  package struct Decrease: Sendable {
    package var by: Int
    package var everyDays: Int
    package var from: Day
  }

  package var id: String
  package var match: FindingMatch
  package var max: Int?
  package var unit: Unit
  /// No more than the baseline has.
  package var forbidsIncrease: Bool
  package var decrease: Decrease?
  package var then: Effect
  package var stages: [Wildcard]

  /// What may be there on a day; `nil` where only an increase is forbidden.
  func limit(on day: Day) -> Int? {
    guard let max else { return nil }
    guard let decrease, day >= decrease.from else { return max }
    let steps = (day.number - decrease.from.number) / decrease.everyDays + 1
    let (drop, overflow) = steps.multipliedReportingOverflow(by: decrease.by)
    return overflow ? 0 : Swift.max(0, max - drop)
  }
}

/// What must have been looked at for a verdict to count.
package struct Requirements: Sendable {
  /// At most so many, or so many of a hundred files.
  package enum Limit: Sendable, Hashable {
    case count(Int)
    case percent(Double)

    func allows(_ count: Int, of files: Int) -> Bool {
      switch self {
      case .count(let limit): count <= limit
      case .percent(let limit): Double(count) * 100 <= limit * Double(Swift.max(1, files))
      }
    }

    var text: String {
      switch self {
      case .count(let limit): "\(limit)"
      case .percent(let limit): limit == limit.rounded() ? "\(Int(limit)) %" : "\(limit) %"
      }
    }
  }

  /// Programs whose reports must be there.
  package var tools: [Wildcard] = []
  /// Rule packs that must have taken part.
  package var packs: [Wildcard] = []
  /// At least so many files.
  package var minFiles: Int?
  /// All that was not scanned.
  package var notScanned: [Limit] = []
  /// By the kind of notification.
  package var limits: [(kind: String, limit: Limit)] = []

  package init() {}

  mutating func add(_ other: Requirements) {
    tools += other.tools
    packs += other.packs
    if let files = other.minFiles { minFiles = max(minFiles ?? 0, files) }
    notScanned += other.notScanned
    limits += other.limits
  }
}
