/// Bytes written a few bits at a time: hexadecimal, base 32 and base 64 of RFC 4648.
struct BitText: Hashable, Sendable {
  let digits: [UInt8]
  /// Of each digit.
  let bits: Int
  /// How many digits a padded group has.
  let group: Int

  static let hex = BitText(digits: Array("0123456789abcdef".utf8), bits: 4, group: 2)
  static let hexUpper = BitText(digits: Array("0123456789ABCDEF".utf8), bits: 4, group: 2)
  static let base32 = BitText(digits: Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8), bits: 5, group: 8)
  static let base32Lower = BitText(digits: Array("abcdefghijklmnopqrstuvwxyz234567".utf8), bits: 5, group: 8)
  static let base64 = BitText(
    digits: Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8), bits: 6, group: 4)
  static let base64URL = BitText(
    digits: Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8), bits: 6, group: 4)

  /// The digits of `bytes`, the last one filled up with zeros, without padding.
  func text(of bytes: some Sequence<UInt8>) -> [UInt8] {
    var text: [UInt8] = []
    var buffer = 0
    var filled = 0
    for byte in bytes {
      buffer = (buffer << 8 | Int(byte)) & 0xFFFF
      filled += 8
      while filled >= bits {
        filled -= bits
        text.append(digits[buffer >> filled & (1 << bits - 1)])
      }
    }
    if filled > 0 { text.append(digits[buffer << (bits - filled) & (1 << bits - 1)]) }
    return text
  }

  /// The bytes that `text` writes, with or without padding; `nil` for other characters, an impossible length, and where the
  /// bits that no byte needs are not zero, as every encoder leaves them.
  func bytes(of text: some Collection<UInt8>) -> [UInt8]? {
    let padding = text.reversed().prefix { $0 == UInt8(ascii: "=") }.count
    guard padding == 0 || (text.count % group == 0 && padding < group) else { return nil }
    var bytes: [UInt8] = []
    var buffer = 0
    var filled = 0
    for byte in text.dropLast(padding) {
      guard let digit = digits.firstIndex(of: byte) else { return nil }
      buffer = (buffer << bits | digit) & 0xFFFF
      filled += bits
      if filled >= 8 {
        filled -= 8
        bytes.append(UInt8(truncatingIfNeeded: buffer >> filled))
      }
    }
    return filled >= bits || buffer & (1 << filled - 1) != 0 ? nil : bytes
  }
}
