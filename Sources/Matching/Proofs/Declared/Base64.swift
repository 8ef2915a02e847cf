// Foundation's decoder takes neither the URL alphabet nor missing padding, and tokens have both.

/// Base 64 of RFC 4648, sections 4 and 5.
package enum Base64 {
  /// The bytes that `text` encodes: either alphabet, padding optional, white space skipped; `nil` when it has other
  /// characters or an impossible length.
  static func decode(_ text: some Sequence<UInt8>) -> [UInt8]? {
    var bytes: [UInt8] = []
    var buffer = 0
    var bits = 0
    var padding = 0
    for byte in text {
      let digit = values[Int(byte)]
      if digit < 64 {
        guard padding == 0 else { return nil }
        buffer = (buffer << 6 | Int(digit)) & 0xFFFF
        bits += 6
        if bits >= 8 {
          bits -= 8
          bytes.append(UInt8(truncatingIfNeeded: buffer >> bits))
        }
      } else if byte == UInt8(ascii: "=") {
        padding += 1
      } else if ![9, 10, 13, 32].contains(byte) {
        return nil
      }
    }
    return bits >= 6 || padding > 2 ? nil : bytes
  }

  /// The text of `bytes` in the standard alphabet, with padding.
  package static func encode(_ bytes: [UInt8]) -> String {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let value = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for place in 0..<4 {
        text.append(place <= group.count ? digits[value >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static let values: [UInt8] = {
    var values = [UInt8](repeating: 255, count: 256)
    let digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
    for (value, digit) in digits.enumerated() { values[Int(digit)] = UInt8(value) }
    values[Int(UInt8(ascii: "-"))] = 62
    values[Int(UInt8(ascii: "_"))] = 63
    return values
  }()
}
