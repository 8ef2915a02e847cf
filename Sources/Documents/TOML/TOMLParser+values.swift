extension TOMLParser {
  /// Reads a value with all that it holds; what is open is found by way of the parents and not on the stack.
  mutating func readValue(of node: Int, _ text: Span<UInt8>) throws(SyntaxError) {
    var current = node
    while true {
      if let inner = try readStart(of: current, text) {
        current = inner
        continue
      }
      // A value has ended: so may the collections around it.
      while true {
        if current == node { return }
        let collection = collection(around: current)
        if let next = try readSeparator(in: collection, after: current, text) {
          current = next
          break
        }
        current = collection
      }
    }
  }

  /// Reads a scalar, an empty collection, or the start of a collection.
  /// - Returns: the first value in the collection, which comes next; `nil` when a value has ended.
  private mutating func readStart(of node: Int, _ text: Span<UInt8>) throws(SyntaxError) -> Int? {
    switch peek(text) {
    case UInt8(ascii: "["):
      try tree.open(.array, node, at: offset)
      offset += 1
      try skipLines(text)
      if peek(text) != UInt8(ascii: "]") { return try tree.addElement(to: node, .scalar, at: offset) }
      close(node)
    case UInt8(ascii: "{"):
      try tree.open(.inlineTable, node, at: offset)
      offset += 1
      skipBlanks(text)
      if peek(text) != UInt8(ascii: "}") { return try readKeys(in: node, text) }
      close(node)
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      tree[node].value = try readString(quote: text[offset], isMultiline: true, text)
    default:
      tree[node].value = try readPlain(text)
    }
    return nil
  }

  /// Reads what stands after a value in a collection.
  /// - Returns: the next value; `nil` when the collection has ended.
  private mutating func readSeparator(
    in collection: Int, after value: Int, _ text: Span<UInt8>
  ) throws(SyntaxError) -> Int? {
    if tree[collection].kind == .array {
      try skipLines(text)
      if peek(text) == UInt8(ascii: ",") {
        offset += 1
        try skipLines(text)
        if peek(text) != UInt8(ascii: "]") { return try tree.addElement(to: collection, .scalar, at: offset) }
      }
      guard peek(text) == UInt8(ascii: "]") else { throw SyntaxError("expected , or ]", at: offset) }
    } else {
      endDottedTables(above: value, in: collection)
      skipBlanks(text)
      if peek(text) == UInt8(ascii: ",") {
        offset += 1
        skipBlanks(text)
        return try readKeys(in: collection, text)
      }
      guard peek(text) == UInt8(ascii: "}") else { throw SyntaxError("expected , or }", at: offset) }
    }
    close(collection)
    return nil
  }

  /// The array or inline table that a value stands in. The way up is as long as the keys of the value.
  private func collection(around value: Int) -> Int {
    var index = Int(tree[value].parent)
    while tree[index].kind == .dottedTable { index = Int(tree[index].parent) }
    return index
  }

  private mutating func close(_ node: Int) {
    offset += 1
    tree[node].value.end = UInt32(truncatingIfNeeded: offset)
  }

  /// Goes past blanks, line ends and comments.
  private mutating func skipLines(_ text: Span<UInt8>) throws(SyntaxError) {
    while true {
      skipBlanks(text)
      if peek(text) == UInt8(ascii: "#") { try skipComment(text) }
      if !skipNewline(text) { return }
    }
  }

  /// Reads a number, a date, a time, `true` or `false`.
  private mutating func readPlain(_ text: Span<UInt8>) throws(SyntaxError) -> TOMLTree.Piece {
    let start = offset
    skipPlain(text)
    // A space may part a date from a time, as a `T` does.
    if offset - start == 10, offset + 1 < text.count, text[offset] == 0x20, text[offset + 1].isDigit,
      TOMLScalar.kind(of: text.extracting(start..<offset)) == .dateTime
    {
      offset += 1
      skipPlain(text)
    }
    guard offset > start else { throw SyntaxError("expected a value", at: start) }
    guard TOMLScalar.kind(of: text.extracting(start..<offset)) != nil else {
      throw SyntaxError("not a number, date, time, true or false", at: start)
    }
    return TOMLTree.Piece(start..<offset, text: start..<offset, isPlain: true)
  }

  private mutating func skipPlain(_ text: Span<UInt8>) {
    while offset < text.count {
      let byte = text[offset]
      guard byte.isBareKey || byte == UInt8(ascii: ".") || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "+") else {
        return
      }
      offset += 1
    }
  }
}
