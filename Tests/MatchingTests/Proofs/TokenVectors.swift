import Findings
import TestSupport

@testable import Matching

/// Tokens that hold their checksum, computed here from what is known of each family: none stands in a file.
enum TokenVectors {
  static let base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
  static let base36 = "0123456789abcdefghijklmnopqrstuvwxyz"
  static let base64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

  /// CRC-32 bit by bit: the plain form of the polynomial division, apart from the table in `Matching`.
  static func crc32(_ text: String) -> UInt32 {
    ~text.utf8.reduce(~UInt32(0)) { crc, byte in
      (0..<8).reduce(crc ^ UInt32(byte)) { crc, _ in (crc >> 1) ^ (crc & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
  }

  static func number(_ value: UInt32, in digits: String, width: Int) -> String {
    let digits = Array(digits)
    var rest = Int(value)
    var text = ""
    for _ in 0..<width {
      text = String(digits[rest % digits.count]) + text
      rest /= digits.count
    }
    return text
  }

  /// `prefix`, 30 characters, and the CRC-32 of those in six digits of base 62.
  static func withChecksum(_ prefix: String, _ random: inout SeededGenerator) -> String {
    let body = random.text(30, of: base62)
    return prefix + body + number(crc32(body), in: base62, width: 6)
  }

  static func gitHubFineGrained(_ random: inout SeededGenerator) -> String {
    let covered = ["github", "pat", random.text(22, of: base62), random.text(43, of: base62)].joined(separator: "_")
    let bits = Digest.sha256(Array(covered.utf8)).prefix(5).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    let checksum = (0..<8).map { digits[Int(bits >> UInt64(35 - 5 * $0) & 31)] }
    return covered + String(checksum) + random.text(8, of: base62)
  }

  /// - Parameter version: what stands between payload and length, its dot included.
  static func gitLabRoutable(
    _ prefix: String, type: String = "", version: String = "", countsType: Bool = true, _ random: inout SeededGenerator
  ) -> String {
    let payload = random.text(27 + random.below(40), of: base64URL)
    let counted = payload.count + (countsType ? type.count : 0)
    let covered = prefix + type + payload + "." + version + number(UInt32(counted), in: base36, width: 2)
    return covered + number(crc32(covered), in: base36, width: 7)
  }
}
