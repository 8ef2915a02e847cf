internal import Findings

/// A private key for Web Push (RFC 8292): 32 bytes in base 64. Any number below the order of P-256 is one; the public key
/// beside it tells whether it is.
enum VAPIDKey {
  static func verify(_ subject: TokenProof.Subject) -> TokenProof.Verification {
    guard let key = Base64.decode(subject.value), key.count == 32, key.contains(where: { $0 != 0 }) else {
      return .init(.disproved, "it has not the length of its kind")
    }
    // The nearest two on each side, for each costs a tenth of a millisecond.
    let near = Array(publicKeys(in: subject.before).suffix(2)) + Array(publicKeys(in: subject.after).prefix(2))
    if near.contains(where: { P256.isPublicKey($0, of: key) }) {
      return .init(.proved, "the public key beside it is its own")
    }
    return .init(.shaped, near.isEmpty ? "no public key stands beside it" : "the public key beside it is of another")
  }

  /// Their coordinates: 64 bytes each.
  private static func publicKeys(in text: [UInt8]) -> [[UInt8]] {
    text.split { !isDigit($0) }.compactMap { word in
      // 65 bytes that begin with 4 are 87 characters that begin with B.
      guard word.count == 87, word.first == UInt8(ascii: "B"), let point = Base64.decode(word), point.count == 65,
        point[0] == 4
      else { return nil }
      return Array(point.dropFirst())
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte.isASCIIAlphanumeric || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "+")
      || byte == UInt8(ascii: "/")
  }
}
