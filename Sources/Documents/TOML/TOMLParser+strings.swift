extension TOMLParser {
  /// Reads a string from its opening quote on: basic with `"`, literal with `'`, over several lines with three of them.
  /// One without escapes stays where it is.
  mutating func readString(
    quote: UInt8, isMultiline allowsLines: Bool, _ text: Span<UInt8>
  ) throws(SyntaxError) -> TOMLTree.Piece {
    let start = offset
    offset += 1
    var isMultiline = false
    if allowsLines, offset + 1 < text.count, text[offset] == quote, text[offset + 1] == quote {
      isMultiline = true
      offset += 2
      _ = skipNewline(text)
    }
    let textStart = tree.texts.count
    var isCopied = false
    var runStart = offset
    while true {
      try skipText(quote: quote, text)
      guard offset < text.count else { throw SyntaxError("the string has no end", at: start) }
      switch text[offset] {
      case quote:
        let quotes = isMultiline ? countQuotes(quote, text) : 1
        guard !isMultiline || quotes >= 3 else {
          offset += quotes
          continue
        }
        // Up to two quotes may stand at the end of the text, before the three.
        let end = isMultiline ? offset + quotes - 3 : offset
        offset += quotes
        guard isCopied else { return TOMLTree.Piece(start..<offset, text: runStart..<end) }
        copy(runStart..<end, text)
        return TOMLTree.Piece(start..<offset, text: textStart..<tree.texts.count, isCopied: true)
      case UInt8(ascii: "\\"):
        copy(runStart..<offset, text)
        isCopied = true
        try readEscape(isMultiline: isMultiline, text)
        runStart = offset
      case 0x0A where isMultiline: offset += 1
      case 0x0D where isMultiline && offset + 1 < text.count && text[offset + 1] == 0x0A:
        // One kind of line end in all values: the specification lets a reader choose.
        copy(runStart..<offset, text)
        isCopied = true
        runStart = offset + 1
        offset += 2
      case 0x0A,
        0x0D where !isMultiline:
        throw SyntaxError("the string has no end in its line", at: start)
      default: throw SyntaxError("a control character in a string", at: offset)
      }
    }
  }

  private mutating func copy(_ range: Range<Int>, _ text: Span<UInt8>) {
    unsafe text.extracting(range).withUnsafeBufferPointer { unsafe tree.texts.append(contentsOf: $0) }
  }

  /// How many quotes stand here, up to the five that can end a string.
  private func countQuotes(_ quote: UInt8, _ text: Span<UInt8>) -> Int {
    var count = 1
    while count < 5, offset + count < text.count, text[offset + count] == quote { count += 1 }
    return count
  }

  /// Goes to the next quote, control character, or backslash that begins an escape, or to the end of the file.
  @inline(__always)
  private mutating func skipText(quote: UInt8, _ text: Span<UInt8>) throws(SyntaxError) {
    while offset < text.count {
      let byte = text[offset]
      if byte >= 0x80 {
        let length = text.utf8Length(at: offset)
        guard length > 0 else { throw SyntaxError("not UTF-8", at: offset) }
        offset &+= length
        continue
      }
      if byte == quote || (byte < 0x20 && byte != 0x09) || byte == 0x7F { return }
      if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") { return }
      offset &+= 1
    }
  }

  private mutating func readEscape(isMultiline: Bool, _ text: Span<UInt8>) throws(SyntaxError) {
    let start = offset
    offset += 1
    switch peek(text) {
    case UInt8(ascii: "\""): tree.texts.append(0x22)
    case UInt8(ascii: "\\"): tree.texts.append(0x5C)
    case UInt8(ascii: "b"): tree.texts.append(0x08)
    case UInt8(ascii: "f"): tree.texts.append(0x0C)
    case UInt8(ascii: "n"): tree.texts.append(0x0A)
    case UInt8(ascii: "r"): tree.texts.append(0x0D)
    case UInt8(ascii: "t"): tree.texts.append(0x09)
    case UInt8(ascii: "u"): return try readUnicodeEscape(digits: 4, text)
    case UInt8(ascii: "U"): return try readUnicodeEscape(digits: 8, text)
    case 0x20, 0x09, 0x0A, 0x0D:
      guard isMultiline else { throw SyntaxError("not an escape that TOML has", at: start) }
      return try skipLineEscape(from: start, text)
    default: throw SyntaxError("not an escape that TOML has", at: start)
    }
    offset += 1
  }

  /// A backslash at the end of a line takes all white space after it away.
  private mutating func skipLineEscape(from start: Int, _ text: Span<UInt8>) throws(SyntaxError) {
    skipBlanks(text)
    guard skipNewline(text) else { throw SyntaxError("not an escape that TOML has", at: start) }
    repeat { skipBlanks(text) } while skipNewline(text)
  }

  private mutating func readUnicodeEscape(digits: Int, _ text: Span<UInt8>) throws(SyntaxError) {
    guard let value = text.hexadecimal(at: offset + 1, count: digits) else {
      throw SyntaxError(
        digits == 4 ? "\\u needs four hexadecimal digits" : "\\U needs eight hexadecimal digits", at: offset - 1)
    }
    guard let scalar = Unicode.Scalar(value) else { throw SyntaxError("not a character of Unicode", at: offset - 1) }
    tree.texts.append(contentsOf: UTF8.encode(scalar) ?? .init())
    offset += 1 + digits
  }
}
