/// Reads the grammar of RFC 9535, appendix A, segments and selectors; `JSONPathParser+filters.swift` has the rest.
struct JSONPathParser {
  /// How deep filters, parentheses and function calls may stand in each other.
  private static let maxDepth = 64
  /// The range of integers (RFC 9535, 2.1): those that a double holds exactly.
  private static let maxInteger = 9_007_199_254_740_991

  let text: [UInt8]
  let regexEngine: JSONPath.RegexEngine?
  var offset = 0
  private var depth = 0

  init(_ text: String, regexEngine: JSONPath.RegexEngine?) {
    self.text = Array(text.utf8)
    self.regexEngine = regexEngine
  }

  mutating func parse() throws(JSONPathError) -> JSONPath.Query {
    guard peek == UInt8(ascii: "$") else { throw error("a query starts with $") }
    let query = try parseQuery()
    guard offset == text.count else { throw error("unexpected text after the query") }
    return query
  }

  // MARK: Queries

  /// A query from its `$` or `@` on. White space after it is left.
  mutating func parseQuery() throws(JSONPathError) -> JSONPath.Query {
    var query = JSONPath.Query(isRelative: peek == UInt8(ascii: "@"))
    offset += 1
    while true {
      let end = offset
      skipSpace()
      if skip(".") {
        let isDescendant = skip(".")
        if isDescendant, peek == UInt8(ascii: "[") {
          query.segments.append(JSONPath.Segment(isDescendant: true, selectors: try parseBrackets()))
        } else if skip("*") {
          query.segments.append(JSONPath.Segment(isDescendant: isDescendant, selectors: [.wildcard]))
        } else {
          let name = try parseShorthandName()
          query.segments.append(JSONPath.Segment(isDescendant: isDescendant, selectors: [.name(name)]))
        }
      } else if peek == UInt8(ascii: "[") {
        query.segments.append(JSONPath.Segment(isDescendant: false, selectors: try parseBrackets()))
      } else {
        offset = end
        return query
      }
    }
  }

  /// `member-name-shorthand`: letters, digits, `_` and all beyond ASCII, no digit first.
  private mutating func parseShorthandName() throws(JSONPathError) -> [UInt8] {
    let start = offset
    while let byte = peek {
      let isLetter = 0x61...0x7A ~= byte | 0x20 || byte == UInt8(ascii: "_") || byte >= 0x80
      guard isLetter || (byte.isDigit && offset > start) else { break }
      offset += 1
    }
    guard offset > start else { throw error("expected a name, * or [") }
    return Array(text[start..<offset])
  }

  private mutating func parseBrackets() throws(JSONPathError) -> [JSONPath.Selector] {
    var selectors: [JSONPath.Selector] = []
    repeat {
      offset += 1  // [ or ,
      skipSpace()
      selectors.append(try parseSelector())
      skipSpace()
    } while peek == UInt8(ascii: ",")
    guard skip("]") else { throw error("expected , or ]") }
    return selectors
  }

  private mutating func parseSelector() throws(JSONPathError) -> JSONPath.Selector {
    switch peek {
    case UInt8(ascii: "'"), UInt8(ascii: "\""): return .name(try parseString())
    case UInt8(ascii: "*"):
      offset += 1
      return .wildcard
    case UInt8(ascii: "?"):
      offset += 1
      skipSpace()
      return .filter(try parseCondition())
    default: return try parseIndexOrSlice()
    }
  }

  /// `[ start ] ":" [ end ] [ ":" [ step ] ]`, or an index alone.
  private mutating func parseIndexOrSlice() throws(JSONPathError) -> JSONPath.Selector {
    let start = try parseInteger()
    let afterStart = offset
    skipSpace()
    guard skip(":") else {
      guard let start else { throw error("expected a name in quotes, an index, a slice, * or ?") }
      offset = afterStart
      return .index(start)
    }
    skipSpace()
    let end = try parseInteger()
    let afterEnd = offset
    skipSpace()
    guard skip(":") else {
      offset = afterEnd
      return .slice(start: start, end: end, step: 1)
    }
    let afterColon = offset
    skipSpace()
    let step = try parseInteger()
    if step == nil { offset = afterColon }
    return .slice(start: start, end: end, step: step ?? 1)
  }

