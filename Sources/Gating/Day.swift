internal import Expressions

/// A day of the Gregorian calendar. Exceptions, grace and budgets count in days, so that a verdict is the same in every
/// time zone.
public struct Day: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Days since 1970-01-01.
  public var number: Int

  /// - Parameter number: days since 1970-01-01.
  public init(number: Int) {
    self.number = number
  }

  /// Reads `2026-11-25`; `nil` when there is no such day.
  public init?(_ text: String) {
    guard text.utf8.count == 10, let moment = try? Timestamp(text + "T00:00:00Z") else { return nil }
    number = Int(moment.seconds / 86_400)
  }

  /// `2026-11-25`
  public var description: String {
    // No overflow and no failure within the years 1 to 9999, and no calendar of ours reaches beyond.
    guard let moment = try? Timestamp(seconds: Int64(number) * 86_400) else { return "9999-12-31" }
    return String(moment.text.prefix(10))
  }

  /// The day `days` later.
  public func adding(_ days: Int) -> Day {
    let (sum, overflow) = number.addingReportingOverflow(days)
    return Day(number: overflow ? .max : sum)
  }

  public static func < (left: Day, right: Day) -> Bool { left.number < right.number }
}
