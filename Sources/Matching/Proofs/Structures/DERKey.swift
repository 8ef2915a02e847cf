/// What the DER of a private key tells of it: PKCS #1 (RFC 8017, A.1.2), PKCS #8 (RFC 5208, 5) and SEC 1 (RFC 5915).
enum DERKey {
  static func facts(of bytes: [UInt8]) -> [TokenProof.Fact] {
    var outer = Reader(bytes[...])
    guard let sequence = outer.element(0x30) else { return [] }
    var inner = Reader(sequence)
    guard let version = inner.element(0x02), version.count == 1 else { return [] }
    if let modulus = inner.element(0x02) { return rsa(modulus) }
    if inner.element(0x04) != nil { return [.init("It is an EC key.")] }
    // PKCS #8: the algorithm, then the key within an octet string.
    guard let algorithm = inner.element(0x30), let key = inner.element(0x04) else { return [] }
    var identifier = Reader(algorithm)
    guard let name = identifier.element(0x06) else { return [] }
    if name.elementsEqual(rsaEncryption) {
      var reader = Reader(key)
      guard let sequence = reader.element(0x30) else { return [] }
      var numbers = Reader(sequence)
      return numbers.element(0x02) != nil ? numbers.element(0x02).map(rsa) ?? [] : []
    }
    guard let known = algorithms.first(where: { $0.identifier.elementsEqual(name) }) else { return [] }
    return [.init("It is an \(known.name) key.")]
  }

  private static func rsa(_ modulus: ArraySlice<UInt8>) -> [TokenProof.Fact] {
    let significant = modulus.drop { $0 == 0 }
    guard let first = significant.first else { return [] }
    return [.init("It is an RSA key of \(significant.count * 8 - first.leadingZeroBitCount) bits.")]
  }

  /// 1.2.840.113549.1.1.1
  private static let rsaEncryption: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01]

  private static let algorithms: [(identifier: [UInt8], name: String)] = [
    ([0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01], "EC"),  // 1.2.840.10045.2.1
    ([0x2B, 0x65, 0x70], "Ed25519"),  // 1.3.101.112 (RFC 8410, 3)
    ([0x2B, 0x65, 0x71], "Ed448"),
    ([0x2B, 0x65, 0x6E], "X25519"),
    ([0x2B, 0x65, 0x6F], "X448"),
  ]

  /// Reads elements one after the other (ITU-T X.690, 8.1).
  struct Reader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
      rest = bytes
    }

    /// The contents of the next element when it has this tag; otherwise nothing is read.
    mutating func element(_ tag: UInt8) -> ArraySlice<UInt8>? {
      guard rest.first == tag, rest.count >= 2 else { return nil }
      var length = Int(rest[rest.startIndex + 1])
      var start = rest.startIndex + 2
      if length >= 0x80 {
        let width = length & 0x7F
        guard (1...3).contains(width), rest.count >= 2 + width else { return nil }
        length = rest[start..<start + width].reduce(0) { $0 << 8 | Int($1) }
        start += width
      }
      guard rest.endIndex - start >= length else { return nil }
      defer { rest = rest[(start + length)...] }
      return rest[start..<start + length]
    }
  }
}
