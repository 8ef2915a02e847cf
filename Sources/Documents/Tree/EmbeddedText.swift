/// Placeholder until the reader of embedded texts lands.
package struct EmbeddedText: Sendable {
  package let bytes: [UInt8]
  private let start: Int
  package init(bytes: [UInt8], segments: [(text: Int, file: Int)]) {
    self.bytes = bytes
    start = segments.first?.file ?? 0
  }
  package func fileOffset(of offset: Int) -> Int { start + offset }
  package func fileRange(of range: Range<Int>) -> Range<Int> {
    fileOffset(of: range.lowerBound)..<fileOffset(of: range.upperBound)
  }
}
extension Node {
  package var embeddedText: EmbeddedText? {
    withText { text in
      var bytes: [UInt8] = []
      for i in text.indices { bytes.append(text[i]) }
      return EmbeddedText(bytes: bytes, segments: [(0, byteRange.lowerBound)])
    }
  }
}
