// Reports are compared byte by byte, so keys must stand in an order that we choose. JSONEncoder can only sort them or
// leave them in the order of a hash table, and JSONSerialization needs all of Foundation; so the writing is done here.

/// Writes JSON (RFC 8259) as UTF-8, keys in the order in which they are given.
///
/// ```swift
/// var writer = JSONWriter(isPretty: false)
/// writer.object { object in
///   object.member("uri", "a.py")
///   object.array("lines") { $0.element(12) }
/// }
/// // {"uri":"a.py","lines":[12]}
/// ```
package struct JSONWriter {
  package private(set) var bytes: [UInt8] = []
  private let isPretty: Bool
  private var depth = 0
  private var isFirst = true

  /// - Parameter isPretty: one member or element a line, indented by two spaces; else everything on one line.
  package init(isPretty: Bool) {
    self.isPretty = isPretty
  }

  /// Makes room for about as many bytes: growing copies all that is there.
  mutating func reserve(_ capacity: Int) { bytes.reserveCapacity(capacity) }

  // MARK: Values at the top and in arrays

  package mutating func object(_ body: (inout JSONWriter) -> Void) {
    separate()
    enclose(UInt8(ascii: "{"), UInt8(ascii: "}"), body)
  }

  package mutating func array(_ body: (inout JSONWriter) -> Void) {
    separate()
    enclose(UInt8(ascii: "["), UInt8(ascii: "]"), body)
  }

  package mutating func element(_ text: String) {
    separate()
    quote(text)
  }

  package mutating func element(_ number: Int) {
    separate()
    append(String(number))
  }

  // MARK: Members of objects

  package mutating func object(_ key: String, _ body: (inout JSONWriter) -> Void) {
    self.key(key)
    enclose(UInt8(ascii: "{"), UInt8(ascii: "}"), body)
  }

  package mutating func array(_ key: String, _ body: (inout JSONWriter) -> Void) {
    self.key(key)
    enclose(UInt8(ascii: "["), UInt8(ascii: "]"), body)
  }

  package mutating func member(_ key: String, _ text: String) {
    self.key(key)
    quote(text)
  }

  package mutating func member(_ key: String, _ number: Int) {
    self.key(key)
    append(String(number))
  }

  package mutating func member(_ key: String, _ flag: Bool) {
    self.key(key)
    append(flag ? "true" : "false")
  }

  /// Writes nothing when there is no text: a report holds neither `null` nor empty strings.
  package mutating func member(_ key: String, ifPresent text: String?) {
    if let text, !text.isEmpty { member(key, text) }
  }

  /// Writes nothing when there are no texts.
  package mutating func array(_ key: String, ifPresent texts: [String]) {
    if texts.isEmpty { return }
    array(key) { array in
      for text in texts { array.element(text) }
    }
  }

  /// Ends a line: after the last value of a file and after each object of JSON lines.
  package mutating func endLine() {
    bytes.append(UInt8(ascii: "\n"))
    isFirst = true
  }

  // MARK: Bytes

  private mutating func enclose(_ open: UInt8, _ close: UInt8, _ body: (inout JSONWriter) -> Void) {
    bytes.append(open)
    depth += 1
    isFirst = true
    body(&self)
    depth -= 1
    if !isFirst { breakLine() }
    bytes.append(close)
    isFirst = false
  }

  private mutating func separate() {
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    isFirst = false
    if depth > 0 { breakLine() }
  }

  private mutating func breakLine() {
    guard isPretty else { return }
    bytes.append(UInt8(ascii: "\n"))
    for _ in 0..<depth {
      bytes.append(UInt8(ascii: " "))
      bytes.append(UInt8(ascii: " "))
    }
  }

  private mutating func key(_ key: String) {
    separate()
    quote(key)
    bytes.append(UInt8(ascii: ":"))
    if isPretty { bytes.append(UInt8(ascii: " ")) }
  }

  private mutating func append(_ text: String) {
    bytes.append(contentsOf: text.utf8)
  }

  private mutating func quote(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    let span = text.utf8Span.span
    var start = 0
    while true {
      let end = Self.plainEnd(of: span, from: start)
      // Nearly every text can be copied as a whole.
      if end > start {
        unsafe span.extracting(start..<end).withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
      }
      guard end < span.count else { break }
      // Everything else may stand as it is (RFC 8259, 7), U+2028 and U+2029 too; DEL is left alone for the same reason.
      switch span[end] {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(span[end])
      default: escape(span[end])
      }
      start = end + 1
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Where the next byte stands that must be escaped, at or after `start`.
  private static func plainEnd(of text: Span<UInt8>, from start: Int) -> Int {
    var offset = start
    let ones: UInt64 = 0x0101_0101_0101_0101
    // Eight bytes at a time: a byte's high bit is set in the result where it is below 0x20, a quote or a backslash. A borrow
    // can set it in a byte after the first such byte as well, never before, and the bytes there are looked at one by one.
    while offset &+ 8 <= text.count {
      // The test above keeps the load within the span.
      let word = unsafe text.bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndian
      let quotes = word ^ 0x2222_2222_2222_2222
      let backslashes = word ^ 0x5C5C_5C5C_5C5C_5C5C
      let controls = (word &- ones &* 0x20) & ~word
      let found =
        (controls | ((quotes &- ones) & ~quotes) | ((backslashes &- ones) & ~backslashes)) & 0x8080_8080_8080_8080
      if found != 0 { break }
      offset &+= 8
    }
    while offset < text.count {
      let byte = text[offset]
      if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return offset }
      offset &+= 1
    }
    return offset
  }

  private mutating func escape(_ control: UInt8) {
    switch control {
    case 0x08: append("\\b")
    case 0x09: append("\\t")
    case 0x0A: append("\\n")
    case 0x0C: append("\\f")
    case 0x0D: append("\\r")
    default: append("\\u00" + Digits.hex(control))
    }
  }
}

private enum Digits {
  static func hex(_ byte: UInt8) -> String {
    let text = String(byte, radix: 16)
    return byte < 16 ? "0" + text : text
  }
}
