/// How a checksum is written into a value.
package enum ChecksumEncoding: Hashable, Sendable {
  /// As a number, with these digits.
  case digits([UInt8])
  case bits(Bits)
  /// As it is; for values that are decoded first.
  case bytes

  package enum Bits: Hashable, Sendable {
    case hex, hexUpper, base32, base32Lower, base64, base64URL

    var text: BitText {
      switch self {
      case .hex: .hex
      case .hexUpper: .hexUpper
      case .base32: .base32
      case .base32Lower: .base32Lower
      case .base64: .base64
      case .base64URL: .base64URL
      }
    }
  }

  /// The names by which packs call encodings.
  package static let named: [(name: String, encoding: ChecksumEncoding)] = [
    ("decimal", .digits(PositionalNumber.decimal.digits)),
    ("base36", .digits(PositionalNumber.base36.digits)), ("BASE36", .digits(PositionalNumber.base36Upper.digits)),
    ("base62", .digits(PositionalNumber.base62.digits)),
    ("base62-lower-first", .digits(PositionalNumber.base62LowerFirst.digits)),
    ("hex", .bits(.hex)), ("HEX", .bits(.hexUpper)), ("base32", .bits(.base32)), ("base32-lower", .bits(.base32Lower)),
    ("base64", .bits(.base64)), ("base64url", .bits(.base64URL)), ("bytes", .bytes),
  ]

  package init?(named name: String) {
    guard let known = Self.named.first(where: { $0.name == name }) else { return nil }
    self = known.encoding
  }

  /// The bits that each character of the text tells.
  var bitsPerCharacter: Double {
    switch self {
    case .digits(let digits): ChecksumCheck.log2(Double(digits.count))
    case .bits(let bits): Double(bits.text.bits)
    case .bytes: 8
    }
  }
}
