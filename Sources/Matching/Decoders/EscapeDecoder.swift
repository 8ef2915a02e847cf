internal import Findings

/// Undoes escape sequences and joints: text around them is copied with them replaced.
enum EscapeDecoder {
  /// How far a span reaches to the left of its first escape sequence, within the line.
  private static let leftBytes = 160
  /// How far it reaches behind its last one, at least, within the line.
  private static let rightBytes = 48
  /// How far behind it at most: a word without an end ends here.
  private static let maxRightBytes = 4_096

  /// Adds a span for each group of marks that tell.
  ///
  /// - Parameters:
  ///   - marks: places where ``EscapeSequence/init(at:in:)`` may find something, ascending.
  ///   - limit: the most bytes that `decoded` may hold.
  /// - Returns: false when the limit was reached.
  static func decode(_ marks: [Int], of text: Span<UInt8>, into decoded: inout DecodedText, limit: Int) -> Bool {
    var done = 0
    for mark in marks where mark >= done {
      guard let sequence = EscapeSequence(at: mark, in: text), sequence.isTelling else { continue }
      guard decoded.count < limit else { return false }
      var start = mark
      while start > done, mark - start < leftBytes, text[start - 1] != 10, text[start - 1] != 13 { start -= 1 }
      done = decodeSpan(from: start, through: mark, of: text, into: &decoded)
    }
    return true
  }

  /// Returns where the span ends.
  private static func decodeSpan(
    from start: Int, through mark: Int, of text: Span<UInt8>, into decoded: inout DecodedText
  ) -> Int {
    var place = start
    var copied = start
    var last = mark
    while place < text.count {
      let byte = text[place]
      if ByteClass.first.contains(byte), let sequence = EscapeSequence(at: place, in: text),
        sequence.range.lowerBound >= copied
      {
        decoded.copy(copied..<sequence.range.lowerBound, of: text)
        add(sequence, to: &decoded)
        place = sequence.range.upperBound
        copied = place
        last = max(last, place)
        continue
      }
      if byte == 10 || byte == 13 { break }
      if place - last >= rightBytes, ByteClass.wordEnd.contains(byte) || place - last >= maxRightBytes { break }
      place += 1
    }
    decoded.copy(copied..<place, of: text)
    decoded.endSpan()
    return place
  }

  private static func add(_ sequence: EscapeSequence, to decoded: inout DecodedText) {
    switch sequence.value {
    case .none: decoded.add(EmptyCollection(), for: sequence.range, sequence.encoding)
    case .byte(let byte): decoded.add(CollectionOfOne(byte), for: sequence.range, sequence.encoding)
    case .scalar(let scalar): decoded.add(UTF8.encode(scalar) ?? .init(), for: sequence.range, sequence.encoding)
    }
  }
}
