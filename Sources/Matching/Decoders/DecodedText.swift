package import Findings

// A finding in decoded text has to be shown where its encoded form stands. A map with an entry for each byte would be
// larger than the text; pieces are few, because what was copied is one piece and escapes of one length in a row are one.

/// Text that was decoded from spans of another text, and the way back.
package struct DecodedText: Sendable {
  /// All spans one after the other, with a line feed that belongs to none behind each.
  package private(set) var bytes: [UInt8] = []
  /// In the order of ``bytes``; a joint between two literals is a piece of no byte.
  private var pieces: [Piece] = []

  /// A part of ``bytes`` that came from one part of the source.
  struct Piece: Sendable {
    /// Where it starts in ``DecodedText/bytes``, and how long it is.
    var start: Int
    var count: Int
    var sourceStart: Int
    var sourceCount: Int
    /// How many bytes of the source stand for so many encoded bytes.
    var ratio = Ratio(source: 1, encoded: 1)
    /// How many encoded bytes stand for one of the text.
    var stride = 1
    /// Encoded bytes before the text: a byte order mark.
    var skipped = 0
    var isReversed = false
    /// What was undone, outermost first; none where the text was copied.
    var encodings: [Encoding] = []

    struct Ratio: Hashable, Sendable {
      var source: Int
      var encoded: Int
    }

    /// Where the source of the byte at `offset` of the piece starts.
    func sourceStart(of offset: Int) -> Int {
      if isReversed { return sourceStart + sourceCount - 1 - offset }
      return min(sourceStart + sourceCount, sourceStart + (skipped + offset * stride) * ratio.source / ratio.encoded)
    }

    /// Where the source of the byte at `offset` of the piece ends.
    func sourceEnd(of offset: Int) -> Int {
      if isReversed { return sourceStart + sourceCount - offset }
      let units = (skipped + (offset + 1) * stride) * ratio.source
      return min(sourceStart + sourceCount, sourceStart + (units + ratio.encoded - 1) / ratio.encoded)
    }
  }

  /// What a range of ``bytes`` was made from.
  package struct Origin {
    /// In bytes of the source.
    package var range: Range<Int>
    /// What was undone, outermost first; empty where the range was only copied.
    package var encodings: [Encoding]
  }

  init() {}

  /// The source of a range that is not empty; `nil` where the range reaches over the end of a span.
  package func origin(of range: Range<Int>) -> Origin? {
    guard let first = index(of: range.lowerBound) else { return nil }
    var encodings: [Encoding] = []
    var end = range.lowerBound
    var lower = Int.max
    var upper = 0
    for piece in pieces[first...] {
      if piece.start >= range.upperBound { break }
      // The line feed behind a span is in no piece.
      guard piece.start <= end else { return nil }
      if piece.count == 0, piece.start == range.lowerBound { continue }
      end = max(end, piece.start + piece.count)
      for encoding in piece.encodings where !encodings.contains(encoding) { encodings.append(encoding) }
      guard piece.count > 0 else { continue }
      let last = min(range.upperBound, piece.start + piece.count) - 1 - piece.start
      let start = max(range.lowerBound, piece.start) - piece.start
      lower = min(lower, min(piece.sourceStart(of: start), piece.sourceStart(of: last)))
      upper = max(upper, max(piece.sourceEnd(of: start), piece.sourceEnd(of: last)))
    }
    return end >= range.upperBound ? Origin(range: lower..<upper, encodings: encodings) : nil
  }

  /// The first piece that holds the byte at `offset`.
  private func index(of offset: Int) -> Int? {
    var low = 0
    var high = pieces.count
    while low < high {
      let middle = (low + high) / 2
      if pieces[middle].start + pieces[middle].count <= offset { low = middle + 1 } else { high = middle }
    }
    return low < pieces.count && pieces[low].start <= offset ? low : nil
  }

  // MARK: Building

  /// Where the next byte will stand.
  var count: Int { bytes.count }

  /// Copies a range of the source as it is.
  mutating func copy(_ range: Range<Int>, of text: Span<UInt8>) {
    guard !range.isEmpty else { return }
    pieces.append(
      Piece(start: bytes.count, count: range.count, sourceStart: range.lowerBound, sourceCount: range.count))
    unsafe text.extracting(range).withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
  }

  /// Adds what an escape sequence stands for.
  mutating func add(_ escaped: some Sequence<UInt8>, for source: Range<Int>, _ encoding: Encoding) {
    let start = bytes.count
    bytes.append(contentsOf: escaped)
    let count = bytes.count - start
    if count == 1, let last = pieces.last, last.ratio == .init(source: source.count, encoded: 1), last.count > 0,
      last.encodings == [encoding], last.sourceStart + last.sourceCount == source.lowerBound,
      last.start + last.count == start
    {
      pieces[pieces.count - 1].count += 1
      pieces[pieces.count - 1].sourceCount += source.count
    } else {
      pieces.append(
        Piece(
          start: start, count: count, sourceStart: source.lowerBound, sourceCount: source.count,
          ratio: .init(source: source.count, encoded: max(count, 1)), encodings: [encoding]))
    }
  }

  mutating func append(_ byte: UInt8) { bytes.append(byte) }

  mutating func append(_ group: (UInt8, UInt8, UInt8)) {
    bytes.append(group.0)
    bytes.append(group.1)
    bytes.append(group.2)
  }

  /// Adds a piece for bytes that were appended before.
  mutating func add(_ piece: Piece) { pieces.append(piece) }

  mutating func endSpan() { bytes.append(10) }

  /// Takes back everything from `count` bytes on.
  mutating func truncate(to count: Int) {
    bytes.removeSubrange(count...)
    while let last = pieces.last, last.start >= count { pieces.removeLast() }
  }
}
