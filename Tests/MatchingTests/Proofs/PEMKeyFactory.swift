import Foundation
import TestSupport

@testable import Matching

/// Blocks with the structure of private keys, of random bytes: keys of nobody.
enum PEMKeyFactory {
  /// Put together here, so that no file of the tests holds such a line.
  static func armour(_ label: String, _ body: String, header: String = "") -> String {
    let dashes = String(repeating: "-", count: 5)
    return "\(dashes)BEGIN \(label)\(dashes)\n\(header)\(body)\n\(dashes)END \(label)\(dashes)\n"
  }

  static func base64(_ bytes: [UInt8]) -> String {
    Data(bytes).base64EncodedString(options: [.lineLength64Characters, .endLineWithLineFeed])
  }

  /// A DER element: the tag, the length in the shortest form, the contents (ITU-T X.690, 8.1).
  static func element(_ tag: UInt8, _ contents: [UInt8]) -> [UInt8] {
    var length: [UInt8] = []
    var rest = contents.count
    repeat {
      length.insert(UInt8(rest & 0xFF), at: 0)
      rest >>= 8
    } while rest > 0
    let prefix = contents.count < 0x80 ? length : [0x80 | UInt8(length.count)] + length
    return [tag] + prefix + contents
  }

  /// A SEQUENCE of INTEGERs, as PKCS #1 has it.
  static func sequence(integers: Int, of size: Int, _ random: inout SeededGenerator) -> [UInt8] {
    element(0x30, (0..<integers).flatMap { _ in element(0x02, [0x01] + random.bytes(size)) })
  }

  /// What OpenSSH's PROTOCOL.key describes, all lengths right.
  static func openSSH(cipher: String, _ random: inout SeededGenerator) -> [UInt8] {
    func string(_ bytes: [UInt8]) -> [UInt8] { (0..<4).map { UInt8(bytes.count >> (24 - 8 * $0) & 0xFF) } + bytes }
    let derivation = cipher == "none" ? "none" : "bcrypt"
    return Array("openssh-key-v1\0".utf8) + string(Array(cipher.utf8)) + string(Array(derivation.utf8))
      + string(cipher == "none" ? [] : random.bytes(24)) + [0, 0, 0, 1] + string(random.bytes(51))
      + string(random.bytes(144))
  }

  /// An OpenPGP block with the CRC-24 of RFC 9580, 6.1, computed bit by bit.
  static func openPGP(_ bytes: [UInt8], header: String = "Version: none\n\n", hasChecksum: Bool = true) -> String {
    var crc: UInt32 = 0xB7_04CE
    for byte in bytes {
      for bit in 0..<8 {
        let isSet = (crc >> 23 & 1) ^ UInt32(byte >> UInt8(7 - bit) & 1) == 1
        crc = (crc << 1 & 0xFF_FFFF) ^ (isSet ? 0x86_4CFB : 0)
      }
    }
    let checksum = [UInt8(crc >> 16 & 0xFF), UInt8(crc >> 8 & 0xFF), UInt8(crc & 0xFF)]
    let body = base64(bytes) + (hasChecksum ? "\n=" + base64(checksum) : "")
    return armour("PGP PRIVATE KEY BLOCK", body, header: header)
  }

  /// The ways in which a key stands in source code.
  static let wrappings: [(name: String, wrap: @Sendable (String) -> String)] = [
    ("as it is", { $0 }),
    ("without a line end", { String($0.dropLast()) }),
    ("CR LF", { $0.replacing("\n", with: "\r\n") }),
    ("indented", { $0.replacing("\n", with: "\n    ") }),
    ("indented with tabs", { $0.replacing("\n", with: "\n\t\t") }),
    (#"\n in one line"#, { $0.replacing("\n", with: #"\n"#) }),
    (#"\r\n in one line"#, { $0.replacing("\n", with: #"\r\n"#) }),
    (#"\\n in one line"#, { $0.replacing("\n", with: #"\\n"#) }),
    ("joined with +", { "\"" + $0.dropLast().replacing("\n", with: "\\n\" +\n  \"") + "\"" }),
    ("joined with .", { "'" + $0.dropLast().replacing("\n", with: "\\n' .\n  '") + "'" }),
    ("pieces side by side", { "\"" + $0.dropLast().replacing("\n", with: "\\n\"\n  \"") + "\"" }),
    ("a list", { "[\"" + $0.dropLast().replacing("\n", with: "\",\n  \"") + "\"]" }),
    ("continued lines", { $0.replacing("\n", with: "\\n\\\n") }),
    ("a comment", { "# " + $0.dropLast().replacing("\n", with: "\n# ") }),
    ("a block comment", { " * " + $0.dropLast().replacing("\n", with: "\n * ") }),
    ("a quotation", { "> " + $0.dropLast().replacing("\n", with: "\n> ") }),
    ("spaces for line ends", { $0.replacing("\n", with: " ") }),
  ]
}
