internal import Findings

/// Private keys between `-----BEGIN … PRIVATE KEY-----` and `-----END`: PKCS #1, SEC 1, PKCS #8 (RFC 7468), OpenSSH
/// (https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.key) and OpenPGP (RFC 9580, 6.2).
///
/// What begins like a key but does not end like one is shaped, not disproved: it may be cut short by a log, or wrapped
/// in a way that is not known here, and a real key must not become a note.
enum PEMPrivateKey {
  static func verify(_ value: [UInt8]) -> TokenProof.Verification {
    let text = joined(unescaped(value))
    guard let label = label(of: text), let body = body(of: text) else {
      return .init(.disproved, "there is nothing in the block")
    }
    if label.contains("PGP") { return verifyOpenPGP(body) }
    let isEncrypted = label.contains("ENCRYPTED") || body.header.holds(Array("ENCRYPTED".utf8))
    guard let bytes = Base64.decode(body.base64) else { return .init(.disproved, "its body is not base64") }
    if label.contains("OPENSSH") { return verifyOpenSSH(bytes) }
    if isEncrypted, bytes.count >= 32 { return encrypted }
    guard beginsLikeKey(bytes) else { return .init(.disproved, "its body is not a key") }
    return isWholeSequence(bytes)
      ? .init(.proved, "it is a complete key", DERKey.facts(of: bytes))
      : .init(.shaped, "it is cut short or edited")
  }

  /// A passphrase stands between the key and whoever reads it.
  private static let encrypted = TokenProof.Verification(
    .shaped, "it is encrypted with a passphrase", [.init("Without the passphrase it opens nothing.", limit: .low)])

  /// Line ends written as `\n` or `\r\n` within a string literal, and the quotes between joined literals.
  private static func unescaped(_ value: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    var index = 0
    while index < value.count {
      let byte = value[index]
      if byte == UInt8(ascii: "\\"), index + 1 < value.count {
        let next = value[index + 1]
        text.append(UInt8(ascii: "\n"))
        index += next == UInt8(ascii: "n") || next == UInt8(ascii: "r") || next == 10 ? 2 : 1
      } else {
        text.append(byte)
        index += 1
      }
    }
    return text
  }

  /// The text without the `+`, `.` or `&` that joins two string literals, and without their quotes.
  ///
  /// A `+` within quotes is a digit of base 64, so only one that stands between quotes goes.
  private static func joined(_ text: [UInt8]) -> [UInt8] {
    var joined: [UInt8] = []
    var index = 0
    while index < text.count {
      if quotes.contains(text[index]) {
        let sign = text[(index + 1)...].firstIndex { !space.contains($0) } ?? text.endIndex
        if sign < text.count, signs.contains(text[sign]),
          let next = text[(sign + 1)...].firstIndex(where: { !space.contains($0) }), quotes.contains(text[next])
        {
          index = next + 1
          continue
        }
      }
      joined.append(text[index])
      index += 1
    }
    return joined
  }

  private static let quotes = Set("\"'`".utf8)
  private static let space = Set(" \t\r\n".utf8)
  private static let signs = Set("+.&".utf8)

  private static func label(of text: [UInt8]) -> String? {
    let begin = Array("-----BEGIN ".utf8)
    guard let start = text.firstOffset(of: begin).map({ $0 + begin.count }),
      let end = text.firstOffset(of: dashes, from: start)
    else { return nil }
    return String(decoding: text[start..<end], as: UTF8.self)
  }

  private struct Body {
    var header: [UInt8] = []
    var base64: [UInt8] = []
    var checksum: [UInt8]?
  }

  /// What stands between the two lines: `Name: value` headers (RFC 1421), then base 64.
  private static func body(of text: [UInt8]) -> Body? {
    guard let begin = text.firstOffset(of: dashes).map({ $0 + dashes.count }),
      let start = text.firstOffset(of: dashes, from: begin).map({ $0 + dashes.count }),
      start < text.count
    else { return nil }
    let end = text.firstOffset(of: dashes, from: start) ?? text.count
    var body = Body()
    for line in text[start..<end].split(whereSeparator: { $0 == 10 || $0 == 13 }) {
      // Indentation, comment signs and quotes of the code round the key are not part of it.
      let line = line.filter { !noise.contains($0) }
      if line.contains(UInt8(ascii: ":")) {
        body.header += line
      } else if line.first == UInt8(ascii: "="), line.count == 5 {
        body.checksum = Array(line.dropFirst())
      } else {
        body.base64 += line
      }
    }
    return body
  }

  private static let dashes = Array("-----".utf8)

  private static let noise = Set(" \t\"'`,;#*>|".utf8)

  /// The tag of a DER SEQUENCE and the first byte of a length, with which all these formats begin.
  private static func beginsLikeKey(_ bytes: [UInt8]) -> Bool {
    bytes.count >= 16 && bytes[0] == 0x30 && (bytes[1] < 0x80 || (0x81...0x83).contains(bytes[1]))
  }

  /// One DER SEQUENCE (ITU-T X.690, 8.9) that fills the bytes exactly.
  private static func isWholeSequence(_ bytes: [UInt8]) -> Bool {
    guard bytes.count >= 16, bytes[0] == 0x30 else { return false }
    if bytes[1] < 0x80 { return bytes.count == 2 + Int(bytes[1]) }
    let width = Int(bytes[1] & 0x7F)
    guard (1...3).contains(width), bytes.count > 2 + width else { return false }
    let length = bytes[2..<2 + width].reduce(0) { $0 << 8 | Int($1) }
    return bytes.count == 2 + width + length
  }

  /// Every length must fit.
  private static func verifyOpenSSH(_ bytes: [UInt8]) -> TokenProof.Verification {
    let magic = Array("openssh-key-v1\0".utf8)
    var rest = bytes.dropFirst(magic.count)
    func number() -> Int? {
      guard rest.count >= 4 else { return nil }
      defer { rest = rest.dropFirst(4) }
      return rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
    }
    func string() -> ArraySlice<UInt8>? {
      guard let length = number(), length <= rest.count else { return nil }
      defer { rest = rest.dropFirst(length) }
      return rest.prefix(length)
    }
    // Cipher, key derivation and its options; the public keys; the private ones.
    guard bytes.starts(with: magic), let cipher = string(), string() != nil, string() != nil, let count = number(),
      (1...16).contains(count), (0..<count).allSatisfy({ _ in string() != nil }), let keys = string(), !keys.isEmpty
    else { return .init(bytes.starts(with: magic) ? .shaped : .disproved, "it is cut short or edited") }
    let isPlain = cipher.elementsEqual("none".utf8)
    // The tag of an authenticated cipher follows the private keys.
    guard rest.isEmpty || (!isPlain && rest.count == 16) else { return .init(.shaped, "it is cut short or edited") }
    return isPlain ? .init(.proved, "it is a complete key") : encrypted
  }

  private static func verifyOpenPGP(_ body: Body) -> TokenProof.Verification {
    guard let bytes = Base64.decode(body.base64), bytes.count >= 32 else {
      return .init(.disproved, "its body is not base64")
    }
    guard let checksum = body.checksum.flatMap(Base64.decode) else { return .init(.shaped, "it carries no checksum") }
    let crc = CRC.crc24.checksum(of: bytes)
    return checksum.reduce(0) { $0 << 8 | UInt32($1) } == crc
      ? .init(.proved, "its checksum holds") : .init(.disproved, "its checksum does not hold")
  }
}
