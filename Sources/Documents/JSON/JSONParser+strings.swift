extension JSONParser {
  /// Reads a string (RFC 8259, 7) from its opening quote on. One without escapes stays where it is.
  @inline(__always)
  mutating func readString(_ text: Span<UInt8>) throws(SyntaxError) {
    let start = offset
    offset += 1
    try skipPlainText(text)
    if offset < text.count, text[offset] == UInt8(ascii: "\"") {
      offset += 1
      tree.addScalar(start..<offset, text: start + 1..<offset - 1, isPlain: false)
    } else {
      try readEscapedString(text, from: start)
    }
  }

  /// Goes to the next quote, backslash or control character, or to the end of the file.
  @inline(__always)
  private mutating func skipPlainText(_ text: Span<UInt8>) throws(SyntaxError) {
    while true {
      // Eight bytes at a time: a byte's high bit stays set where it is below 0x20, a quote, a backslash or not ASCII.
      // A borrow can set it in a byte after the first such byte as well, never before, and the first is what counts.
      while offset &+ 8 <= text.count {
        // The test above keeps the load within the span.
        let word = unsafe UInt64(littleEndian: text.bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
        let quotes = word ^ 0x2222_2222_2222_2222
        let backslashes = word ^ 0x5C5C_5C5C_5C5C_5C5C
        let ones: UInt64 = 0x0101_0101_0101_0101
        let found =
          ((word &- ones &* 0x20) | (quotes &- ones) | (backslashes &- ones) | word) & 0x8080_8080_8080_8080
        if found == 0 {
          offset &+= 8
        } else {
          offset &+= found.trailingZeroBitCount / 8
          break
        }
      }
      while offset < text.count {
        let byte = text[offset]
        if byte >= 0x80 { break }
        if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return }
        offset &+= 1
      }
      guard offset < text.count else { return }
      let length = text.utf8Length(at: offset)
      guard length > 0 else { throw SyntaxError("not UTF-8", at: offset) }
      offset &+= length
    }
  }

  /// Reads a string whose first backslash, control character or missing end is at `offset`.
  @inline(never)
  private mutating func readEscapedString(_ text: Span<UInt8>, from start: Int) throws(SyntaxError) {
    let textStart = tree.texts.count
    tree.addText(text.extracting(start + 1..<offset))
    while offset < text.count {
      let byte = text[offset]
      if byte == UInt8(ascii: "\"") {
        offset += 1
        tree.addScalar(start..<offset, copiedFrom: textStart, isPlain: false)
        return
      }
      guard byte == UInt8(ascii: "\\") else { throw SyntaxError("a control character in a string", at: offset) }
      try readEscape(text)
      let runStart = offset
      try skipPlainText(text)
      tree.addText(text.extracting(runStart..<offset))
    }
    throw SyntaxError("the string has no end", at: start)
  }

  private mutating func readEscape(_ text: Span<UInt8>) throws(SyntaxError) {
    guard offset + 1 < text.count else { throw SyntaxError("the string has no end", at: offset) }
    switch text[offset + 1] {
    case UInt8(ascii: "\""): tree.addText(0x22)
    case UInt8(ascii: "\\"): tree.addText(0x5C)
    case UInt8(ascii: "/"): tree.addText(0x2F)
    case UInt8(ascii: "b"): tree.addText(0x08)
    case UInt8(ascii: "f"): tree.addText(0x0C)
    case UInt8(ascii: "n"): tree.addText(0x0A)
    case UInt8(ascii: "r"): tree.addText(0x0D)
    case UInt8(ascii: "t"): tree.addText(0x09)
    case UInt8(ascii: "u"): return try readUnicodeEscape(text)
    default: throw SyntaxError("not an escape that JSON has", at: offset)
    }
    offset += 2
  }

  /// `\uXXXX`, or two that make a surrogate pair. Half a pair becomes U+FFFD (RFC 8259, 8.2 leaves it open).
  private mutating func readUnicodeEscape(_ text: Span<UInt8>) throws(SyntaxError) {
    guard let unit = text.hexadecimal(at: offset + 2, count: 4) else {
      throw SyntaxError("\\u needs four hexadecimal digits", at: offset)
    }
    offset += 6
    var value = unit
    if 0xD800...0xDBFF ~= unit, offset + 1 < text.count, text[offset] == UInt8(ascii: "\\"),
      text[offset + 1] == UInt8(ascii: "u"), let low = text.hexadecimal(at: offset + 2, count: 4),
      0xDC00...0xDFFF ~= low
    {
      value = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
      offset += 6
    }
    tree.addText(Unicode.Scalar(value) ?? "\u{FFFD}")
  }
}
