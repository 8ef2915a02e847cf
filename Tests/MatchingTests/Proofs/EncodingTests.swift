import TestSupport
import Testing

@testable import Matching

@Suite("CRC32, Base64, PositionalNumber")
struct EncodingTests {
  @Test(
    "CRC-32 has the published check values",
    arguments: [
      ("", 0), ("123456789", 0xCBF4_3926), ("a", 0xE8B7_BE43), ("abc", 0x3524_41C2),
      ("The quick brown fox jumps over the lazy dog", 0x414F_A339),
    ] as [(String, UInt32)])
  func crc32(text: String, checksum: UInt32) {
    #expect(CRC32.checksum(of: text.utf8) == checksum)
    #expect(TokenVectors.crc32(text) == checksum)
  }

  /// RFC 4648, section 10.
  @Test(
    "Base64 decodes the vectors of RFC 4648, padded or not",
    arguments: [
      ("", ""), ("Zg==", "f"), ("Zm8=", "fo"), ("Zm9v", "foo"), ("Zm9vYg==", "foob"), ("Zm9vYmE=", "fooba"),
      ("Zm9vYmFy", "foobar"),
    ])
  func base64(text: String, expected: String) {
    #expect(Base64.decode(text.utf8) == Array(expected.utf8))
    #expect(Base64.decode(text.utf8.filter { $0 != UInt8(ascii: "=") }) == Array(expected.utf8))
    let wrapped = text.map { "\($0) \r\n\t" }.joined()
    #expect(Base64.decode(wrapped.utf8) == Array(expected.utf8))
  }

  @Test("Base64 takes both alphabets")
  func alphabets() {
    #expect(Base64.decode("+/+/".utf8) == [0xFB, 0xFF, 0xBF])
    #expect(Base64.decode("-_-_".utf8) == [0xFB, 0xFF, 0xBF])
    #expect(Base64.decode("____".utf8) == [0xFF, 0xFF, 0xFF])
  }

  @Test(
    "Base64 refuses other characters and impossible lengths",
    arguments: ["A", "AAAAA", "Zg===", "Zg=a", "Zm9v!", "Zm.v", "\u{0}", "é", "=A=="])
  func notBase64(text: String) {
    #expect(Base64.decode(text.utf8) == nil)
  }

  @Test("Base64 gives back any bytes")
  func roundTrip() {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var random = SeededGenerator(seed: 61)
    for count in 0..<200 {
      let bytes = random.bytes(count)
      // Six bits at a time, as the RFC describes it.
      let bits = bytes.flatMap { byte in (0..<8).map { Int(byte) >> (7 - $0) & 1 } }
      let text = stride(from: 0, to: bits.count, by: 6).map { start in
        digits[(0..<6).reduce(0) { $0 << 1 | (start + $1 < bits.count ? bits[start + $1] : 0) }]
      }
      #expect(Base64.decode(text) == bytes, "seed 61, \(count) bytes")
    }
  }

  @Test("numbers of a base are written with the width and read back")
  func positionalNumbers() {
    #expect(PositionalNumber.base62.text(of: 0, width: 6) == Array("000000".utf8))
    #expect(PositionalNumber.base62.text(of: 61, width: 2) == Array("0z".utf8))
    #expect(PositionalNumber.base62.text(of: 62, width: 1) == Array("10".utf8))
    #expect(PositionalNumber.base36.text(of: UInt64(UInt32.max), width: 7) == Array("1z141z3".utf8))
    #expect(PositionalNumber.base62.text(of: UInt64(UInt32.max), width: 6) == Array("4gfFC3".utf8))
    var random = SeededGenerator(seed: 62)
    for _ in 0..<500 {
      let value = UInt64(UInt32(truncatingIfNeeded: random.next()))
      #expect(PositionalNumber.base36.value(of: PositionalNumber.base36.text(of: value, width: 7)) == Int(value))
      #expect(PositionalNumber.base62.value(of: PositionalNumber.base62.text(of: value, width: 6)) == Int(value))
    }
    #expect(PositionalNumber.base36.value(of: "".utf8) == nil)
    #expect(PositionalNumber.base36.value(of: "Z".utf8) == nil)
    #expect(PositionalNumber.base36.value(of: String(repeating: "z", count: 40).utf8) == nil)
    #expect(PositionalNumber.base36.value(of: "1y2p0ij32e8e7".utf8) == .max)
    #expect(PositionalNumber.base36.value(of: "1y2p0ij32e8e8".utf8) == nil)
  }
}
