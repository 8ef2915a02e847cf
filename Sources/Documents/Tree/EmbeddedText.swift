/// A text that stands in a file in another form (indented, quoted, with escapes, on continued lines), and where each of
/// its bytes comes from: so that what another parser finds in a script can be pointed at in the file.
package struct EmbeddedText: Sendable {
  /// A run of bytes that stands in the file as it is; what follows it up to the next segment maps to one place.
  package struct Segment: Sendable, Hashable {
    /// Where the run starts in the text.
    package var text: Int
    /// Where it starts in the file.
    package var file: Int

    package init(text: Int, file: Int) {
      self.text = text
      self.file = file
    }
  }

  /// The text, UTF-8.
  package let bytes: [UInt8]
  /// Sorted by the text.
  private let segments: [Segment]

  /// - Parameter segments: in the order of the text; the first starts at 0.
  package init(bytes: [UInt8], segments: [Segment]) {
    self.bytes = bytes
    self.segments = segments
  }

  /// The byte of the file from which the byte of the text at `offset` comes; at the end of the text what follows the
  /// last one.
  package func fileOffset(of offset: Int) -> Int {
    var low = 0
    var high = segments.count
    while low < high {
      let middle = (low + high) / 2
      if segments[middle].text <= offset { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return segments.first?.file ?? 0 }
    let segment = segments[low - 1]
    return segment.file + (offset - segment.text)
  }

  /// From the first to the last byte of a range, which may hold bytes of the file that the text does not have.
  package func fileRange(of range: Range<Int>) -> Range<Int> {
    let start = fileOffset(of: range.lowerBound)
    guard !range.isEmpty else { return start..<start }
    return start..<max(start, fileOffset(of: range.upperBound - 1) + 1)
  }

  /// A part of the text by itself.
  package func part(_ range: Range<Int>) -> EmbeddedText {
    var parts = [Segment(text: 0, file: fileOffset(of: range.lowerBound))]
    for segment in segments where segment.text > range.lowerBound && segment.text < range.upperBound {
      parts.append(Segment(text: segment.text - range.lowerBound, file: segment.file))
    }
    return EmbeddedText(bytes: Array(bytes[range]), segments: parts)
  }
}
