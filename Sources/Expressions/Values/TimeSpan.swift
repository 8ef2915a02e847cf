/// A duration, to the nanosecond; as in other implementations it is a 64-bit count, about ±292 years.
/// https://github.com/google/cel-spec/blob/master/doc/langdef.md#timestamps
package struct TimeSpan: Sendable, Hashable, Comparable {
  package let nanoseconds: Int64

  package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  package static func < (left: TimeSpan, right: TimeSpan) -> Bool { left.nanoseconds < right.nanoseconds }

  /// In seconds: `6347s`, `-1.5s`.
  package var text: String {
    let magnitude = nanoseconds.magnitude
    let (seconds, rest) = magnitude.quotientAndRemainder(dividingBy: 1_000_000_000)
    return (nanoseconds < 0 ? "-" : "") + String(seconds) + Self.fraction(Int(rest)) + "s"
  }

  /// Nanoseconds as digits after a point, as few as needed; empty for none.
  static func fraction(_ nanoseconds: Int) -> String {
    guard nanoseconds > 0 else { return "" }
    var digits = String(nanoseconds)
    digits = "." + String(repeating: "0", count: 9 - digits.count) + digits
    while digits.hasSuffix("0") { digits.removeLast() }
    return digits
  }

  /// Reads `1h30m`, `-1.5s`, `100ms`, …; `nil` if it is not that. Throws when it is, but too long.
  /// https://pkg.go.dev/time#ParseDuration
  package init?(_ text: String) throws(ExpressionError) {
    var bytes = Array(text.utf8)[...]
    let isNegative = bytes.first == UInt8(ascii: "-")
    if isNegative || bytes.first == UInt8(ascii: "+") { bytes.removeFirst() }
    if bytes.elementsEqual("0".utf8) {
      self.init(nanoseconds: 0)
      return
    }
    guard !bytes.isEmpty else { return nil }
    // Wide enough for every text that is short enough to be a duration.
    var total: Int128 = 0
    while !bytes.isEmpty {
      let digits = bytes.prefix { $0.decimalDigit != nil }
      bytes = bytes.dropFirst(digits.count)
      var fraction: ArraySlice<UInt8> = []
      if bytes.first == UInt8(ascii: ".") {
        fraction = bytes.dropFirst().prefix { $0.decimalDigit != nil }
        bytes = bytes.dropFirst(fraction.count + 1)
      }
      let unit = bytes.prefix { $0.decimalDigit == nil && $0 != UInt8(ascii: ".") }
      bytes = bytes.dropFirst(unit.count)
      guard !(digits.isEmpty && fraction.isEmpty), let scale = Self.units[String(decoding: unit, as: UTF8.self)]
      else { return nil }
      guard digits.count < 20 else { throw .overflow("the duration") }
      let whole = digits.reduce(Int128(0)) { $0 * 10 + Int128($1.decimalDigit ?? 0) }
      total += whole * scale
      var place = scale
      for digit in fraction.prefix(15) {
        total += Int128(digit.decimalDigit ?? 0) * place / 10
        place /= 10
      }
      guard total <= Int128(Int64.max) else { throw .overflow("the duration") }
    }
    self.init(nanoseconds: Int64(isNegative ? -total : total))
  }

  private static let units: [String: Int128] = [
    "ns": 1, "us": 1_000, "µs": 1_000, "μs": 1_000, "ms": 1_000_000, "s": 1_000_000_000, "m": 60_000_000_000,
    "h": 3_600_000_000_000,
  ]
}
