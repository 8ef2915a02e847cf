/// A place in the text of an expression.
package struct SourcePosition: Sendable, Hashable {
  /// Counted from 0.
  package let byteOffset: Int
  /// Counted from 1.
  package let line: Int
  /// Counted from 1, in UTF-16 code units, as in all of Tollgate.
  package let column: Int

  package init(byteOffset: Int, line: Int, column: Int) {
    self.byteOffset = byteOffset
    self.line = line
    self.column = column
  }
}

/// Turns byte offsets of one text into lines and columns.
struct PositionIndex {
  private let bytes: [UInt8]
  private let lineStarts: [Int]
  private let isASCII: Bool

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var starts = [0]
    for (offset, byte) in bytes.enumerated() where byte == 0x0A { starts.append(offset + 1) }
    lineStarts = starts
    isASCII = bytes.allSatisfy { $0 < 0x80 }
  }

  func position(at offset: Int) -> SourcePosition {
    let offset = min(max(offset, 0), bytes.count)
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    let start = lineStarts[low]
    // Each node of a program asks, so that counting from the start of a long line would add up.
    let column = isASCII ? offset - start : String(decoding: bytes[start..<offset], as: UTF8.self).utf16.count
    return SourcePosition(byteOffset: offset, line: low + 1, column: column + 1)
  }
}
