internal import Findings

// Languages differ in how they put strings together, and no parser of ours knows which of them a file is in. So a joint is
// what lies between two pieces that could be parts of one credential: a closing quote behind a character of one, an
// operator or white space, and an opening quote before another.

extension EscapeSequence {
  /// The most bytes between two literals.
  private static let maxGap = 240

  /// - Parameter place: of a quote that may close a literal.
  init?(joint place: Int, _ text: Span<UInt8>) {
    guard place > 0, ByteClass.token.contains(text[place - 1]) || ByteClass.partEnd.contains(text[place - 1])
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

/// Reads what lies between two literals.
private struct JointReader {
  var place: Int
  let end: Int

  /// Where the next literal's text begins.
  mutating func openingQuoteEnd(in text: Span<UInt8>) -> Int? {
    skipBlanks(text)
    let hasOperator = skipOperator(text)
    if hasOperator {
      skipBlanks(text)
      // `& _` goes on in the next line in Visual Basic.
      if place < end, text[place] == UInt8(ascii: "_") {
        place += 1
        skipBlanks(text)
      }
    }
    if place < end, text[place] == UInt8(ascii: "\\") {
      guard place + 1 < end, text[place + 1] == 10 || text[place + 1] == 13 else { return nil }
      place += 1
    }
    while place < end, text[place] == 32 || text[place] >= 9 && text[place] <= 13 { place += 1 }
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

  /// Operators that join strings: `+ ++ . .. & ~ ^ || <>`.
  private mutating func skipOperator(_ text: Span<UInt8>) -> Bool {
    guard place + 1 < end else { return false }
    let (symbol, next) = (text[place], text[place + 1])
    switch symbol {
    case UInt8(ascii: "+"), UInt8(ascii: "."): place += next == symbol ? 2 : 1
    case UInt8(ascii: "&"), UInt8(ascii: "~"), UInt8(ascii: "^"): place += 1
    case UInt8(ascii: "|") where next == symbol: place += 2
    case UInt8(ascii: "<") where next == UInt8(ascii: ">"): place += 2
    default: return false
    }
    return true
  }

  /// `f"…"`, `rb'…'`, `@"…"`, `L"…"`.
  private mutating func skipPrefix(_ text: Span<UInt8>) {
    let start = place
    while place < end, place - start < 2, Self.isPrefix(text[place]) { place += 1 }
  }

  private static func isPrefix(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "f"), UInt8(ascii: "F"), UInt8(ascii: "r"), UInt8(ascii: "R"), UInt8(ascii: "b"),
      UInt8(ascii: "B"), UInt8(ascii: "u"), UInt8(ascii: "U"), UInt8(ascii: "L"), UInt8(ascii: "@"), UInt8(ascii: "$"):
      true
    default: false
    }
  }
}
