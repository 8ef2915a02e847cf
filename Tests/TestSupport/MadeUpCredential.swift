internal import Foundation

/// Credentials that are drawn when a test runs, so that no scanner finds one in our files. The same seed gives the same
/// value; none was ever issued.
package enum MadeUpCredential {
  private static let digits = "0123456789"
  private static let lower = "abcdefghijklmnopqrstuvwxyz"
  private static let alphanumeric = digits + lower.uppercased() + lower

  /// A GitHub personal access token whose checksum holds.
  package static func gitHubToken(_ seed: UInt64) -> String { checksummed(prefix: "ghp", seed) }

  /// A GitHub token whose checksum does not hold.
  package static func brokenGitHubToken(_ seed: UInt64) -> String {
    let token = gitHubToken(seed)
    return token.dropLast() + (token.last == "0" ? "1" : "0")
  }

  /// An npm access token whose checksum holds.
  package static func npmToken(_ seed: UInt64) -> String { checksummed(prefix: "npm", seed) }

  /// A routable GitLab token: payload, length and checksum in base 36.
  package static func gitLabToken(_ seed: UInt64) -> String {
    var random = SeededGenerator(seed: seed)
    let payload = random.text(27, of: alphanumeric)
    let covered = "glpat" + "-" + payload + "." + number(27, base: digits + lower, width: 2)
    return covered + number(Int(crc32(covered)), base: digits + lower, width: 7)
  }

  /// A Slack token, which has no checksum.
  package static func slackToken(_ seed: UInt64) -> String {
    var random = SeededGenerator(seed: seed)
    return ["xo" + "xb", random.text(12, of: digits), random.text(12, of: digits), random.text(24, of: alphanumeric)]
      .joined(separator: "-")
  }

  /// A value without any form.
  package static func password(_ seed: UInt64, length: Int = 24) -> String {
    var random = SeededGenerator(seed: seed)
    return random.text(length, of: alphanumeric)
  }

  /// A signed JSON Web Token.
  package static func jsonWebToken(_ seed: UInt64) -> String {
    var random = SeededGenerator(seed: seed)
    let payload = #"{"sub":"\#(random.text(30, of: digits))"}"#
    let parts = [Array(#"{"alg":"HS256","typ":"JWT"}"#.utf8), Array(payload.utf8), random.bytes(32)]
    return parts.map { part in
      Data(part).base64EncodedString().replacingOccurrences(of: "+", with: "-")
        .replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")
    }.joined(separator: ".")
  }

  /// The lines of a private key in PEM: a label, and a DER sequence of random bytes.
  package static func privateKey(_ seed: UInt64, size: Int = 600) -> [String] {
    var random = SeededGenerator(seed: seed)
    let der: [UInt8] = [0x30, 0x82, UInt8(size >> 8), UInt8(size & 255)] + random.bytes(size)
    let body = Array(Data(der).base64EncodedString())
    let lines = stride(from: 0, to: body.count, by: 64).map { String(body[$0..<min($0 + 64, body.count)]) }
    return ["-----BEGIN RSA PRIVATE" + " KEY-----"] + lines + ["-----END RSA PRIVATE" + " KEY-----"]
  }

  private static func checksummed(prefix: String, _ seed: UInt64) -> String {
    var random = SeededGenerator(seed: seed)
    let body = random.text(30, of: alphanumeric)
    return prefix + "_" + body + number(Int(crc32(body)), base: alphanumeric, width: 6)
  }

  private static func number(_ value: Int, base: String, width: Int) -> String {
    let characters = Array(base)
    var rest = value
    var text = ""
    while rest > 0 || text.count < width {
      text.insert(characters[rest % characters.count], at: text.startIndex)
      rest /= characters.count
    }
    return text
  }

  /// CRC-32 bit by bit, apart from the table in the sources.
  private static func crc32(_ text: String) -> UInt32 {
    var crc = ~UInt32(0)
    for byte in text.utf8 {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? (crc >> 1) ^ 0xEDB8_8320 : crc >> 1 }
    }
    return ~crc
  }
}
