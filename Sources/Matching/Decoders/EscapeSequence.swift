internal import Findings

/// A few bytes of a text that stand for something else: an escape sequence, or what lies between two parts of a string.
struct EscapeSequence {
  /// In bytes of the text.
  var range: Range<Int>
  var encoding: Encoding
  /// The scalar that it stands for, or the byte; nothing for a joint.
  var value: Value
  /// Whether it stands for something that credentials hold, so that it is worth decoding what is around it.
  var isTelling: Bool

  enum Value {
    case none
    case byte(UInt8)
    case scalar(Unicode.Scalar)
  }

  /// The sequence whose first telling byte (`\`, `%`, `&`, the `+` of `U+`, a closing quote) stands at `place`.
  init?(at place: Int, in text: Span<UInt8>) {
    switch text[place] {
    case UInt8(ascii: "\\"): self.init(backslash: place, text)
    case UInt8(ascii: "%"): self.init(percent: place, text)
    case UInt8(ascii: "&"): self.init(entity: place, text)
    case UInt8(ascii: "+"): self.init(codePoint: place, text)
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"): self.init(joint: place, text)
    default: return nil
    }
  }

  private init?(_ range: Range<Int>, _ encoding: Encoding, byte value: Int) {
    // Control characters are no text; who writes them so means bytes.
    guard value >= 0x80 || ByteClass.text.contains(UInt8(value)) else { return nil }
    // A percent sign or a backslash begins another escape sequence.
    self.init(
      range: range, encoding: encoding, value: .byte(UInt8(truncatingIfNeeded: value)),
      isTelling: ByteClass.token.contains(UInt8(value)) || value == 0x25 || value == 0x5C)
  }

  private init?(_ range: Range<Int>, _ encoding: Encoding, scalar value: Int) {
    if value < 0x80 {
      self.init(range, encoding, byte: value)
    } else {
      let scalar = Unicode.Scalar(UInt32(value)) ?? "\u{FFFD}"
      self.init(range: range, encoding: encoding, value: .scalar(scalar), isTelling: false)
    }
  }

  private init(range: Range<Int>, encoding: Encoding, value: Value, isTelling: Bool) {
    self.range = range
    self.encoding = encoding
    self.value = value
    self.isTelling = isTelling
  }

  /// A joint: nothing of the text stands for it.
  init(joint range: Range<Int>, _ encoding: Encoding) {
    self.init(range: range, encoding: encoding, value: .none, isTelling: true)
  }

  // MARK: Backslash

  private init?(backslash place: Int, _ text: Span<UInt8>) {
    guard place + 1 < text.count else { return nil }
    // In a string within a string the backslash is escaped itself.
    var start = place
    while start > 0, place - start < 8, text[start - 1] == UInt8(ascii: "\\") { start -= 1 }
    let next = text[place + 1]
    switch next {
    case UInt8(ascii: "u"), UInt8(ascii: "U"), UInt8(ascii: "x"):
      let encoding: Encoding = next == UInt8(ascii: "x") ? .hexEscape : .unicodeEscape
      let width = next == UInt8(ascii: "x") ? 2 : next == UInt8(ascii: "u") ? 4 : 8
      guard let number = Self.number(at: place + 2, width: width, text) else { return nil }
      if encoding == .hexEscape, number.value < 0x100 {
        self.init(start..<number.end, encoding, byte: number.value)
      } else {
        self.init(start..<number.end, encoding, scalar: number.value)
      }
    case UInt8(ascii: "0"), UInt8(ascii: "1"):
      if let value = Self.octal(at: place + 1, 3, text), value >= 0x20 {
        self.init(start..<place + 4, .octalEscape, byte: value)
      } else if next == UInt8(ascii: "0"), let value = Self.octal(at: place + 2, 3, text), value >= 0x20 {
        // `echo -e` of shells puts a zero before.
        self.init(start..<place + 5, .octalEscape, byte: value)
      } else {
        return nil
      }
    case 10, 13: self.init(continuation: place, text)
    default: return nil
    }
  }

  /// Digits in braces, or as many as `width`.
  private static func number(at place: Int, width: Int, _ text: Span<UInt8>) -> (value: Int, end: Int)? {
    let hasBraces = place < text.count && text[place] == UInt8(ascii: "{")
    var value = 0
    var offset = hasBraces ? place + 1 : place
    let last = offset + (hasBraces ? 8 : width)
    while offset < min(last, text.count) {
      let digit = DigitAlphabet.hex.value(of: text[offset])
      guard digit < 16 else { break }
      value = value << 4 | Int(digit)
      offset += 1
    }
    if !hasBraces { return offset == last && value <= 0x10_FFFF ? (value, offset) : nil }
    guard offset > place + 1, offset < text.count, text[offset] == UInt8(ascii: "}"), value <= 0x10_FFFF else {
      return nil
    }
    return (value, offset + 1)
  }

