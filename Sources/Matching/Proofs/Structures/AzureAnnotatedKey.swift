internal import Findings

/// 84 characters, or 88 with padding: 52 of the key, `JQQJ9`, the month, what platform and provider reserve, the
/// provider's signature, and a Marvin32 over the first 60 bytes, of which the short form has 24 bits
/// (https://github.com/microsoft/security-utilities, CommonAnnotatedKey.cs).
enum AzureAnnotatedKey {
  /// `Default0` in ASCII.
  private static let seed: UInt64 = 0x4465_6661_756C_7430

  static func verify(_ subject: TokenProof.Subject) -> TokenProof.Verification {
    let value = subject.value
    guard value.count == 84 || value.count == 88 else { return .init(.disproved, "it has not the length of its kind") }
    guard let covered = BitText.base64.bytes(of: value.prefix(80)) else { return .init(.disproved, "it is not base64") }
    let checksum = Marvin32.checksum(of: covered, seed: seed)
    let bytes = (0..<4).map { UInt8(truncatingIfNeeded: checksum >> (8 * $0)) }
    let checks =
      value.count == 88
      ? [BitText.base64.text(of: bytes) + Array("==".utf8)]
      : [Array(BitText.base64.text(of: bytes).prefix(4)), base62(bytes)]
    guard checks.contains(where: { $0.elementsEqual(value[80...]) }) else {
      return .init(.disproved, "its checksum does not hold")
    }
    // A is 2024 and January.
    let (year, month) = (Int(value[58]) - 0x41 + 2024, Int(value[59]) - 0x41 + 1)
    guard (2024...2049).contains(year), (1...12).contains(month) else {
      return .init(.disproved, "the month in it does not exist")
    }
    return .init(.proved, "its checksum holds", [.init("It was made in \(year)-\(month < 10 ? "0" : "")\(month).")])
  }

  /// Leading zero bytes give leading zero digits; what is shorter than four is filled up behind.
  private static func base62(_ bytes: [UInt8]) -> [UInt8] {
    let digits = PositionalNumber.base62.digits
    let zeros = min(bytes.prefix { $0 == 0 }.count, bytes.count - 1)
    let number = bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let text = [UInt8](repeating: digits[0], count: zeros) + PositionalNumber.base62.text(of: number, width: 1)
    return Array((text + [UInt8](repeating: digits[0], count: 4)).prefix(4))
  }
}