  /// `"0" / (["-"] DIGIT1 *DIGIT)`; `nil` where none stands.
  private mutating func parseInteger() throws(JSONPathError) -> Int? {
    let start = offset
    _ = skip("-")
    while peek?.isDigit == true { offset += 1 }
    let digits = text[start..<offset]
    if digits.isEmpty { return nil }
    let first = digits.first == UInt8(ascii: "-") ? digits.dropFirst() : digits
    guard let value = Int(String(decoding: digits, as: UTF8.self)), abs(value) <= Self.maxInteger,
      first.first != UInt8(ascii: "0") || digits.count == 1
    else { throw JSONPathError("not an integer that JSONPath has", at: start) }
    return value
  }

  // MARK: Strings

  /// A string in quotes of either kind (RFC 9535, 2.3.1.1), which come back as UTF-8.
  mutating func parseString() throws(JSONPathError) -> [UInt8] {
    let start = offset
    let quote = text[start]
    var bytes: [UInt8] = []
    offset += 1
    while let byte = peek {
      if byte == quote {
        offset += 1
        return bytes
      }
      if byte < 0x20 { throw error("a control character in a string") }
      if byte == UInt8(ascii: "\\") {
        try parseEscape(quote: quote, into: &bytes)
      } else {
        bytes.append(byte)
        offset += 1
      }
    }
    throw JSONPathError("the string has no end", at: start)
  }

  private mutating func parseEscape(quote: UInt8, into bytes: inout [UInt8]) throws(JSONPathError) {
    guard offset + 1 < text.count else { throw error("the string has no end") }
    let byte = text[offset + 1]
    switch byte {
    case quote, UInt8(ascii: "\\"), UInt8(ascii: "/"): bytes.append(byte)
    case UInt8(ascii: "b"): bytes.append(0x08)
    case UInt8(ascii: "f"): bytes.append(0x0C)
    case UInt8(ascii: "n"): bytes.append(0x0A)
    case UInt8(ascii: "r"): bytes.append(0x0D)
    case UInt8(ascii: "t"): bytes.append(0x09)
    case UInt8(ascii: "u"):
      guard let (scalar, length) = unicodeEscape else { throw error("not the escape of a character") }
      bytes.append(contentsOf: UTF8.encode(scalar) ?? .init())
      offset += length
      return
    default: throw error("not an escape that JSONPath has")
    }
    offset += 2
  }

  /// The character that `\uXXXX` here stands for, or a pair of them; halves of pairs are none.
  private var unicodeEscape: (Unicode.Scalar, Int)? {
    let text = text.span
    guard let high = text.hexadecimal(at: offset + 2, count: 4) else { return nil }
    if let scalar = Unicode.Scalar(high) { return (scalar, 6) }
    guard high < 0xDC00, offset + 7 < text.count, text[offset + 6] == UInt8(ascii: "\\"),
      text[offset + 7] == UInt8(ascii: "u"), let low = text.hexadecimal(at: offset + 8, count: 4),
      0xDC00...0xDFFF ~= low
    else { return nil }
    return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)).map { ($0, 12) }
  }

  // MARK: Bytes

  var peek: UInt8? { offset < text.count ? text[offset] : nil }

  /// Skips a word if it stands here.
  mutating func skip(_ word: String) -> Bool {
    guard text[offset...].starts(with: word.utf8) else { return false }
    offset += word.utf8.count
    return true
  }

  /// RFC 9535's `S`.
  mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { offset += 1 }
  }

  func error(_ message: String) -> JSONPathError { JSONPathError(message, at: offset) }

  /// Runs `body` one level deeper, so that no query can exhaust the stack.
  mutating func nested<Result>(
    _ body: (inout JSONPathParser) throws(JSONPathError) -> Result
  ) throws(JSONPathError) -> Result {
    guard depth < Self.maxDepth else { throw error("more than \(Self.maxDepth) levels") }
    depth += 1
    let result = try body(&self)
    depth -= 1
    return result
  }
}
