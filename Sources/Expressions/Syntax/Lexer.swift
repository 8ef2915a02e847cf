/// Cuts the bytes of an expression into tokens.
/// https://github.com/google/cel-spec/blob/master/doc/langdef.md#syntax
struct Lexer {
  let bytes: [UInt8]
  var offset = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// A failure with the byte where it is.
  struct Failure: Error {
    let offset: Int
    let message: String
  }

  mutating func next() throws(Failure) -> Token {
    skipBlank()
    let start = offset
    guard let byte = peek() else { return Token(kind: .end, range: start..<start) }
    if isTextStart() { return try text() }
    if byte.decimalDigit != nil || (byte == UInt8(ascii: ".") && peek(1)?.decimalDigit != nil) { return try number() }
    if byte.isIdentifierStart {
      while let byte = peek(), byte.isIdentifierStart || byte.decimalDigit != nil { offset += 1 }
      return Token(kind: .identifier(String(decoding: bytes[start..<offset], as: UTF8.self)), range: start..<offset)
    }
    if byte == UInt8(ascii: "`") { return try quotedIdentifier() }
    if let symbol = Token.Symbol(byte, peek(1)) {
      offset += symbol.rawValue.utf8.count
      return Token(kind: .symbol(symbol), range: start..<offset)
    }
    let character = String(decoding: bytes[start...].prefix(4), as: UTF8.self).unicodeScalars.prefix(1)
    throw Failure(offset: start, message: "unexpected character '\(String(character))'")
  }

  func peek(_ distance: Int = 0) -> UInt8? {
    offset + distance < bytes.count ? bytes[offset + distance] : nil
  }

  private mutating func skipBlank() {
    while let byte = peek() {
      switch byte {
      case 0x09, 0x0A, 0x0C, 0x0D, 0x20: offset += 1
      case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "/"):
        while let byte = peek(), byte != 0x0A { offset += 1 }
      default: return
      }
    }
  }

  private mutating func quotedIdentifier() throws(Failure) -> Token {
    let start = offset
    offset += 1
    while let byte = peek(), byte.isIdentifierStart || byte.decimalDigit != nil || "./- ".utf8.contains(byte) {
      offset += 1
    }
    guard peek() == UInt8(ascii: "`"), offset > start + 1 else {
      throw Failure(offset: start, message: "a name between backquotes has letters, digits, '_', '.', '-', '/' and ' '")
    }
    offset += 1
    let name = String(decoding: bytes[(start + 1)..<(offset - 1)], as: UTF8.self)
    return Token(kind: .quotedIdentifier(name), range: start..<offset)
  }

  /// INT_LIT, UINT_LIT and FLOAT_LIT, without a sign: what `-` before a number means is the parser's business.
  private mutating func number() throws(Failure) -> Token {
    let start = offset
    if peek() == UInt8(ascii: "0"), let x = peek(1), x | 0x20 == UInt8(ascii: "x"), peek(2)?.hexDigit != nil {
      offset += 2
      while peek()?.hexDigit != nil { offset += 1 }
      return try integer(bytes[(start + 2)..<offset], radix: 16, start: start)
    }
    skipDigits()
    var isDouble = false
    if peek() == UInt8(ascii: "."), peek(1)?.decimalDigit != nil {
      isDouble = true
      offset += 1
      skipDigits()
    }
    if let exponent = peek(), exponent | 0x20 == UInt8(ascii: "e") {
      let hasSign = peek(1) == UInt8(ascii: "+") || peek(1) == UInt8(ascii: "-")
      if peek(hasSign ? 2 : 1)?.decimalDigit != nil {
        isDouble = true
        offset += hasSign ? 2 : 1
        skipDigits()
      }
    }
    guard isDouble else { return try integer(bytes[start..<offset], radix: 10, start: start) }
    guard let number = Double(String(decoding: bytes[start..<offset], as: UTF8.self)) else {
      throw Failure(offset: start, message: "not a number")
    }
    return Token(kind: .number, range: start..<offset, value: .double(number))
  }

  private mutating func skipDigits() {
    while peek()?.decimalDigit != nil { offset += 1 }
  }

  /// The digits as an int or, with a `u` behind them, a uint.
  private mutating func integer(_ digits: ArraySlice<UInt8>, radix: Int, start: Int) throws(Failure) -> Token {
    guard let number = UInt64(String(decoding: digits, as: UTF8.self), radix: radix) else {
      throw Failure(offset: start, message: "the number is out of range")
    }
    if let u = peek(), u | 0x20 == UInt8(ascii: "u") {
      offset += 1
      return Token(kind: .number, range: start..<offset, value: .uint(number))
    }
    // 2^63 only fits with a minus before it; as the smallest int, the parser can tell.
    if number == UInt64(Int64.max) + 1 { return Token(kind: .number, range: start..<offset, value: .int(.min)) }
    guard let int = Int64(exactly: number) else {
      throw Failure(offset: start, message: "the number does not fit into an int")
    }
    return Token(kind: .number, range: start..<offset, value: .int(int))
  }
}

extension UInt8 {
  var isIdentifierStart: Bool {
    (0x41...0x5A).contains(self & 0xDF) || self == UInt8(ascii: "_")
  }
}
