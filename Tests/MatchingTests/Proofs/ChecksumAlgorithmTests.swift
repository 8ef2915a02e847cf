import Findings
import TestSupport
import Testing

@testable import Matching

/// Against the values that the standards and catalogues print.
@Suite("Checksum algorithms")
struct ChecksumAlgorithmTests {
  private static func hex(_ algorithm: ChecksumAlgorithm, _ text: String, seed: UInt64 = 0, key: String = "") -> String
  {
    Digest.hex(algorithm.digest(of: Array(text.utf8), seed: seed, key: Array(key.utf8)))
  }

  /// https://reveng.sourceforge.io/crc-catalogue/all.htm gives the checksum of these nine digits for each CRC.
  @Test(
    "give the check values of their catalogues",
    arguments: [
      (.crc8, "123456789", "f4"), (.crc16XModem, "123456789", "31c3"), (.crc16CCITTFalse, "123456789", "29b1"),
      (.crc16Kermit, "123456789", "2189"), (.crc16ARC, "123456789", "bb3d"), (.crc16Modbus, "123456789", "4b37"),
      (.crc24, "123456789", "21cf02"), (.crc32, "123456789", "cbf43926"), (.crc32C, "123456789", "e3069283"),
      (.adler32, "Wikipedia", "11e60398"), (.fnv1a32, "a", "e40c292c"), (.fnv1a64, "a", "af63dc4c8601ec8c"),
      (.sha256, "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (.sha256Twice, "hello", "9595c9df90075148eb06860365df33584b75bff782a510c6cd4883a419833d50"),
    ] as [(ChecksumAlgorithm, String, String)])
  func checkValues(algorithm: ChecksumAlgorithm, text: String, expected: String) {
    #expect(Self.hex(algorithm, text) == expected)
  }

  /// RFC 4231, 4.3
  @Test("HMAC takes its key")
  func hmac() {
    #expect(
      Self.hex(.hmacSHA256, "what do ya want for nothing?", key: "Jefe")
        == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
  }

  /// The vectors that Microsoft publishes for Marvin; the checksum of 32 bits is the sum without carry of its halves.
  @Test(
    "Marvin32 gives the published values",
    arguments: [
      ([], 0x30ED_35C1 ^ 0x00CD_3C7D), ([0xAF], 0x48E7_3FC7 ^ 0x7D75_DDC1), ([0xE7, 0x0F], 0xB5F6_E1FC ^ 0x485D_BFF8),
      ([0x37, 0xF4, 0x95], 0xF0B0_7C78 ^ 0x9B8C_F7E8), ([0x86, 0x42, 0xDC, 0x59], 0x7008_F2E8 ^ 0x7E9C_F556),
      ([0x15, 0x3F, 0xB7, 0x98, 0x26], 0xE6C0_8C6D ^ 0xA2AF_A997),
    ] as [([UInt8], UInt32)])
  func marvin(bytes: [UInt8], expected: UInt32) {
    #expect(Marvin32.checksum(of: bytes, seed: 0x004F_B61A_001B_DBCC) == expected)
  }

  /// BIP-173 and BIP-350, "Test vectors".
  @Test(
    "Bech32 takes the valid vectors and refuses the invalid ones",
    arguments: [
      ("A12UEL5L", true), ("a12uel5l", true),
      ("an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs", true),
      ("abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw", true),
      ("split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w", true), ("?1ezyfcl", true),
      ("pzry9x0s0muk", false), ("1pzry9x0s0muk", false), ("x1b4n0q5v", false), ("li1dgmt3", false),
      ("A1G7SGD8", false), ("10a06t8", false), ("1qzzfhee", false), ("A12uel5l", false), ("", false), ("1", false),
    ])
  func bech32(text: String, isValid: Bool) {
    #expect(ChecksumAlgorithm.bech32.holds(Array(text.utf8)) == isValid)
    #expect(!ChecksumAlgorithm.bech32m.holds(Array(text.utf8)))
  }

  @Test(
    "Bech32m has its own constant",
    arguments: ["A1LQFN3A", "a1lqfn3a", "abcdef1l7aum6echk45nj3s0wdvt2fg8x9yrzpqzd3ryx", "?1v759aa"])
  func bech32m(text: String) {
    #expect(ChecksumAlgorithm.bech32m.holds(Array(text.utf8)))
    #expect(!ChecksumAlgorithm.bech32.holds(Array(text.utf8)))
  }

  @Test("check digits hold for published numbers, and for no number with one digit changed")
  func checkDigits() {
    let numbers: [(ChecksumAlgorithm, String)] = [
      (.luhn, "79927398713"), (.luhn, "4242424242424242"), (.mod97, "3214282912345698765432161182"),
      (.mod97, "WEST12345698765432GB82"),
    ]
    for (algorithm, number) in numbers {
      let bytes = Array(number.utf8)
      #expect(algorithm.holds(bytes), "\(number)")
      for place in bytes.indices where (0x30...0x39).contains(bytes[place]) {
        for digit in UInt8(0x30)...0x39 where digit != bytes[place] {
          var other = bytes
          other[place] = digit
          #expect(!algorithm.holds(other), "\(number), place \(place)")
        }
      }
    }
    #expect(!ChecksumAlgorithm.luhn.holds(Array("7992739871x".utf8)))
    #expect(!ChecksumAlgorithm.luhn.holds(Array("0".utf8)) && !ChecksumAlgorithm.mod97.holds([]))
  }

  /// https://en.bitcoin.it/wiki/Base58Check_encoding and RFC 4648, 10
  @Test("texts of bits and of base 58 are read back")
  func texts() {
    var random = SeededGenerator(seed: 71)
    for decoding in TextDecoding.allCases {
      for count in 1..<70 {
        let bytes = random.bytes(count)
        for isPadded in [false, true] {
          #expect(
            decoding.bytes(of: decoding.text(of: bytes, isPadded: isPadded)) == bytes, "\(decoding), \(count) bytes")
        }
      }
    }
    #expect(TextDecoding.base58.text(of: [0, 0, 0x28, 0x7F, 0xB4, 0xCD], isPadded: false) == Array("11233QC4".utf8))
    #expect(TextDecoding.base32.bytes(of: Array("MZXW6YTB".utf8)) == Array("fooba".utf8))
    for text in ["A", "AB", "Zg=", "Zg===", "Zh==", "=", "Zg==Zg=="] {
      let isRefused = TextDecoding.base64.bytes(of: Array(text.utf8)) == nil
      #expect(isRefused, "\(text)")
    }
  }
}
