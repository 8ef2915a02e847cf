/// Turns byte offsets of a text into lines and columns.
package struct LineIndex: Sendable {
  /// Where each line starts, in bytes; the first one behind a byte order mark, which is no character of the text.
  private let starts: [Int]
  /// Whether a byte is a column: then a position in a very long line costs no walk.
  private let isASCII: Bool

  /// - Complexity: one pass over `text`; build it only for files that have something to report.
  package init(_ text: Span<UInt8>) {
    let count = text.count
    let hasMark = count >= 3 && text[0] == 0xEF && text[1] == 0xBB && text[2] == 0xBF
    var starts = [hasMark ? 3 : 0]
    var offset = 0
    var union: UInt8 = 0
    while offset < count {
      let byte = text[offset]
      union |= byte
      offset += 1
      if byte == 10 {
        starts.append(offset)
      } else if byte == 13 {
        // CR LF ends one line; a CR alone ends a line too.
        let isPair = offset < count && text[offset] == 10
        if isPair { offset += 1 }
        starts.append(offset)
      }
    }
    self.starts = starts
    isASCII = union < 0x80
  }

  package var lineCount: Int { starts.count }

  /// The number of the line that holds the byte at `offset`, counted from 1.
  package func line(at offset: Int) -> Int {
    var low = 0
    var high = starts.count
    while low + 1 < high {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low + 1
  }

  /// The bytes of a line, its ending included; `line` counts from 1.
  package func range(ofLine line: Int, in text: Span<UInt8>) -> Range<Int> {
    starts[line - 1]..<(line < starts.count ? starts[line] : text.count)
  }

  /// The position of the byte at `offset`; what is not UTF-8 counts one column for each replacement character.
  package func position(of offset: Int, in text: Span<UInt8>) -> Position {
    let line = line(at: offset)
    let start = starts[line - 1]
    if isASCII { return Position(line: line, column: offset - start + 1) }
    let units = text.extracting(start..<max(start, offset)).utf16Count
    return Position(line: line, column: units + 1)
  }
}
