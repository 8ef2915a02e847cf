internal import Findings

/// A key in a keyset of Tink: the value is its base 64, a protocol buffer; the members of the keyset stand round it
/// (https://developers.google.com/tink/design/keysets, https://protobuf.dev/programming-guides/encoding).
enum TinkKeyset {
  static func verify(_ subject: TokenProof.Subject) -> TokenProof.Verification {
    guard let bytes = BitText.base64.bytes(of: subject.value), isMessage(bytes[...]) else {
      return .init(.disproved, "what it encodes is no protocol buffer")
    }
    // The material is said behind the value, or before it.
    let material =
      subject.after.textMember("keyMaterialType") ?? subject.before.textMember("keyMaterialType", isLast: true)
    let facts =
      material == "ASYMMETRIC_PUBLIC"
      ? [TokenProof.Fact("It is a public key.", limit: .note)]
      : material == "REMOTE" ? [TokenProof.Fact("The key itself is in a key management service.", limit: .note)] : []
    let near = subject.before + subject.after
    let keys = Set(near.numberMembers("keyId"))
    guard let primary = near.numberMembers("primaryKeyId").first, !keys.isEmpty else {
      return .init(.shaped, "its keyset is not whole", facts)
    }
    return keys.contains(primary)
      ? .init(.proved, "the keyset names it", facts) : .init(.shaped, "its keyset is not whole", facts)
  }

  /// Fields of the wire types 0, 1, 2 and 5 that fill the bytes exactly.
  private static func isMessage(_ bytes: ArraySlice<UInt8>) -> Bool {
    var rest = bytes
    func number() -> UInt64? {
      var value: UInt64 = 0
      for shift in stride(from: 0, to: 64, by: 7) {
        guard let byte = rest.popFirst() else { return nil }
        value |= UInt64(byte & 0x7F) << UInt64(shift)
        if byte < 0x80 { return value }
      }
      return nil
    }
    while !rest.isEmpty {
      guard let tag = number(), tag >> 3 > 0 else { return false }
      switch tag & 7 {
      case 0: guard number() != nil else { return false }
      case 1, 5:
        let width = tag & 7 == 1 ? 8 : 4
        guard rest.count >= width else { return false }
        rest = rest.dropFirst(width)
      case 2:
        guard let length = number(), length <= UInt64(rest.count) else { return false }
        rest = rest.dropFirst(Int(length))
      default: return false
      }
    }
    return !bytes.isEmpty
  }
}
