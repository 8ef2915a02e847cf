import Findings
import Testing

@Suite("LineIndex")
struct LineIndexTests {
  @Test(
    "counts lines that end in LF, CR or CR LF",
    arguments: [
      ("", [0..<0]), ("a", [0..<1]), ("a\n", [0..<2, 2..<2]), ("a\r\nb", [0..<3, 3..<4]),
      ("\r\r\n\n", [0..<1, 1..<3, 3..<4, 4..<4]),
    ])
  func lines(text: String, ranges: [Range<Int>]) {
    let bytes = Array(text.utf8)
    let index = LineIndex(bytes.span)
    #expect(index.lineCount == ranges.count)
    for (number, range) in ranges.enumerated() {
      let found = index.range(ofLine: number + 1, in: bytes.span)
      #expect(found == range)
      for offset in range { #expect(index.line(at: offset) == number + 1) }
    }
  }

  @Test(
    "counts columns in UTF-16 code units",
    arguments: [
      ("abc", 2, 1, 3), ("é=x", 3, 1, 3), ("漢=x", 4, 1, 3), ("😀=x", 4, 1, 3), ("x\n😀y", 6, 2, 3), ("abc", 3, 1, 4),
    ])
  func columns(text: String, offset: Int, line: Int, column: Int) {
    let bytes = Array(text.utf8)
    let position = LineIndex(bytes.span).position(of: offset, in: bytes.span)
    #expect(position == Position(line: line, column: column))
  }

  @Test("counts a column for each replacement character where the bytes are not UTF-8")
  func brokenText() {
    let bytes: [UInt8] = [0xFF, 0xFE, 0x61]
    let position = LineIndex(bytes.span).position(of: 2, in: bytes.span)
    #expect(position == Position(line: 1, column: 3))
  }

  @Test("numbers the same lines as the line hash")
  func agreement() {
    let bytes = Array("a\rb\r\nc\n\n d\r".utf8)
    let index = LineIndex(bytes.span)
    let hashes = LineHash.hashes(of: bytes, lines: 1...index.lineCount + 3)
    #expect(hashes.keys.sorted() == Array(1...index.lineCount))
  }
}
