import Findings
import Matching
import Testing

@testable import RulePacks

/// The proof stands in line 22 of the pack, behind the examples.
@Suite("The pack checker on proofs")
struct ProofDiagnosticTests {
  @Test(
    "says what is wrong with one, and where",
    arguments: [
      ("proof: trust", ["22:12: proof is one of "]),
      ("proof: jtw", ["did you mean jwt?"]),
      ("proof: []", ["22:12: proof is empty"]),
      ("proof: [trust]", ["22:13: a check is a mapping or the name of a built-in proof"]),
      ("proof: {}", ["22:12: a check has one of checksum, length, bits, text, json, time, mark"]),
      (
        "proof: {length: 4, text: a}",
        ["22:12: a check has one of checksum, length, bits, text, json, time, mark, not several"]
      ),
      ("proof: {length: 4, colour: red}", ["22:24: unknown key \"colour\" in check"]),
      (
        "proof: {lenght: 4}",
        ["22:13: unknown key \"lenght\" in check; did you mean length?", "22:12: a check has one of"]
      ),
      ("proof: {length: 4, seeds: [abcdefgh]}", ["22:31: seeds belongs to checksum, not to length"]),
      ("proof: {length: [4, 3]}", ["22:21: length is a number of bytes, or the least and the greatest"]),
      ("proof: {length: x}", ["22:21: length is a number of bytes, or the least and the greatest"]),
      ("proof: {length: 4, part: [3, 1]}", ["22:30: part is [first, end], such as [4, -6]"]),
      ("proof: {length: 4, part: 3}", ["22:30: part is [first, end]"]),
      ("proof: {length: 4, decode: base63}", ["22:32: decode is one of hex, HEX, base32"]),
      ("proof: {checksum: crc31, check: [-6], encoding: hex}", ["22:23: checksum is one of crc8"]),
      ("proof: {checksum: crc32, encoding: hex}", ["22:12: say with check where the checksum stands, such as [-6]"]),
      ("proof: {checksum: crc32, check: [-6]}", ["22:12: say with encoding or alphabet how the checksum is written"]),
      ("proof: {checksum: crc32, check: [-6], encoding: base61}", ["22:53: encoding is one of decimal"]),
      ("proof: {checksum: crc32, check: [-6], alphabet: aa}", ["22:53: alphabet is two or more different characters"]),
      (
        "proof: {checksum: crc32, check: [-6], alphabet: ab, encoding: hex}",
        ["22:53: write encoding or alphabet, not both"]
      ),
      ("proof: {checksum: crc32, check: [-6], covers: [0], encoding: hex}", ["22:12: covers and check overlap"]),
      ("proof: {checksum: crc32, check: [-6], encoding: hex, order: middle}", ["22:65: order is one of big, little"]),
      ("proof: {checksum: crc32, check: [-6], encoding: hex, width: 0}", ["22:65: width is a number from 1 to 64"]),
      ("proof: {checksum: crc32, check: [-6], encoding: hex, seeds: [abcdefgh]}", ["22:12: only marvin32 has seeds"]),
      (
        "proof: {checksum: crc32, check: [-6], encoding: hex, xor: [xyz]}",
        ["22:63: xor is a list of up to 8 hexadecimal"]
      ),
      (
        "proof: {checksum: crc16-arc, check: [-6], encoding: hex, xor: ['ff']}",
        ["22:12: xor is for checksums of 32 bits"]
      ),
      ("proof: {checksum: marvin32, check: [-6], encoding: hex}", ["22:12: marvin32 needs seeds"]),
      (
        "proof: {checksum: marvin32, check: [-6], encoding: hex, seeds: [short]}",
        ["a seed is 16 hexadecimal digits or 8"]
      ),
      (
        "proof: {checksum: sha256, check: [-6], encoding: base62}",
        ["22:12: sha256 is too long to be written as a number"]
      ),
      ("proof: {checksum: luhn, check: [-1], encoding: decimal}", ["22:12: luhn stands within what it covers"]),
      ("proof: {bits: [{byte: 0, mask: 7}]}", ["22:20: the bit field has no equals"]),
      ("proof: {bits: [{byte: 0, mask: 7, equals: 8}]}", ["22:47: equals has bits that mask leaves out"]),
      ("proof: {bits: [{byte: 0, mask: 256, equals: 8}]}", ["22:36: mask is a number from 1 to 255"]),
      ("proof: {time: ulid, since: once}", ["22:32: since is a day, such as 2019-01-31"]),
      ("proof: {time: ulid}", ["22:12: the check has no since"]),
      ("proof: {mark: test}", ["22:12: the check has no means"]),
      ("proof: {mark: test, means: It is for tests}", ["22:32: means is a sentence with a full stop"]),
      ("proof: {mark: test, means: Tests., severity: loud}", ["severity is one of"]),
    ])
  func diagnostics(line: String, expected: [String]) {
    let diagnostics = PackSample.diagnostics(PackSample.pack(adding: [line]))
    for words in expected {
      #expect(diagnostics.contains { $0.contains(words) }, "\(words) is not in \(diagnostics)")
    }
    #expect(diagnostics.allSatisfy { $0.hasPrefix("p.yaml:22:") }, "\(diagnostics)")
  }

  @Test("reads what it says")
  func values() throws {
    func checks(_ line: String) throws -> [DeclaredProof.Check] {
      let pack = try RulePackReader().read(Array(PackSample.pack(adding: [line]).utf8), file: "p.yaml")
      guard case .declared(let proof)? = pack.textRules.first?.proof else { return [] }
      return proof.checks
    }
    let full = try checks(
      "proof: {checksum: marvin32, part: [2], decode: base64, covers: [[0, 4], [6, -4]], check: [[-2], [4, 6]], "
        + "encoding: [hex, HEX], order: little, width: 9, padding: right, seeds: [Default0, '0123456789abcdef'], "
        + "xor: ['0xE0B9692D', ff]}")
    #expect(
      full == [
        DeclaredProof.Check(
          .checksum(
            ChecksumCheck(
              .marvin32, covers: [Part(0, 4), Part(6, -4)], check: [Part(-2), Part(4, 6)],
              encodings: [.bits(.hex), .bits(.hexUpper)], order: .little, width: 9, padding: .right,
              seeds: [0x4465_6661_756C_7430, 0x0123_4567_89AB_CDEF], masks: [0xE0B9_692D, 0xFF])),
          part: Part(2), decoding: .base64)
      ])
    // By default all before the checksum is covered.
    guard case .checksum(let check)? = try checks("proof: {checksum: crc32, check: [-6], alphabet: ab}").first?.test
    else {
      Issue.record("no checksum")
      return
    }
    #expect(check.covers == [Part(0, -6)] && check.encodings == [.digits(Array("ab".utf8))])
    #expect(try checks("proof: [jwt, {length: 4}]").map(\.test) == [.named(.jwt), .structure(.length(4...4))])
    #expect(
      try checks("proof: {bits: [{byte: -1, mask: 0xC0, equals: 64}], decode: hex}").map(\.test)
        == [.structure(.bits([.init(place: -1, mask: 0xC0, value: 64)]))])
  }
}
