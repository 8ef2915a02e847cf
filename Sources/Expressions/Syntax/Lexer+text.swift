extension Lexer {
  /// Whether a string or bytes literal begins here: quotes after an optional `b` and an optional `r`.
  /// https://github.com/google/cel-spec/blob/master/doc/langdef.md#string-and-bytes-values
  func isTextStart() -> Bool {
    var distance = 0
    if let byte = peek(), byte | 0x20 == UInt8(ascii: "b") { distance += 1 }
    if let byte = peek(distance), byte | 0x20 == UInt8(ascii: "r") { distance += 1 }
    return peek(distance) == UInt8(ascii: "\"") || peek(distance) == UInt8(ascii: "'")
  }

  mutating func text() throws(Failure) -> Token {
    let start = offset
    var isBytes = false
    var isRaw = false
    while let byte = peek(), byte != UInt8(ascii: "\""), byte != UInt8(ascii: "'") {
      if byte | 0x20 == UInt8(ascii: "b") { isBytes = true } else { isRaw = true }
      offset += 1
    }
    guard let quote = peek() else { throw Failure(offset: start, message: "unexpected end") }
    let isTriple = peek(1) == quote && peek(2) == quote
    let width = isTriple ? 3 : 1
    offset += width

    var content: [UInt8] = []
    while true {
      guard let byte = peek() else { throw Failure(offset: start, message: "the text has no closing quote") }
      if byte == quote, !isTriple || (peek(1) == quote && peek(2) == quote) { break }
      if !isTriple && (byte == 0x0A || byte == 0x0D) {
        throw Failure(offset: offset, message: "a text of several lines needs three quotes")
      }
      if byte != UInt8(ascii: "\\") {
        content.append(byte)
        offset += 1
      } else if isRaw {
        content.append(byte)
        offset += 1
        // A quote after a backslash does not end the text, and the backslash stays.
        if let next = peek() {
          content.append(next)
          offset += 1
        }
      } else {
        try escape(into: &content, isBytes: isBytes)
      }
    }
    offset += width
    if isBytes { return Token(kind: .text, range: start..<offset, value: .bytes(content)) }
    guard let string = String(validating: content, as: UTF8.self) else {
      throw Failure(offset: start, message: "the text is not UTF-8")
    }
    return Token(kind: .text, range: start..<offset, value: .string(string))
  }

  /// ESCAPE. `\x` and octal are code points in a string and bytes in bytes.
  private mutating func escape(into content: inout [UInt8], isBytes: Bool) throws(Failure) {
    let start = offset
    guard let letter = peek(1) else { throw Failure(offset: start, message: "the text has no closing quote") }
    offset += 2
    switch letter {
    case UInt8(ascii: "a"): content.append(0x07)
    case UInt8(ascii: "b"): content.append(0x08)
    case UInt8(ascii: "f"): content.append(0x0C)
    case UInt8(ascii: "n"): content.append(0x0A)
    case UInt8(ascii: "r"): content.append(0x0D)
    case UInt8(ascii: "t"): content.append(0x09)
    case UInt8(ascii: "v"): content.append(0x0B)
    case _ where "\\?\"'`".utf8.contains(letter): content.append(letter)
    case UInt8(ascii: "x"), UInt8(ascii: "X"):
      try append(digits(2, radix: 16, start: start), to: &content, isByte: isBytes, start: start)
    case UInt8(ascii: "u") where !isBytes:
      try append(digits(4, radix: 16, start: start), to: &content, isByte: false, start: start)
    case UInt8(ascii: "U") where !isBytes:
      try append(digits(8, radix: 16, start: start), to: &content, isByte: false, start: start)
    case UInt8(ascii: "0")...UInt8(ascii: "3"):
      offset -= 1
      try append(digits(3, radix: 8, start: start), to: &content, isByte: isBytes, start: start)
    default: throw Failure(offset: start, message: "unknown escape; a backslash itself is '\\\\', or use r'…'")
    }
  }

  private mutating func digits(_ count: Int, radix: UInt32, start: Int) throws(Failure) -> UInt32 {
    var number: UInt32 = 0
    for _ in 0..<count {
      guard let digit = peek()?.hexDigit, digit < radix else {
        throw Failure(offset: start, message: "the escape needs \(count) digits")
      }
      number = number << (radix == 16 ? 4 : 3) | UInt32(digit)
      offset += 1
    }
    return number
  }

  private func append(_ code: UInt32, to content: inout [UInt8], isByte: Bool, start: Int) throws(Failure) {
    if isByte {
      content.append(UInt8(truncatingIfNeeded: code))
    } else if let scalar = Unicode.Scalar(code) {
      content.append(contentsOf: UTF8.encode(scalar).map(Array.init) ?? [])
    } else {
      throw Failure(offset: start, message: "the escape is not a Unicode code point")
    }
  }
}
