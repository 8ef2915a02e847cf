/// The grammar of RFC 8259 as a loop: what is open lies in the tree builder's list and not on the stack.
struct JSONParser {
  /// What may come next.
  private enum Expectation {
    case value, elementOrEnd, element, keyOrEnd, key, commaOrEnd
  }

  let allowsComments: Bool
  let maxDepth: Int
  var tree: TreeBuilder
  var offset = 0

  init(allowsComments: Bool, maxDepth: Int, text: Span<UInt8>) {
    self.allowsComments = allowsComments
    self.maxDepth = maxDepth
    tree = TreeBuilder(capacity: Self.estimatedRecords(in: text))
  }

  /// About how many values a text holds. Growing the array costs more than all parsing: it is copied, and the memory is
  /// new each time. So some pieces of a large file are looked at first.
  private static func estimatedRecords(in text: Span<UInt8>) -> Int {
    let pieceLength = 4_096
    let pieceCount = 8
    guard text.count > 2 * pieceLength * pieceCount else { return text.count / 16 + 4 }
    var separators = 0
    for piece in 0..<pieceCount {
      let start = text.count / pieceCount * piece
      for offset in start..<start + pieceLength {
        let byte = text[offset]
        let isOpening = byte | 0x20 == UInt8(ascii: "{")
        if isOpening || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ":") { separators += 1 }
      }
    }
    // One value or key for each, and a tenth more.
    return text.count / (pieceLength * pieceCount) * separators * 11 / 10
  }

  mutating func parse(_ text: Span<UInt8>) throws(SyntaxError) {
    if text.count >= 3, text[0] == 0xEF, text[1] == 0xBB, text[2] == 0xBF { offset = 3 }
    var expected = Expectation.value
    while true {
      try skipSpace(text)
      guard offset < text.count else { throw SyntaxError(Self.missing(expected, in: tree.innerKind), at: offset) }
      let byte = text[offset]
      switch expected {
      case .commaOrEnd:
        switch byte {
        case UInt8(ascii: ","):
          offset += 1
          expected = tree.innerKind == .mapping ? .key : .element
          continue
        case UInt8(ascii: "]") where tree.innerKind == .sequence, UInt8(ascii: "}") where tree.innerKind == .mapping:
          close()
        default: throw SyntaxError(Self.missing(expected, in: tree.innerKind), at: offset)
        }
      case .keyOrEnd, .key:
        if byte == UInt8(ascii: "}"), expected == .keyOrEnd || allowsComments {
          close()
        } else {
          guard byte == UInt8(ascii: "\"") else { throw SyntaxError(Self.missing(expected, in: nil), at: offset) }
          try readString(text)
          try skipSpace(text)
          guard offset < text.count, text[offset] == UInt8(ascii: ":") else {
            throw SyntaxError("expected : after the key", at: offset)
          }
          offset += 1
          expected = .value
          continue
        }
      case .value, .elementOrEnd, .element:
        switch byte {
        case UInt8(ascii: "\""): try readString(text)
        case UInt8(ascii: "{"):
          try open(.mapping)
          expected = .keyOrEnd
          continue
        case UInt8(ascii: "["):
          try open(.sequence)
          expected = .elementOrEnd
          continue
        case UInt8(ascii: "]") where expected == .elementOrEnd || (expected == .element && allowsComments): close()
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try readNumber(text)
        case UInt8(ascii: "t"): try readWord("true", text)
        case UInt8(ascii: "f"): try readWord("false", text)
        case UInt8(ascii: "n"): try readWord("null", text)
        default: throw SyntaxError(Self.missing(.value, in: nil), at: offset)
        }
      }
      // A value has ended.
      if tree.depth == 0 { return try finish(text) }
      expected = .commaOrEnd
    }
  }

  private mutating func finish(_ text: Span<UInt8>) throws(SyntaxError) {
    try skipSpace(text)
    if offset < text.count { throw SyntaxError("unexpected text after the value", at: offset) }
  }

  @inline(__always)
  private mutating func open(_ kind: Node.Kind) throws(SyntaxError) {
    guard tree.depth < maxDepth else { throw SyntaxError("more than \(maxDepth) levels", at: offset) }
    tree.open(kind, at: offset)
    offset += 1
  }

  @inline(__always)
  private mutating func close() {
    offset += 1
    tree.close(at: offset)
  }

  private mutating func readWord(_ word: String, _ text: Span<UInt8>) throws(SyntaxError) {
    let end = offset + word.utf8.count
    guard end <= text.count, text.extracting(offset..<end).isEqual(to: word.utf8Span.span) else {
      throw SyntaxError("expected a value", at: offset)
    }
    tree.addScalar(offset..<end, text: offset..<end, isPlain: true)
    offset = end
  }

  /// RFC 8259, 6: `[ minus ] int [ frac ] [ exp ]`.
  @inline(__always)
  private mutating func readNumber(_ text: Span<UInt8>) throws(SyntaxError) {
    let start = offset
    if text[offset] == UInt8(ascii: "-") { offset += 1 }
    if offset < text.count, text[offset] == UInt8(ascii: "0") {
      offset += 1
      if offset < text.count, text[offset].isDigit { throw SyntaxError("a number starts with no extra 0", at: start) }
    } else {
      try skipDigits(text)
    }
    if offset < text.count, text[offset] == UInt8(ascii: ".") {
      offset += 1
      try skipDigits(text)
    }
    if offset < text.count, text[offset] | 0x20 == UInt8(ascii: "e") {
      offset += 1
      if offset < text.count, text[offset] == UInt8(ascii: "+") || text[offset] == UInt8(ascii: "-") { offset += 1 }
      try skipDigits(text)
    }
    tree.addScalar(start..<offset, text: start..<offset, isPlain: true)
  }

  /// One digit at least.
  @inline(__always)
  private mutating func skipDigits(_ text: Span<UInt8>) throws(SyntaxError) {
    let start = offset
    while offset < text.count, text[offset].isDigit { offset += 1 }
    if offset == start { throw SyntaxError("expected a digit", at: offset) }
  }

  @inline(__always)
  private mutating func skipSpace(_ text: Span<UInt8>) throws(SyntaxError) {
    while offset < text.count {
      let byte = text[offset]
      if byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
        offset += 1
      } else if byte == UInt8(ascii: "/"), allowsComments {
        try skipComment(text)
      } else {
        return
      }
    }
  }

  private mutating func skipComment(_ text: Span<UInt8>) throws(SyntaxError) {
    let start = offset
    let isLine = start + 1 < text.count && text[start + 1] == UInt8(ascii: "/")
    guard isLine || (start + 1 < text.count && text[start + 1] == UInt8(ascii: "*")) else {
      throw SyntaxError("expected a value or a comment", at: start)
    }
    offset += 2
    while offset < text.count {
      let byte = text[offset]
      if isLine, byte == 0x0A || byte == 0x0D { return }
      if !isLine, byte == UInt8(ascii: "*"), offset + 1 < text.count, text[offset + 1] == UInt8(ascii: "/") {
        offset += 2
        return
      }
      let length = text.utf8Length(at: offset)
      guard length > 0 else { throw SyntaxError("not UTF-8", at: offset) }
      offset += length
    }
    if !isLine { throw SyntaxError("the comment has no end", at: start) }
  }

  private static func missing(_ expected: Expectation, in kind: Node.Kind?) -> String {
    switch expected {
    case .value, .element: "expected a value"
    case .elementOrEnd: "expected a value or ]"
    case .key: "expected a key in double quotes"
    case .keyOrEnd: "expected a key in double quotes or }"
    case .commaOrEnd: kind == .mapping ? "expected , or }" : "expected , or ]"
    }
  }
}

extension UInt8 {
  @inline(__always)
  var isDigit: Bool { self &- UInt8(ascii: "0") < 10 }
}
