/// The parts of timestamps and durations.
/// https://github.com/google/cel-spec/blob/master/doc/langdef.md#timezones
enum TimeFunctions {
  static let all: [Function] =
    [
      part("getFullYear") { $0.year },
      part("getMonth") { $0.month - 1 },
      part("getDate") { $0.day },
      part("getDayOfMonth") { $0.day - 1 },
      part("getDayOfWeek") { $0.weekday },
      part("getDayOfYear") { $0.dayOfYear },
      part("getHours", perUnit: 3_600_000_000_000) { $0.hour },
      part("getMinutes", perUnit: 60_000_000_000) { $0.minute },
      part("getSeconds", perUnit: 1_000_000_000) { $0.second },
      milliseconds,
    ]

  /// - Parameter perUnit: Nanoseconds in the unit in which the method gives a whole duration; `nil` if it does not.
  private static func part(
    _ name: String, perUnit: Int64? = nil, _ part: @escaping @Sendable (CivilTime) -> Int
  ) -> Function {
    .method(name, arity: 1...2) { (arguments, _) throws(ExpressionError) in
      switch (arguments[0], arguments.count, perUnit) {
      case (.timestamp(let timestamp), _, _):
        return .int(Int64(part(CivilTime(timestamp, offset: try offset(arguments, at: timestamp)))))
      case (.duration(let span), 1, .some(let perUnit)): return .int(span.nanoseconds / perUnit)
      default: throw .noSuchOverload(name, arguments[0])
      }
    }
  }

  /// Of a duration too, only what is beyond whole seconds.
  private static let milliseconds = Function.method("getMilliseconds", arity: 1...2) {
    (arguments, _) throws(ExpressionError) in
    switch (arguments[0], arguments.count) {
    case (.timestamp(let timestamp), _):
      _ = try offset(arguments, at: timestamp)
      return .int(Int64(timestamp.nanoseconds / 1_000_000))
    case (.duration(let span), 1): return .int(span.nanoseconds % 1_000_000_000 / 1_000_000)
    default: throw .noSuchOverload("getMilliseconds", arguments[0])
    }
  }

  private static func offset(_ arguments: [Value], at timestamp: Timestamp) throws(ExpressionError) -> Int {
    guard arguments.count > 1 else { return 0 }
    guard case .string(let zone) = arguments[1] else { throw .noSuchOverload("getHours", arguments[0], arguments[1]) }
    guard let seconds = TimeZoneOffset.seconds(zone, at: timestamp) else {
      throw .invalid("there is no time zone \(arguments[1])")
    }
    return seconds
  }
}
