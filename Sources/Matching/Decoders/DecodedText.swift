package import Findings

// A finding in decoded text has to be shown where its encoded form stands. A map with an entry for each byte would be
// larger than the text; pieces are few, because what was copied is one piece and escapes of one length in a row are one.

/// Text that was decoded from spans of another text, and the way back.
package struct DecodedText: Sendable {
  /// All spans one after the other, with a line feed that belongs to none behind each.
  package private(set) var bytes: [UInt8] = []
  /// In the order of ``bytes``; a joint between two literals is a piece of no byte.
  private var pieces: [Piece] = []

  /// A part of ``bytes`` that came from one part of the source: 24 bytes, because hostile text has millions.
  struct Piece: Sendable {
    /// Where it starts in ``DecodedText/bytes``, and how long it is.
    var start: UInt32
    var count: UInt32
    var sourceStart: UInt32
    var sourceCount: UInt32
    /// So many bytes of the source stand for ``encodedUnit`` encoded bytes.
    var sourceUnit: UInt16 = 1
    var encodedUnit: UInt8 = 1
    /// How many encoded bytes stand for one of the text.
    var stride: UInt8 = 1
    /// Encoded bytes before the text: a byte order mark.
    var skipped: UInt8 = 0
    var isReversed = false
    /// What was undone; `nil` where the text was copied.
    var encoding: Encoding?
    /// What was undone after that.
    var inner: Encoding?

    /// - Precondition: none of the numbers is negative or reaches 2^32.
    init(_ decoded: Range<Int>, of source: Range<Int>, _ encoding: Encoding? = nil) {
      start = UInt32(decoded.lowerBound)
      count = UInt32(decoded.count)
      sourceStart = UInt32(source.lowerBound)
      sourceCount = UInt32(source.count)
      self.encoding = encoding
    }

    var end: Int { Int(start) + Int(count) }
    var source: Range<Int> { Int(sourceStart)..<Int(sourceStart) + Int(sourceCount) }

    /// Where the source of the byte at `offset` of the piece starts.
    func sourceStart(of offset: Int) -> Int {
      if isReversed { return source.upperBound - 1 - offset }
      let encoded = Int(skipped) + offset * Int(stride)
      return min(source.upperBound, source.lowerBound + encoded * Int(sourceUnit) / Int(encodedUnit))
    }

    /// Where the source of the byte at `offset` of the piece ends.
    func sourceEnd(of offset: Int) -> Int {
      if isReversed { return source.upperBound - offset }
      let encoded = Int(skipped) + (offset + 1) * Int(stride)
      let unit = Int(encodedUnit)
      return min(source.upperBound, source.lowerBound + (encoded * Int(sourceUnit) + unit - 1) / unit)
    }
  }

  /// What a range of ``bytes`` was made from.
  package struct Origin {
    /// In bytes of the source.
    package var range: Range<Int>
    /// What was undone, outermost first; empty where the range was only copied.
    package var encodings: [Encoding]
  }

  package init() {}

  /// The most that is kept for the next text, in bytes and in pieces.
  private static let maxKept = 4 << 20

  /// Makes the text empty and keeps its memory, unless that is much.
  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: bytes.capacity <= Self.maxKept)
    pieces.removeAll(keepingCapacity: pieces.capacity <= Self.maxKept / MemoryLayout<Piece>.stride)
  }

  /// The source of a range that is not empty; `nil` where the range reaches over the end of a span.
  package func origin(of range: Range<Int>) -> Origin? {
    guard let first = index(of: range.lowerBound) else { return nil }
    var encodings: [Encoding] = []
    var end = range.lowerBound
    var lower = Int.max
    var upper = 0
    for piece in pieces[first...] {
      let pieceStart = Int(piece.start)
      if pieceStart >= range.upperBound { break }
      // The line feed behind a span is in no piece.
      guard pieceStart <= end else { return nil }
      if piece.count == 0, pieceStart == range.lowerBound { continue }
      end = max(end, piece.end)
      for case let encoding? in [piece.encoding, piece.inner] where !encodings.contains(encoding) {
        encodings.append(encoding)
      }
      guard piece.count > 0 else { continue }
      let last = min(range.upperBound, piece.end) - 1 - pieceStart
      let start = max(range.lowerBound, pieceStart) - pieceStart
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
      if pieces[middle].end <= offset { low = middle + 1 } else { high = middle }
    }
    return low < pieces.count && Int(pieces[low].start) <= offset ? low : nil
  }

  // MARK: Building

  /// Where the next byte will stand.
  var count: Int { bytes.count }

  /// Copies a range of the source as it is.
  mutating func copy(_ range: Range<Int>, of text: Span<UInt8>) {
    guard !range.isEmpty else { return }
    pieces.append(Piece(bytes.count..<bytes.count + range.count, of: range))
    unsafe text.extracting(range).withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
  }

  /// Adds what an escape sequence stands for.
  mutating func add(_ escaped: some Sequence<UInt8>, for source: Range<Int>, _ encoding: Encoding) {
    let start = bytes.count
    bytes.append(contentsOf: escaped)
    let count = bytes.count - start
    // Escape sequences of one length in a row are one piece.
    if count == 1, let last = pieces.last, last.encoding == encoding, last.count > 0, last.encodedUnit == 1,
      last.sourceUnit == source.count, last.source.upperBound == source.lowerBound, last.end == start
    {
      pieces[pieces.count - 1].count += 1
      pieces[pieces.count - 1].sourceCount += UInt32(source.count)
    } else {
      var piece = Piece(start..<start + count, of: source, encoding)
      piece.sourceUnit = UInt16(clamping: source.count)
      piece.encodedUnit = UInt8(clamping: max(count, 1))
      pieces.append(piece)
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
    while let last = pieces.last, Int(last.start) >= count { pieces.removeLast() }
  }
}