  private static func octal(at place: Int, _ width: Int, _ text: Span<UInt8>) -> Int? {
    guard place + width <= text.count else { return nil }
    var value = 0
    for offset in place..<place + width {
      guard text[offset] >= 0x30, text[offset] < 0x38 else { return nil }
      value = value << 3 | Int(text[offset] - 0x30)
    }
    return value < 0x100 ? value : nil
  }

  // MARK: Percent signs, entities, code points

  private init?(percent place: Int, _ text: Span<UInt8>) {
    guard place + 2 < text.count else { return nil }
    if text[place + 1] | 0x20 == UInt8(ascii: "u") {
      // What `escape` of JavaScript gives (ECMA-262, B.2.1.1).
      guard let number = Self.number(at: place + 2, width: 4, text), text[place + 2] != UInt8(ascii: "{") else {
        return nil
      }
      self.init(place..<number.end, .unicodeEscape, scalar: number.value)
      return
    }
    guard let number = Self.number(at: place + 1, width: 2, text), text[place + 1] != UInt8(ascii: "{") else {
      return nil
    }
    self.init(place..<number.end, .percent, byte: number.value)
  }

  private init?(codePoint place: Int, _ text: Span<UInt8>) {
    guard place > 0, text[place - 1] | 0x20 == UInt8(ascii: "u"),
      let number = Self.number(at: place + 1, width: 4, text), text[place + 1] != UInt8(ascii: "{")
    else { return nil }
    var end = number.end
    // Names of characters are written with spaces between them.
    var next = end
    while next < text.count, next - end < 3, [9, 32, UInt8(ascii: ",")].contains(text[next]) { next += 1 }
    if next + 1 < text.count, text[next] | 0x20 == UInt8(ascii: "u"), text[next + 1] == UInt8(ascii: "+") { end = next }
    self.init(place - 1..<end, .codePoint, scalar: number.value)
  }

  private init?(entity place: Int, _ text: Span<UInt8>) {
    let limit = min(text.count, place + 12)
    guard place + 3 < limit else { return nil }
    if text[place + 1] == UInt8(ascii: "#") {
      let isHex = text[place + 2] | 0x20 == UInt8(ascii: "x")
      var offset = place + (isHex ? 3 : 2)
      let first = offset
      var value = 0
      while offset < limit {
        let digit = Int(DigitAlphabet.hex.value(of: text[offset]))
        guard digit < (isHex ? 16 : 10) else { break }
        value = value * (isHex ? 16 : 10) + digit
        offset += 1
      }
      guard offset > first, value <= 0x10_FFFF else { return nil }
      // Browsers do without the semicolon (https://html.spec.whatwg.org/#numeric-character-reference-end-state).
      if offset < text.count, text[offset] == UInt8(ascii: ";") { offset += 1 }
      self.init(place..<offset, .htmlEntity, scalar: value)
      return
    }
    var end = place + 1
    while end < limit, text[end].isASCIILetter { end += 1 }
    guard end < limit, text[end] == UInt8(ascii: ";"), end > place + 1 else { return nil }
    var key: UInt64 = 0
    for offset in place + 1..<min(end, place + 9) { key = key << 8 | UInt64(text[offset]) }
    guard let value = Self.entities[key], end - place <= 9 else { return nil }
    self.init(place..<end + 1, .htmlEntity, byte: Int(value))
    // Markup is full of those that it needs; who names other characters hides something.
    isTelling = isTelling && value != UInt8(ascii: "&")
  }

  /// Named characters of HTML that are ASCII (https://html.spec.whatwg.org/#named-character-references), by their names'
  /// bytes.
  private static let entities: [UInt64: UInt8] = {
    let characters: [(String, Character)] = [
      ("amp", "&"), ("lt", "<"), ("gt", ">"), ("quot", "\""), ("apos", "'"), ("lowbar", "_"), ("hyphen", "-"),
      ("equals", "="), ("plus", "+"), ("sol", "/"), ("colon", ":"), ("period", "."), ("commat", "@"), ("num", "#"),
      ("excl", "!"), ("dollar", "$"), ("percnt", "%"), ("semi", ";"), ("ast", "*"), ("quest", "?"), ("Tab", "\t"),
      ("NewLine", "\n"), ("nbsp", " "), ("bsol", "\\"), ("lpar", "("), ("rpar", ")"), ("comma", ","), ("Hat", "^"),
    ]
    var entities: [UInt64: UInt8] = [:]
    for (name, character) in characters {
      entities[name.utf8.reduce(0) { $0 << 8 | UInt64($1) }] = character.asciiValue
    }
    return entities
  }()
}
