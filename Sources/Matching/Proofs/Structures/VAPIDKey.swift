internal import Findings

/// A private key for Web Push (RFC 8292): 32 bytes in base 64. Any number below the order of P-256 is one; the public key
/// beside it tells whether it is.
enum VAPIDKey {
  static func verify(_ subject: TokenProof.Subject) -> TokenProof.Verification {
    guard let key = Base64.decode(subject.value), key.count == 32, key.contains(where: { $0 != 0 }) else {
      return .init(.disproved, "it has not the length of its kind")
    }
    // A public key is 65 bytes that begin with 4: 87 characters that begin with B.
    var pairs = 0
    for text in [subject.before, subject.after] {
      for word in text.split(whereSeparator: { !isDigit($0) }) where word.count == 87 && word.first == UInt8(ascii: "B")
      {
        guard let point = Base64.decode(word), point.count == 65, point[0] == 4 else { continue }
        // Each costs a millisecond.
        pairs += 1
        guard pairs <= 4 else { break }
        if P256.isPublicKey(Array(point.dropFirst()), of: key) {
          return .init(.proved, "the public key beside it is its own")
        }
      }
    }
    return .init(.shaped, pairs == 0 ? "no public key stands beside it" : "the public key beside it is of another")
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte.isASCIIAlphanumeric || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "+")
      || byte == UInt8(ascii: "/")
  }
}
