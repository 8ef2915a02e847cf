/// Numbers written with the digits of an alphabet, most significant digit first.
struct PositionalNumber {
  let digits: [UInt8]

  static let base62 = PositionalNumber(
    digits: Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8))
  static let base36 = PositionalNumber(digits: Array("0123456789abcdefghijklmnopqrstuvwxyz".utf8))

  /// `value` in at least `width` digits, padded with the zero digit.
  func text(of value: UInt32, width: Int) -> [UInt8] {
    var rest = Int(value)
    var text: [UInt8] = []
    while rest > 0 || text.count < width {
      text.append(digits[rest % digits.count])
      rest /= digits.count
    }
    return text.reversed()
  }

  /// The value of `text`; `nil` when it is empty, too large or has other characters.
  func value(of text: some Sequence<UInt8>) -> Int? {
    var value: Int?
    for byte in text {
      guard let digit = digits.firstIndex(of: byte) else { return nil }
      let (product, overflow) = (value ?? 0).multipliedReportingOverflow(by: digits.count)
      guard !overflow, product <= Int.max - digit else { return nil }
      value = product + digit
    }
    return value
  }
}
