import Findings
import TestSupport

@testable import Matching

/// Tokens with a checksum, made from what is known of each kind and apart from what `Matching` and the packs do.
enum DeclaredTokens {
  static let lower36 = TokenVectors.base36
  static let hexDigits = "0123456789abcdef"
  static let base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
  static let base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
  static let base58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"

  static func hex(_ value: UInt32) -> String { TokenVectors.number(value, in: hexDigits, width: 8) }

  static func base62(_ text: String) -> String {
    TokenVectors.number(TokenVectors.crc32(text), in: TokenVectors.base62, width: 6)
  }

  /// Bits, regrouped.
  static func text(_ bytes: [UInt8], in digits: String, bits width: Int) -> String {
    let digits = Array(digits)
    let bits = bytes.flatMap { byte in (0..<8).map { Int(byte) >> (7 - $0) & 1 } }
    return String(
      stride(from: 0, to: bits.count, by: width).map { start in
        digits[(0..<width).reduce(0) { $0 << 1 | (start + $1 < bits.count ? bits[start + $1] : 0) }]
      })
  }

  static func padded(_ text: String) -> String { text + String(repeating: "=", count: (4 - text.count % 4) % 4) }

  /// Marvin32 as its pseudo-code has it: a state, blocks, two rounds at the end.
  static func marvin(_ bytes: [UInt8], seed: String) -> UInt32 {
    let seed = seed.utf8.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    var state: [UInt32] = [UInt32(seed & 0xFFFF_FFFF), UInt32(seed >> 32)]
    func turned(_ value: UInt32, _ count: UInt32) -> UInt32 { value << count | value >> (32 - count) }
    var padded = bytes + [0x80]
    while padded.count % 4 != 0 { padded.append(0) }
    padded += [0, 0, 0, 0]
    for start in stride(from: 0, to: padded.count, by: 4) {
      state[0] &+= (0..<4).reduce(UInt32(0)) { $0 | UInt32(padded[start + $1]) << UInt32(8 * $1) }
      state[1] ^= state[0]
      state[0] = turned(state[0], 20) &+ state[1]
      state[1] = turned(state[1], 9) ^ state[0]
      state[0] = turned(state[0], 27) &+ state[1]
      state[1] = turned(state[1], 19)
    }
    return state[0] ^ state[1]
  }

  static func littleEndian(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(value >> UInt32(8 * $0) & 0xFF) } }

  /// A key of Microsoft's whose text has `signature` before its last six characters.
  static func azureKey(
    bytes count: Int, signature: String, seed: String, _ random: inout SeededGenerator, url: Bool = false
  ) -> String {
    let digits = Array(url ? TokenVectors.base64URL : base64)
    var bytes = random.bytes(count)
    // The signature begins at a place of six bits, which need not be one of bytes.
    let start = (count * 8 + 5) / 6 - 10
    for (index, character) in signature.enumerated() {
      let value = digits.firstIndex(of: character) ?? 0
      for bit in 0..<6 {
        let place = (start + index) * 6 + bit
        let mask = UInt8(0x80) >> UInt8(place % 8)
        bytes[place / 8] = value >> (5 - bit) & 1 == 1 ? bytes[place / 8] | mask : bytes[place / 8] & ~mask
      }
    }
    // What of the byte before the checksum the signature leaves is zero.
    let rest = (count - 4) * 8 - (start + 4) * 6
    if rest > 0 { bytes[count - 5] &= ~UInt8(1 << rest - 1) }
    bytes.replaceSubrange((count - 4)..., with: littleEndian(marvin(Array(bytes.dropLast(4)), seed: seed)))
    return padded(text(bytes, in: String(digits), bits: 6))
  }

  /// 84 characters with the month of issue and the short checksum.
  static func annotatedKey(_ random: inout SeededGenerator, isBase62: Bool) -> String {
    let body =
      random.text(52, of: TokenVectors.base62) + "JQQJ9" + "9" + "BC" + random.text(16, of: TokenVectors.base62)
      + "AZDO"
    let bits = body.flatMap { character in
      let value = Array(base64).firstIndex(of: character) ?? 0
      return (0..<6).map { value >> (5 - $0) & 1 }
    }
    let bytes = stride(from: 0, to: bits.count, by: 8).map { start in
      UInt8((0..<8).reduce(0) { $0 << 1 | bits[start + $1] })
    }
    let check = littleEndian(marvin(bytes, seed: "Default0"))
    if !isBase62 { return body + text(check, in: base64, bits: 6).prefix(4) }
    let number = check.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    var digits = ""
    var rest = number
    while rest > 0 {
      digits = String(Array(TokenVectors.base62)[Int(rest % 62)]) + digits
      rest /= 62
    }
    return body + (String(repeating: "0", count: check.prefix { $0 == 0 }.count) + digits).prefix(4)
  }

  /// Twenty-eight bytes of token with the four of the checksum among them.
  static func azureDevOps(_ random: inout SeededGenerator, mask: UInt32) -> String {
    let token = random.bytes(28)
    let check = littleEndian(TokenVectors.crc32(token) ^ mask)
    var bytes = Array(token[0..<2]) + [check[3]] + token[2..<6] + [check[2], check[1]]
    bytes += token[6..<19] + [check[0]] + token[19..<28]
    // 32 bytes in 52 digits: four bits more than are needed.
    return text(bytes, in: base32.lowercased(), bits: 5)
  }

  static func crc16(_ bytes: [UInt8]) -> [UInt8] {
    var crc = 0
    for byte in bytes {
      crc ^= Int(byte) << 8
      for _ in 0..<8 { crc = crc & 0x8000 != 0 ? (crc << 1 ^ 0x1021) & 0xFFFF : crc << 1 & 0xFFFF }
    }
    return [UInt8(crc & 0xFF), UInt8(crc >> 8)]
  }

  static func base58Check(_ payload: [UInt8]) -> String {
    var number = payload + Digest.sha256(Digest.sha256(payload)).prefix(4)
    let zeros = number.prefix { $0 == 0 }.count
    var text = ""
    // Long division by 58.
    while number.contains(where: { $0 != 0 }) {
      var rest = 0
      for place in number.indices {
        rest = rest << 8 | Int(number[place])
        number[place] = UInt8(rest / 58)
        rest %= 58
      }
      text = String(Array(base58)[rest]) + text
    }
    return String(repeating: "1", count: zeros) + text
  }

  static func ageKey(_ random: inout SeededGenerator) -> String {
    let digits = Array("qpzry9x8gf2tvdw0s3jn54khce6mua7l")
    let name = "age-secret-key-"
    var values = name.utf8.map { Int($0) >> 5 } + [0] + name.utf8.map { Int($0) & 31 }
    let data = (0..<52).map { _ in random.below(32) }
    values += data + [0, 0, 0, 0, 0, 0]
    var sum = 1
    for value in values {
      let top = sum >> 25
      sum = (sum & 0x1FF_FFFF) << 5 ^ value
      for (index, generator) in [0x3B6A_57B2, 0x2650_8E6D, 0x1EA1_19FA, 0x3D42_33DD, 0x2A14_62B3].enumerated()
      where top >> index & 1 == 1 {
        sum ^= generator
      }
    }
    sum ^= 1
    let check = (0..<6).map { sum >> (5 * (5 - $0)) & 31 }
    return (name + "1" + String((data + check).map { digits[$0] })).uppercased()
  }
}

extension TokenVectors {
  static func crc32(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~UInt32(0)) { crc, byte in
      (0..<8).reduce(crc ^ UInt32(byte)) { crc, _ in (crc >> 1) ^ (crc & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
  }
}
