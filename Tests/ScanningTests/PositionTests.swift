import Findings
import Scanning
import TestSupport
import Testing

@Suite("Where a finding is")
struct PositionTests {
  private static let token = MadeUpCredential.gitHubToken(2)

  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var before: String
    var line: Int
    var column: Int
    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "start of the file", before: "", line: 1, column: 1),
    Case(name: "after ASCII", before: "a = ", line: 1, column: 5),
    Case(name: "after two bytes that are one unit", before: "é ", line: 1, column: 3),
    Case(name: "after three bytes that are one unit", before: "漢 ", line: 1, column: 3),
    Case(name: "after four bytes that are two units", before: "👍 ", line: 1, column: 4),
    Case(name: "after joined emoji", before: "👩\u{200D}👩 ", line: 1, column: 7),
    Case(name: "after a combining character", before: "e\u{301} ", line: 1, column: 4),
    Case(name: "after a tab", before: "\t", line: 1, column: 2),
    Case(name: "after LF", before: "a\nb\n", line: 3, column: 1),
    Case(name: "after CR LF", before: "a\r\nb\r\n ", line: 3, column: 2),
    Case(name: "after CR", before: "a\rb\r", line: 3, column: 1),
    Case(name: "after LF CR", before: "a\n\r", line: 3, column: 1),
    Case(name: "after a line separator, which ends no line", before: "a\u{2028}b ", line: 1, column: 5),
    Case(name: "after a NUL far down", before: String(repeating: "\n", count: 8_000) + "\0 ", line: 8_001, column: 3),
  ]

  @Test("lines and columns count as SARIF does in UTF-16", arguments: cases)
  func table(row: Case) async throws {
    let report = await Scan.text(row.before + Self.token + " é\n")
    let region = try #require(report.findings.first).location.region
    #expect(region.start == Position(line: row.line, column: row.column))
    #expect(region.end == Position(line: row.line, column: row.column + Self.token.utf16.count))
    let start = row.before.utf8.count
    #expect(region.byteRange == start..<start + Self.token.utf8.count)
  }

  @Test("far down a long line are counted as near its start", arguments: 0..<UInt64(30))
  func longLine(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    // Broken bytes count as replacement characters do; a line is long enough for several of the index's marks.
    let pieces: [[UInt8]] = [
      Array("a".utf8), Array("é".utf8), Array("漢".utf8), Array("👍".utf8), [0x80], [0xC3], [0xE2, 0x80], [0xF0, 0x9F],
      [0xFF],
      Array(repeating: 0x80, count: 1_500), Array(repeating: 0x61, count: 1_500), [10], [13],
    ]
    let bytes = (0..<random.below(4_000)).flatMap { _ in
      pieces[random.once(in: 40) ? random.below(13) : random.below(9)]
    }
    let index = LineIndex(bytes.span)
    for _ in 0..<60 {
      let offset = random.below(bytes.count + 1)
      // Between CR and LF no line begins.
      if offset > 0, offset < bytes.count, bytes[offset - 1] == 13, bytes[offset] == 10 { continue }
      let start = (bytes[..<offset].lastIndex { $0 == 10 || $0 == 13 } ?? -1) + 1
      let units = String(decoding: bytes[start..<offset], as: UTF8.self).utf16.count
      let column = index.position(of: offset, in: bytes.span).column
      #expect(column == units + 1, "seed \(seed), offset \(offset)")
    }
  }

  @Test("a rule with a group for the value points to the value")
  func group() async {
    let password = MadeUpCredential.password(2)
    #expect(
      await Scan.text("db: postgres://app:\(password)@db.internal/x\n").places == ["database-url-password 1:20-1:44"])
  }

  @Test("a private key points to its first line")
  func key() async {
    let key = MadeUpCredential.privateKey(2)
    let report = await Scan.text("key: |\n" + key.map { "  \($0)\r\n" }.joined())
    #expect(report.places == ["private-key 2:3-2:34"])
  }

  @Test("each finding carries GitHub's hash of its line")
  func lineHash() async throws {
    let text = "a\nx = \"\(Self.token)\"\n"
    let report = await Scan.text(text)
    let expected = LineHash.hashes(of: Array(text.utf8), lines: [2])[2]
    #expect(expected != nil)
    #expect(report.findings.map(\.lineHash) == [expected])
  }
}
