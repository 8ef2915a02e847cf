internal import Glibc

// Foundation's dates and calendars would be most of the program. What rules need of time is days and seconds in UTC.

/// A moment, in whole seconds of UTC.
public struct Timestamp: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Seconds since 1970-01-01T00:00:00Z, without leap seconds.
  public var secondsSince1970: Int

  public init(secondsSince1970: Int) {
    self.secondsSince1970 = secondsSince1970
  }

  /// The moment at which this is asked, by the machine's clock.
  public static var now: Timestamp { Timestamp(secondsSince1970: time(nil)) }

  /// Reads `2026-01-31`, `2026-01-31T10:20:30Z` and the like (RFC 3339; seconds, their fractions and a distance from UTC
  /// may be there or not), and the same without dashes and colons (`20260131T102030Z`).
  public init?(_ text: some StringProtocol) {
    var rest = Array(text.utf8)[...]
    func take(_ count: Int) -> Int? {
      let digits = rest.prefix(count)
      guard digits.count == count, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
      rest = rest.dropFirst(count)
      return digits.reduce(0) { $0 * 10 + Int($1 & 15) }
    }
    func skip(_ character: Character) {
      if let byte = character.asciiValue, rest.first == byte { rest = rest.dropFirst() }
    }
    guard let year = take(4) else { return nil }
    skip("-")
    guard let month = take(2), (1...12).contains(month) else { return nil }
    skip("-")
    guard let day = take(2), (1...Self.days(inMonth: month, of: year)).contains(day) else { return nil }
    var seconds = Self.days(toYear: year, month: month, day: day) * 86_400
    if let separator = rest.first {
      guard [UInt8(ascii: "T"), UInt8(ascii: "t"), UInt8(ascii: " ")].contains(separator) else { return nil }
      rest = rest.dropFirst()
      guard let hour = take(2), hour <= 24 else { return nil }
      skip(":")
      guard let minute = take(2), minute < 60 else { return nil }
      seconds += hour * 3_600 + minute * 60
      skip(":")
      if let second = take(2) {
        guard second <= 60 else { return nil }
        seconds += second
      }
      if rest.first == UInt8(ascii: ".") { rest = rest.dropFirst().drop { (0x30...0x39).contains($0) } }
      if let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
        rest = rest.dropFirst()
        guard let hours = take(2), hours < 24 else { return nil }
        skip(":")
        let distance = hours * 3_600 + (take(2) ?? 0) * 60
        seconds += sign == UInt8(ascii: "+") ? -distance : distance
      } else if let zone = rest.first, zone == UInt8(ascii: "Z") || zone == UInt8(ascii: "z") {
        rest = rest.dropFirst()
      }
    }
    guard rest.isEmpty else { return nil }
    secondsSince1970 = seconds
  }

  /// `2026-01-31`.
  public var date: String {
    let (year, month, day) = Self.civil(fromDays: Int((Double(secondsSince1970) / 86_400).rounded(.down)))
    return "\(year)-\(Self.twoDigits(month))-\(Self.twoDigits(day))"
  }

  /// `2026-01-31T10:20:30Z`.
  public var description: String {
    let second = ((secondsSince1970 % 86_400) + 86_400) % 86_400
    let time = [second / 3_600, second / 60 % 60, second % 60].map(Self.twoDigits).joined(separator: ":")
    return "\(date)T\(time)Z"
  }

  public static func < (left: Timestamp, right: Timestamp) -> Bool { left.secondsSince1970 < right.secondsSince1970 }

  private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  private static func days(inMonth month: Int, of year: Int) -> Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }

  // Years that begin in March, in eras of 400: https://howardhinnant.github.io/date_algorithms.html

  private static func days(toYear year: Int, month: Int, day: Int) -> Int {
    let year = month <= 2 ? year - 1 : year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func civil(fromDays days: Int) -> (year: Int, month: Int, day: Int) {
    let days = days + 719_468
    let era = (days >= 0 ? days : days - 146_096) / 146_097
    let dayOfEra = days - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
  }
}
