import Findings
import Scanning
import TestSupport
import Testing

@Suite("What kind of file it is")
struct ClassificationTests {
  private static let token = MadeUpCredential.gitHubToken(1)

  @Test("empty files are scanned, and hold nothing")
  func empty() async {
    let report = await Scan.bytes([])
    #expect(report.coverage == Report.Coverage(files: 1, bytes: 0))
    #expect(report.findings.isEmpty && report.notifications.isEmpty && report.isComplete)
  }

  @Test("a NUL in the first 8,000 bytes makes a file binary, and that is told")
  func binary() async {
    for (offset, isBinary) in [(0, true), (7_999, true), (8_000, false)] {
      var bytes = [UInt8](repeating: UInt8(ascii: " "), count: 9_000) + Array(Self.token.utf8)
      bytes[offset] = 0
      let report = await Scan.bytes(bytes)
      #expect(report.findings.isEmpty == isBinary, "NUL at \(offset)")
      #expect(report.notifications.map(\.kind) == (isBinary ? [.binary] : []), "NUL at \(offset)")
      #expect(report.coverage?.files == (isBinary ? 0 : 1), "NUL at \(offset)")
    }
  }

  @Test("a directory of binary files only was not scanned")
  func nothingScanned() async {
    let report = await Scan.bytes([0, 1, 2])
    #expect(report.incompleteReason == "no file was scanned")
  }

  @Test(
    "bytes that are not UTF-8 are scanned, and that is told", arguments: [[0xFF], [0xC3, 0x28], [0xED, 0xA0, 0x80]])
  func invalid(rubbish: [UInt8]) async {
    let report = await Scan.bytes(rubbish + Array("\nkey = \"\(Self.token)\" ".utf8) + rubbish)
    #expect(report.places == ["\(github) 2:8-2:48"])
    #expect(report.notifications.map(\.kind) == [.invalidUTF8])
    #expect(report.isComplete)
    #expect(report.coverage?.files == 1)
  }

  @Test("a byte order mark of UTF-8 is no column, as in an editor")
  func byteOrderMark() async throws {
    let report = await Scan.bytes([0xEF, 0xBB, 0xBF] + Array(Self.token.utf8))
    let region = try #require(report.findings.first).location.region
    #expect(report.places == ["\(github) 1:1-1:41"])
    #expect(region.byteRange == 3..<43)
    #expect(report.findings.first?.snippet == Snippet(text: "ghp_[masked:33-64]", mark: 0..<18))
    #expect(report.notifications.isEmpty)
  }

  @Test("UTF-16 is read in either order, and offsets count its bytes", arguments: [false, true])
  func utf16(isBigEndian: Bool) async throws {
    let text = "é 👩\u{200D}👩 = 1\r\nx = \"\(Self.token)\" 👍 \"\(Self.token)\"\n"
    let bytes = text.utf16(isBigEndian: isBigEndian)
    let report = await Scan.bytes(bytes)
    #expect(report.places == ["\(github) 2:6-2:46", "\(github) 2:52-2:92"])
    #expect(report.notifications.isEmpty)
    for finding in report.findings {
      let range = try #require(finding.location.region.byteRange)
      let expected = Array(Self.token.utf16(isBigEndian: isBigEndian).dropFirst(2))
      // Compared outside of the expectation, which would print the bytes.
      let isSame = Array(bytes[range]) == expected
      #expect(isSame)
    }
  }

  @Test("UTF-16 that is broken does not stop the scan: odd length, lone surrogates, nothing but the mark")
  func brokenUTF16() async {
    let units = "x = \"\(Self.token)\"\n".utf16(isBigEndian: false)
    let lone: [UInt8] = [0xFF, 0xFE, 0x00, 0xD8, 0x20, 0x00]
    #expect(await Scan.bytes(units + [0x41]).ruleIDs == [github])
    #expect(await Scan.bytes(lone + units.dropFirst(2)).places == ["\(github) 1:8-1:48"])
    #expect(await Scan.bytes([0xFF, 0xFE]).isComplete)
    #expect(await Scan.bytes([0xFE, 0xFF, 0xD8]).isComplete)
  }
}
