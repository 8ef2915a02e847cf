import Findings
import TestSupport
import Testing

@testable import Matching

@Suite("Private keys in PEM")
struct PEMPrivateKeyTests {
  private static func verify(_ text: String) -> Proof {
    TokenProof.named(.pemPrivateKey).verify(Array(text.utf8)).proof
  }

  private static func key(_ bytes: [UInt8], label: String = "RSA PRIVATE KEY") -> String {
    PEMKeyFactory.armour(label, PEMKeyFactory.base64(bytes))
  }

  @Test(
    "are proved when they hold one whole SEQUENCE",
    arguments: ["RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY", "PRIVATE KEY"])
  func valid(label: String) {
    var random = SeededGenerator(seed: 71)
    // Lengths in one, two, three and four bytes.
    for (count, size) in [(1, 20), (3, 30), (9, 20), (9, 64), (9, 256), (9, 8_000)] {
      let bytes = PEMKeyFactory.sequence(integers: count, of: size, &random)
      #expect(Self.verify(Self.key(bytes, label: label)) == .proved, "\(count) integers of \(size) bytes")
    }
  }

  @Test("are shaped when they begin like a key, but bytes are missing or surplus")
  func cutShort() {
    var random = SeededGenerator(seed: 72)
    for size in [20, 64, 256] {
      let bytes = PEMKeyFactory.sequence(integers: 5, of: size, &random)
      for count in [1, 2, 3, 30] {
        #expect(Self.verify(Self.key(bytes.dropLast(count))) == .shaped, "\(size), \(count) missing")
        #expect(Self.verify(Self.key(bytes + random.bytes(count))) == .shaped, "\(size), \(count) surplus")
      }
      // The last byte of the length.
      var other = bytes
      other[bytes[1] < 0x80 ? 1 : Int(1 + bytes[1] & 0x7F)] ^= 1
      #expect(Self.verify(Self.key(other)) == .shaped, "\(size), another length")
    }
  }

