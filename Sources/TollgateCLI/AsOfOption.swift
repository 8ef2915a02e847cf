import ArgumentParser
import Tollgate

/// The time that counts for everything that ends: credentials, exceptions, grace.
struct AsOfOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The day that counts, 2026-01-31 or with a time: for credentials and exceptions that end (default: now).",
      valueName: "date"))
  var asOf: Moment?

  var time: Timestamp { asOf?.time ?? .now }
}

/// A day, or a day and a time, in UTC: `2026-01-31`, `2026-01-31T10:20:30Z`.
struct Moment: ExpressibleByArgument {
  var time: Timestamp

  init?(argument: String) {
    guard let time = Timestamp(argument) else { return nil }
    self.time = time
  }
}

/// A day as an argument.
struct DayArgument: ExpressibleByArgument {
  var day: Day

  init?(argument: String) {
    guard let day = Day(argument) else { return nil }
    self.day = day
  }
}

extension Day {
  /// The day in UTC in which a moment lies.
  init(of time: Timestamp) {
    self.init(number: Int((Double(time.secondsSince1970) / 86_400).rounded(.down)))
  }

  static var today: Day { Day(of: .now) }
}
