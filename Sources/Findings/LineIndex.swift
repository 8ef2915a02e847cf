/// Turns byte offsets of a text into lines and columns.
package struct LineIndex: Sendable {
  /// Where each line starts, in bytes; the first one behind a byte order mark, which is no character of the text.
  private let starts: [Int]
  /// Places in long lines with the UTF-16 code units before them in their line, so that a position there costs no walk
  /// from the start of the line: a file of one line may hold a hundred thousand findings.
  private let marks: [(offset: Int, units: Int)]

  /// The least distance of marks from each other and from the start of their line, in bytes.
  private static let markDistance = 1_024

  /// - Complexity: one pass over `text`; build it only for files that have something to report.
  package init(_ text: Span<UInt8>) {
    let count = text.count
    let hasMark = count >= 3 && text[0] == 0xEF && text[1] == 0xBB && text[2] == 0xBF
    var starts = [hasMark ? 3 : 0]
    var offset = 0
    var marks: [(offset: Int, units: Int)] = []
    var last = (offset: starts[0], units: 0)
    while offset < count {
      let byte = text[offset]
      // Not within a character: what is before it is the same text whether or not it goes on.
      if offset - last.offset >= Self.markDistance, byte & 0xC0 != 0x80 {
        last = (offset, last.units + text.extracting(last.offset..<offset).utf16Count)
        marks.append(last)
      }
      offset += 1
      if byte == 10 {
        starts.append(offset)
        last = (offset, 0)
      } else if byte == 13 {
        // CR LF ends one line; a CR alone ends a line too.
        let isPair = offset < count && text[offset] == 10
        if isPair { offset += 1 }
        starts.append(offset)
        last = (offset, 0)
      }
    }
    self.starts = starts
    self.marks = marks
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
    // The last mark that is not behind the place, if it lies in the same line.
    var low = 0
    var high = marks.count
    while low < high {
      let middle = (low + high) / 2
      if marks[middle].offset <= offset { low = middle + 1 } else { high = middle }
    }
    let mark = low > 0 && marks[low - 1].offset > start ? marks[low - 1] : (offset: start, units: 0)
    let units = mark.units + text.extracting(mark.offset..<max(mark.offset, offset)).utf16Count
    return Position(line: line, column: units + 1)
  }

  /// The span of the bytes of `range`.
  package func region(of range: Range<Int>, in text: Span<UInt8>) -> Region {
    Region(
      start: position(of: range.lowerBound, in: text), end: position(of: range.upperBound, in: text), byteRange: range)
  }
}
