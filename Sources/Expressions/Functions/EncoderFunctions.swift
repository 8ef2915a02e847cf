/// `base64.encode`, `base64.decode`
/// https://github.com/google/cel-go/blob/master/ext/README.md#encoders
enum EncoderFunctions {
  static let all: [Function] = [
    .function("base64.encode") { (value, evaluation) throws(ExpressionError) in
      guard case .bytes(let bytes) = value else { throw .noSuchOverload("base64.encode", value) }
      try evaluation.charge(bytes: bytes.count * 2)
      return .string(encode(bytes))
    },
    .function("base64.decode") { (value, evaluation) throws(ExpressionError) in
      guard case .string(let text) = value else { throw .noSuchOverload("base64.decode", value) }
      try evaluation.charge(bytes: text.utf8.count * 2)
      guard let bytes = decode(text) else { throw .invalid("the text is not base64") }
      return .bytes(bytes)
    },
  ]

  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// https://www.rfc-editor.org/rfc/rfc4648#section-4
  static func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << (8 * UInt32(3 - group.count))
      for position in 0..<4 {
        text.append(position <= group.count ? alphabet[Int(bits >> (18 - 6 * UInt32(position)) & 63)] : 0x3D)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// With or without padding; `nil` for anything else.
  static func decode(_ text: String) -> [UInt8]? {
    var digits = Array(text.utf8)[...]
    if digits.count.isMultiple(of: 4) {
      for _ in 0..<2 where digits.last == 0x3D { digits.removeLast() }
    }
    guard digits.count % 4 != 1 else { return nil }
    var bytes: [UInt8] = []
    var bits: UInt32 = 0
    var width = 0
    for digit in digits {
      guard let value = value(of: digit) else { return nil }
      bits = bits << 6 | value
      width += 6
      if width >= 8 {
        width -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(width)))
      }
    }
    return bytes
  }

  private static func value(of digit: UInt8) -> UInt32? {
    switch digit {
    case 0x41...0x5A: UInt32(digit) - 0x41
    case 0x61...0x7A: UInt32(digit) - 0x61 + 26
    case 0x30...0x39: UInt32(digit) - 0x30 + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
