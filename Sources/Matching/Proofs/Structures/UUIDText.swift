internal import Findings

/// The UUID at the end of a value, after whatever prefix its kind has (RFC 9562).
enum UUIDText {
  static func verify(_ value: [UInt8], isVersion4: Bool) -> TokenProof.Verification {
    let text = value.suffix(36).map(\.asciiLowercased)
    let digits = text.filter { $0 != UInt8(ascii: "-") }
    guard text.count == 36, [8, 13, 18, 23].allSatisfy({ text[$0] == UInt8(ascii: "-") }), digits.count == 32,
      let bytes = BitText.hex.bytes(of: digits)
    else { return .init(.disproved, "it ends in no UUID") }
    if isTyped(digits) { return .init(.disproved, "its digits follow each other") }
    guard isVersion4 else { return .init(.shaped, "") }
    // Section 5.4: version 4, variant 10.
    return bytes[6] >> 4 == 4 && bytes[8] >> 6 == 0b10
      ? .init(.shaped, "") : .init(.disproved, "it is no random UUID")
  }

  /// Mostly the same digit, or each one more than the one before.
  private static func isTyped(_ digits: [UInt8]) -> Bool {
    let steps = zip(digits, digits.dropFirst()).map { Int($1) - Int($0) }
    return [0, 1, -1].contains { step in steps.count { $0 == step } >= 14 } || Set(digits).count <= 4
  }
}
