/// How a part of a value stands for bytes.
package enum TextDecoding: String, CaseIterable, Sendable {
  case hex
  case hexUpper = "HEX"
  case base32
  case base32Lower = "base32-lower"
  case base64
  case base64URL = "base64url"
  /// With either alphabet.
  case base64Any = "base64-any"
  case base58
  case base62

  /// The bytes; `nil` where the text has other characters, or does not end as an encoder ends it.
  func bytes(of text: [UInt8]) -> [UInt8]? {
    switch self {
    case .base58: PositionalNumber.base58.bytes(of: text)
    case .base62: PositionalNumber.base62.bytes(of: text)
    case .base64Any: BitText.base64.bytes(of: text.map { $0 == 0x2D ? 0x2B : $0 == 0x5F ? 0x2F : $0 })
    default: bitText?.bytes(of: text)
    }
  }

  /// What ``bytes(of:)`` reads back; padded when `isPadded`.
  func text(of bytes: [UInt8], isPadded: Bool) -> [UInt8] {
    switch self {
    case .base58: return PositionalNumber.base58.text(ofBytes: bytes)
    case .base62: return PositionalNumber.base62.text(ofBytes: bytes)
    default:
      guard let bitText else { return [] }
      let text = bitText.text(of: bytes)
      let missing = isPadded ? (bitText.group - text.count % bitText.group) % bitText.group : 0
      return text + [UInt8](repeating: UInt8(ascii: "="), count: missing)
    }
  }

  private var bitText: BitText? {
    switch self {
    case .hex: .hex
    case .hexUpper: .hexUpper
    case .base32: .base32
    case .base32Lower: .base32Lower
    case .base64, .base64Any: .base64
    case .base64URL: .base64URL
    case .base58, .base62: nil
    }
  }
}
