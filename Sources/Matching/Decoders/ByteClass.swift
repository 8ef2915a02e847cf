internal import CEncodingScan
internal import Findings

/// A class of bytes that decoders ask for.
struct ByteClass: Sendable {
  private let bit: UInt8

  @inline(__always)
  func contains(_ byte: UInt8) -> Bool { tg_classes(byte) & bit != 0 }

  /// What credentials are made of.
  static var token: ByteClass { ByteClass(bit: UInt8(TG_TOKEN)) }
  /// What text in no alphabet but ASCII's holds: no control characters but white space.
  static var text: ByteClass { ByteClass(bit: UInt8(TG_TEXT)) }
  /// White space, quotes and angle brackets: where a word ends.
  static var wordEnd: ByteClass { ByteClass(bit: UInt8(TG_WORD_END)) }
  /// Quotes of string literals.
  static var quote: ByteClass { ByteClass(bit: UInt8(TG_QUOTE)) }
  /// What ``EscapeSequence/init(at:in:)`` knows.
  static var first: ByteClass { ByteClass(bit: UInt8(TG_FIRST)) }
  /// What a part of a string may end with, the last byte of an escape sequence too.
  static var partEnd: ByteClass { ByteClass(bit: UInt8(TG_PART_END)) }
  /// What a part of a string may begin with.
  static var partStart: ByteClass { ByteClass(bit: UInt8(TG_PART_START)) }
  static var alphanumeric: ByteClass { ByteClass(bit: UInt8(TG_ALPHANUMERIC)) }
}

/// The digits of an encoding that writes so many bits with each character.
enum DigitAlphabet: Int, Sendable {
  case hex = 4
  case base32 = 5
  case base64 = 6

  var bits: Int { rawValue }

  var encoding: Encoding {
    switch self {
    case .hex: .hex
    case .base32: .base32
    case .base64: .base64
    }
  }

  /// The value of a digit; 255 for what is none.
  @inline(__always)
  func value(of byte: UInt8) -> UInt8 {
    switch self {
    case .hex: tg_hex_digit(byte)
    case .base32: tg_base32_digit(byte)
    case .base64: tg_base64_digit(byte)
    }
  }
}
