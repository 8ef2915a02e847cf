public import Findings

/// What will become of a report when nothing but time passes.
public struct Forecast: Hashable, Sendable {
  /// What changes on one day.
  public struct Event: Hashable, Sendable {
    public var day: Day
    public var outcome: Verdict.Outcome
    /// The findings whose effect rises on that day, with the one that they get.
    public var rising: [Decision]
    /// The budgets that break on that day.
    public var broken: [BudgetStatus]
    /// The exceptions that end on the day before, by id.
    public var ended: [ExceptionStatus]
  }

  public var from: Day
  public var through: Day
  /// What holds today.
  public var outcome: Verdict.Outcome
  /// By day; days on which nothing changes are left out.
  public var events: [Event]

  /// The first day on which the gate fails, when it does not fail today.
  public var firstFailure: Day? {
    outcome == .failed ? nil : events.first { $0.outcome == .failed }?.day
  }
}

extension Gate {
  /// The most days that are looked ahead.
  public static let longestForecast = 3_660

  /// Decides again for each day on which something may change. The gate is a pure function of the day too, so that what it
  /// will say then is known now.
  public func forecast(_ report: Report, days: Int) -> Forecast {
    let days = min(max(0, days), Self.longestForecast)
    let last = asOf.adding(days)
    var before = decide(report)
    var forecast = Forecast(from: asOf, through: last, outcome: before.outcome, events: [])
    for day in turningDays(from: asOf, through: last) {
      var gate = self
      gate.asOf = day
      let after = gate.decide(report)
      let rising = zip(before.decisions, after.decisions).filter { $0.effect < $1.effect }.map(\.1)
      let wasBroken = Set(before.budgets.filter(\.isBroken).map(\.id))
      let broken = after.budgets.filter { $0.isBroken && !wasBroken.contains($0.id) }
      let stood = Set(before.exceptions.filter { $0.status != .expired }.map(\.id))
      let ended = after.exceptions.filter { $0.status == .expired && stood.contains($0.id) }
      if !rising.isEmpty || !broken.isEmpty || !ended.isEmpty || before.outcome != after.outcome {
        forecast.events.append(
          Forecast.Event(day: day, outcome: after.outcome, rising: rising, broken: broken, ended: ended))
      }
      before = after
    }
    return forecast
  }

  /// The days on which something may change: all of them where an expression asks for the day.
  private func turningDays(from: Day, through last: Day) -> [Day] {
    let next = from.adding(1)
    guard next <= last else { return [] }
    if policy.dependsOnDay { return (next.number...last.number).map { Day(number: $0) } }
    var days: Set<Day> = []
    let caps = Set(policy.exceptionSettings.caps.values)
    for exception in policy.allExceptions {
      days.insert(exception.expires.adding(1))
      days.insert(exception.created)
      for cap in caps { days.insert(exception.created.adding(cap + 1)) }
    }
    let grace = policy.grace
    if let new = grace.ruleNew, let from = new.from { days.insert(from.adding(new.days + 1)) }
    for entry in baseline?.entries ?? [] {
      guard let since = entry.since else { continue }
      for length in Set(grace.days.values) { days.insert(since.adding(length + 1)) }
    }
    for rule in policy.layers.flatMap(\.rules) {
      if let until = rule.until { days.insert(until.adding(1)) }
    }
    for budget in policy.settings(of: stage).budgets {
      guard let decrease = budget.decrease else { continue }
      var day = decrease.from
      if day < next {
        let steps = (next.number - day.number) / decrease.everyDays
        day = day.adding(steps * decrease.everyDays)
      }
      while day <= last {
        days.insert(day)
        day = day.adding(decrease.everyDays)
      }
    }
    return days.filter { $0 >= next && $0 <= last }.sorted()
  }
}

extension Policy {
  /// Whether an expression or an age in it depends on the day.
  var dependsOnDay: Bool {
    layers.contains { layer in
      layer.rules.contains { $0.match.dependsOnDay } || layer.overrides.contains { $0.match.dependsOnDay }
        || layer.budgets.contains { $0.match.dependsOnDay }
        || layer.stages.values.contains { $0.budgets.contains { $0.match.dependsOnDay } }
    } || allExceptions.contains { $0.match.dependsOnDay }
  }
}
