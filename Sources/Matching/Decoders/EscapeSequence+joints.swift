internal import Findings

// Languages differ in how they put strings together, and no parser of ours knows which of them a file is in. So a joint is
// what lies between two pieces that could be parts of one credential: a closing quote behind a character of one, an
// operator or white space, and an opening quote before another.

extension EscapeSequence {
  /// The most bytes between two literals.
  private static let maxGap = 240

  /// - Parameter place: of a quote that may close a literal.
  init?(joint place: Int, _ text: Span<UInt8>) {
    guard place > 0, ByteClass.token.contains(text[place - 1]) || ByteClass.wordCharacters.contains(text[place - 1])
    else { return nil }
    var reader = JointReader(place: place + 1, end: min(text.count, place + 1 + Self.maxGap))
    guard let end = reader.openingQuoteEnd(in: text) else { return nil }
    self.init(joint: place..<end, .stringConcatenation)
  }

  /// - Parameter place: of a backslash before the end of a line.
  init?(continuation place: Int, _ text: Span<UInt8>) {
    guard place > 0, ByteClass.token.contains(text[place - 1]) else { return nil }
    var end = place + 1
    if text[end] == 13, end + 1 < text.count, text[end + 1] == 10 { end += 1 }
    end += 1
    let limit = min(text.count, end + Self.maxGap)
    // Shells keep the indentation of the next line, other languages drop it; in the middle of a word there is none.
    while end < limit, text[end] == 32 || text[end] == 9 { end += 1 }
    guard end < text.count, ByteClass.token.contains(text[end]) || text[end] == UInt8(ascii: "\\") else { return nil }
    self.init(joint: place..<end, .lineContinuation)
  }
}

extension ByteClass {
  /// What may stand at the edge of a part of a string: the last byte of an escape sequence too.
  static let wordCharacters = ByteClass((0...255).map(UInt8.init).filter(\.isASCIIAlphanumeric) + Array("_}".utf8))
  /// What the next part may begin with.
  static let partStart = ByteClass((0...255).map(UInt8.init).filter(token.contains) + Array("\\%".utf8))
}

/// Reads what lies between two literals.
private struct JointReader {
  var place: Int
  let end: Int

  /// Operators that join strings, the longer ones first.
  private static let operators = ["++", "..", "||", "<>", "+", ".", "&", "~", "^"].map { Array($0.utf8) }

  /// Where the next literal's text begins.
  mutating func openingQuoteEnd(in text: Span<UInt8>) -> Int? {
    skipBlanks(text)
    let hasOperator = skipOperator(text)
    skipBlanks(text)
    // `& _` goes on in the next line in Visual Basic.
    if hasOperator, place < end, text[place] == UInt8(ascii: "_") {
      place += 1
      skipBlanks(text)
    }
    if place < end, text[place] == UInt8(ascii: "\\") {
      guard place + 1 < end, text[place + 1] == 10 || text[place + 1] == 13 else { return nil }
      place += 1
    }
    skipLineEnds(text)
    if !hasOperator, skipOperator(text) { skipBlanks(text) }
    skipPrefix(text)
    guard place < end, ByteClass.quote.contains(text[place]) else { return nil }
    place += 1
    guard place < text.count, ByteClass.partStart.contains(text[place]) else { return nil }
    return place
  }

  private mutating func skipBlanks(_ text: Span<UInt8>) {
    while place < end, text[place] == 32 || text[place] == 9 { place += 1 }
  }

  private mutating func skipLineEnds(_ text: Span<UInt8>) {
    while place < end, [9, 10, 13, 32].contains(text[place]) { place += 1 }
  }

  private mutating func skipOperator(_ text: Span<UInt8>) -> Bool {
    for symbol in Self.operators
    where place + symbol.count <= end && symbol.indices.allSatisfy({ text[place + $0] == symbol[$0] }) {
      place += symbol.count
      return true
    }
    return false
  }

  /// `f"…"`, `rb'…'`, `@"…"`, `L"…"`.
  private mutating func skipPrefix(_ text: Span<UInt8>) {
    let start = place
    while place < end, place - start < 2, "fFrRbBuUL@$".utf8.contains(text[place]) { place += 1 }
    if place < end, !ByteClass.quote.contains(text[place]) { place = start }
  }
}
