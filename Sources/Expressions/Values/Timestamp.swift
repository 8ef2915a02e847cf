/// A moment between the years 1 and 9999, to the nanosecond.
/// https://github.com/google/cel-spec/blob/master/doc/langdef.md#timestamps
package struct Timestamp: Sendable, Hashable, Comparable {
  /// 0001-01-01T00:00:00Z to 9999-12-31T23:59:59Z.
  private static let secondsRange: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

  /// Since 1970-01-01T00:00:00Z.
  package let seconds: Int64
  /// `0..<1_000_000_000`
  package let nanoseconds: Int32

  package init(seconds: Int64, nanoseconds: Int32 = 0) throws(ExpressionError) {
    guard Self.secondsRange.contains(seconds), (0..<1_000_000_000).contains(nanoseconds) else {
      throw .overflow("the timestamp")
    }
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }

  package static func < (left: Timestamp, right: Timestamp) -> Bool {
    (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
  }

  func adding(_ span: TimeSpan) throws(ExpressionError) -> Timestamp {
    let (whole, rest) = span.nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
    // No overflow: both are far below 2^62.
    let sum = Int64(nanoseconds) + rest
    let carry: Int64 = sum < 0 ? -1 : sum >= 1_000_000_000 ? 1 : 0
    return try Timestamp(
      seconds: seconds + whole + carry, nanoseconds: Int32(sum - carry * 1_000_000_000))
  }

  func span(since other: Timestamp) throws(ExpressionError) -> TimeSpan {
    let (product, overflow) = (seconds - other.seconds).multipliedReportingOverflow(by: 1_000_000_000)
    let (total, overflows) = product.addingReportingOverflow(Int64(nanoseconds) - Int64(other.nanoseconds))
    if overflow || overflows { throw .overflow("the duration") }
    return TimeSpan(nanoseconds: total)
  }

  /// RFC 3339 in UTC, with as many digits of the second as are needed.
  /// https://www.rfc-editor.org/rfc/rfc3339#section-5.6
  package var text: String {
    let time = CivilTime(self, offset: 0)
    func padded(_ number: Int, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    var text = "\(padded(time.year, 4))-\(padded(time.month, 2))-\(padded(time.day, 2))"
    text += "T\(padded(time.hour, 2)):\(padded(time.minute, 2)):\(padded(time.second, 2))"
    text += TimeSpan.fraction(Int(nanoseconds)) + "Z"
    return text
  }

  /// Reads RFC 3339; `nil` if it is not that. Throws when it is, but outside of the years that CEL knows.
  package init?(_ text: String) throws(ExpressionError) {
    var reader = DigitReader(text)
    guard let year = reader.number(digits: 4), reader.skip("-"),
      let month = reader.number(digits: 2), (1...12).contains(month), reader.skip("-"),
      let day = reader.number(digits: 2), (1...CivilTime.days(in: month, of: year)).contains(day),
      reader.skip("T") || reader.skip("t"),
      let hour = reader.number(digits: 2), hour < 24, reader.skip(":"),
      let minute = reader.number(digits: 2), minute < 60, reader.skip(":"),
      let second = reader.number(digits: 2), second < 60
    else { return nil }
    var nanoseconds = 0
    if reader.skip(".") {
      guard let fraction = reader.fraction() else { return nil }
      nanoseconds = fraction
    }
    var offset = 0
    if !(reader.skip("Z") || reader.skip("z")) {
      let isNegative = reader.skip("-")
      guard isNegative || reader.skip("+"), let hours = reader.number(digits: 2), hours < 24, reader.skip(":"),
        let minutes = reader.number(digits: 2), minutes < 60
      else { return nil }
      offset = (hours * 3600 + minutes * 60) * (isNegative ? -1 : 1)
    }
    guard reader.isAtEnd else { return nil }
    let days = CivilTime.daysSinceEpoch(year: year, month: month, day: day)
    let seconds = days * 86_400 + hour * 3600 + minute * 60 + second - offset
    self = try Timestamp(seconds: Int64(seconds), nanoseconds: Int32(nanoseconds))
  }
}

/// Reads numbers of fixed width.
struct DigitReader {
  private let bytes: [UInt8]
  private var offset = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  var isAtEnd: Bool { offset == bytes.count }

  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard offset < bytes.count, UInt32(bytes[offset]) == character.value else { return false }
    offset += 1
    return true
  }

  mutating func number(digits: Int) -> Int? {
    guard offset + digits <= bytes.count else { return nil }
    var number = 0
    for byte in bytes[offset..<(offset + digits)] {
      guard let digit = byte.decimalDigit else { return nil }
      number = number * 10 + digit
    }
    offset += digits
    return number
  }

  /// Digits after the point as nanoseconds; what is smaller is cut off.
  mutating func fraction() -> Int? {
    var number = 0
    var width = 0
    while offset < bytes.count, let digit = bytes[offset].decimalDigit {
      if width < 9 { number = number * 10 + digit }
      width += 1
      offset += 1
    }
    guard width > 0 else { return nil }
    for _ in 0..<max(0, 9 - width) { number *= 10 }
    return number
  }
}

extension UInt8 {
  var decimalDigit: Int? {
    (0x30...0x39).contains(self) ? Int(self) - 0x30 : nil
  }

  var hexDigit: Int? {
    switch self {
    case 0x30...0x39: Int(self) - 0x30
    case 0x41...0x46: Int(self) - 0x41 + 10
    case 0x61...0x66: Int(self) - 0x61 + 10
    default: nil
    }
  }
}
