extension KeyValueParser {
  /// Java's properties: a line ends at an end of line without a backslash before it; key and value have escapes.
  mutating func parseProperties() {
    while !isAtEnd {
      skipBlanks()
      guard !isAtEnd else { return }
      let byte = bytes[offset]
      if byte == UInt8(ascii: "#") || byte == UInt8(ascii: "!") || byte == 0x0A || byte == 0x0D {
        _ = takeLine()
        continue
      }
      addEscaped { $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: ":") || $0.isBlank }
      skipBlanks()
      if !isAtEnd, bytes[offset] == UInt8(ascii: "=") || bytes[offset] == UInt8(ascii: ":") {
        offset += 1
        skipBlanks()
      }
      skipContinuations()
      addEscaped { _ in false }
      skipLineEnd()
    }
  }

  /// A value may start on the next line.
  private mutating func skipContinuations() {
    while offset + 1 < bytes.count, bytes[offset] == UInt8(ascii: "\\"),
      bytes[offset + 1] == 0x0A || bytes[offset + 1] == 0x0D
    {
      offset += 1
      skipLineEnd()
      skipBlanks()
    }
  }

  /// Adds the text up to the end of the line or to a byte that `isEnd` holds for, escapes resolved.
  private mutating func addEscaped(until isEnd: (UInt8) -> Bool) {
    let start = offset
    let textStart = tree.texts.count
    var isCopied = false
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte == 0x0A || byte == 0x0D || isEnd(byte) { break }
      if byte == UInt8(ascii: "\\") {
        if !isCopied {
          isCopied = true
          copyText(start..<offset)
        }
        takeEscape()
      } else {
        if isCopied { tree.addText(byte) }
        offset += 1
      }
    }
    if isCopied {
      tree.addScalar(start..<offset, copiedFrom: textStart, isPlain: true)
    } else {
      addText(start..<offset)
    }
  }

  private mutating func takeEscape() {
    offset += 1
    guard offset < bytes.count else { return }
    let byte = bytes[offset]
    switch byte {
    case 0x0A, 0x0D:
      skipLineEnd()
      skipBlanks()
      return
    case UInt8(ascii: "n"): tree.addText(0x0A)
    case UInt8(ascii: "r"): tree.addText(0x0D)
    case UInt8(ascii: "t"): tree.addText(0x09)
    case UInt8(ascii: "f"): tree.addText(0x0C)
    case UInt8(ascii: "u"):
      takeUnicodeEscape()
      return
    // The backslash before any other character is dropped.
    default: tree.addText(byte)
    }
    offset += 1
  }

  private mutating func takeUnicodeEscape() {
    guard let unit = codeUnit(at: offset + 1) else {
      note("\\u needs four hexadecimal digits", at: offset - 1)
      tree.addText(UInt8(ascii: "u"))
      offset += 1
      return
    }
    offset += 5
    if 0xD800...0xDBFF ~= unit, offset + 1 < bytes.count, bytes[offset] == UInt8(ascii: "\\"),
      bytes[offset + 1] == UInt8(ascii: "u"), let low = codeUnit(at: offset + 2),
      0xDC00...0xDFFF ~= low
    {
      tree.addText(Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)) ?? "\u{FFFD}")
      offset += 6
    } else {
      tree.addText(Unicode.Scalar(unit) ?? "\u{FFFD}")
    }
  }
}