  @Test("are disproved when they do not begin with a SEQUENCE")
  func structure() {
    var random = SeededGenerator(seed: 79)
    for size in [8, 20, 64, 256] {
      let bytes = PEMKeyFactory.sequence(integers: 5, of: size, &random)
      for tag: UInt8 in [0x00, 0x02, 0x04, 0x31, 0xB0, 0xFF] {
        #expect(Self.verify(Self.key([tag] + bytes.dropFirst())) == .disproved, "\(size), tag \(tag)")
      }
      for count in 1..<4 {
        #expect(
          Self.verify(Self.key(Array(bytes.dropFirst(count)))) == .disproved, "\(size), \(count) missing in front")
      }
      #expect(Self.verify(Self.key(random.bytes(bytes.count))) == .disproved)
    }
    // A length of no bytes at all (the indefinite form is not DER) and one of far too many.
    #expect(Self.verify(Self.key([0x30, 0x80] + random.bytes(40))) == .disproved)
    #expect(Self.verify(Self.key([0x30, 0xFF] + random.bytes(40))) == .disproved)
    #expect(Self.verify(Self.key([0x30, 0x88] + [UInt8](repeating: 0xFF, count: 40))) == .disproved)
    #expect(Self.verify(PEMKeyFactory.armour("RSA PRIVATE KEY", "")) == .disproved)
  }

  @Test("are disproved when a character of the body is none of base64, and not proved when a line is missing")
  func body() {
    var random = SeededGenerator(seed: 73)
    let text = Self.key(PEMKeyFactory.sequence(integers: 9, of: 30, &random))
    let lines = text.split(separator: "\n")
    for line in 1..<lines.count - 1 {
      var fewer = lines
      fewer.remove(at: line)
      #expect(Self.verify(fewer.joined(separator: "\n")) != .proved, "without line \(line)")
      for character in ["!", "$", "é", "\u{0}", "(", "="] {
        var broken = lines
        broken[line] = Substring(lines[line].prefix(5) + character + lines[line].dropFirst(6))
        #expect(Self.verify(broken.joined(separator: "\n")) == .disproved, "\(character) in line \(line)")
      }
    }
  }

  @Test("are not proved when the block is not complete")
  func incomplete() {
    var random = SeededGenerator(seed: 74)
    let text = Self.key(PEMKeyFactory.sequence(integers: 9, of: 30, &random))
    // The line at the end and the padding add nothing to the key, so up to them.
    let body = text.utf8.count - "-----END RSA PRIVATE KEY-----\n".utf8.count - "==\n".utf8.count
    for count in 0..<body {
      #expect(Self.verify(String(text.prefix(count))) != .proved, "the first \(count) characters")
    }
    #expect(Self.verify(String(text.prefix(body / 2))) == .shaped)
    #expect(Self.verify(String(text.prefix(20))) == .disproved)
  }

  @Test("with a passphrase are shaped")
  func encrypted() {
    var random = SeededGenerator(seed: 75)
    let bytes = PEMKeyFactory.base64(random.bytes(320))
    let header = "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,\(random.text(32, of: "0123456789ABCDEF"))\n\n"
    let old = PEMKeyFactory.armour("RSA PRIVATE KEY", bytes, header: header)
    let new = Self.key(PEMKeyFactory.sequence(integers: 2, of: 60, &random), label: "ENCRYPTED PRIVATE KEY")
    for (name, wrap) in PEMKeyFactory.wrappings {
      #expect(Self.verify(wrap(new)) == .shaped, "\(name)")
      // Within one line, header and body cannot be told apart.
      if name != "spaces for line ends" { #expect(Self.verify(wrap(old)) == .shaped, "\(name)") }
    }
    #expect(Self.verify(PEMKeyFactory.armour("RSA PRIVATE KEY", "!" + bytes, header: header)) == .disproved)
  }

  @Test("of OpenSSH are proved, or shaped with a passphrase")
  func openSSH() {
    var random = SeededGenerator(seed: 76)
    let label = "OPENSSH PRIVATE KEY"
    let plain = PEMKeyFactory.openSSH(cipher: "none", &random)
    let locked = PEMKeyFactory.openSSH(cipher: "aes256-ctr", &random)
    for (name, wrap) in PEMKeyFactory.wrappings {
      #expect(Self.verify(wrap(Self.key(plain, label: label))) == .proved, "\(name)")
      #expect(Self.verify(wrap(Self.key(locked, label: label))) == .shaped, "\(name)")
    }
    for count in [1, 2, 40, 150, 200] {
      #expect(Self.verify(Self.key(plain.dropLast(count), label: label)) == .shaped, "\(count) bytes missing")
      #expect(Self.verify(Self.key(locked.dropLast(count), label: label)) == .shaped, "\(count) bytes missing")
    }
    #expect(Self.verify(Self.key(plain + [1, 2, 3], label: label)) == .shaped, "surplus bytes")
    for place in 0..<15 {
      var other = plain
      other[place] ^= 1
      #expect(Self.verify(Self.key(other, label: label)) == .disproved, "byte \(place) of the magic")
    }
  }

  @Test("of OpenPGP are proved by their checksum, and shaped without one")
  func openPGP() {
    var random = SeededGenerator(seed: 77)
    for size in [40, 41, 42, 600] {
      let bytes = random.bytes(size)
      #expect(Self.verify(PEMKeyFactory.openPGP(bytes)) == .proved, "\(size) bytes")
      #expect(Self.verify(PEMKeyFactory.openPGP(bytes, hasChecksum: false)) == .shaped, "\(size) bytes")
      for place in 0..<size {
        // The checksum of other bytes than those in the block.
        var other = bytes
        other[place] ^= UInt8(1 + random.below(255))
        let sum = PEMKeyFactory.openPGP(other).split(separator: "\n").first { $0.first == "=" } ?? ""
        let own = PEMKeyFactory.openPGP(bytes).split(separator: "\n").first { $0.first == "=" } ?? ""
        let mixed = PEMKeyFactory.openPGP(bytes).replacing("\n\(own)\n", with: "\n\(sum)\n")
        #expect(Self.verify(mixed) == .disproved, "\(size) bytes, byte \(place)")
      }
    }
  }

  @Test("are proved in every wrapping", arguments: PEMKeyFactory.wrappings.map(\.name))
  func wrapping(name: String) throws {
    var random = SeededGenerator(seed: 78)
    let wrap = try #require(PEMKeyFactory.wrappings.first { $0.name == name }).wrap
    // 48 bytes fill a line, so that the last line has every length.
    for size in 20..<40 {
      let text = Self.key(PEMKeyFactory.sequence(integers: 4, of: size, &random))
      #expect(Self.verify(wrap(text)) == .proved, "size \(size)")
    }
    let block = PEMKeyFactory.openPGP(random.bytes(200), header: "\n")
    if name != "spaces for line ends" { #expect(Self.verify(wrap(block)) == .proved) }
  }
}
