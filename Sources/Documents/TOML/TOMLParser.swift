/// The lines of a TOML file: headers, and keys with their values.
struct TOMLParser {
  var tree: TOMLTree
  var offset = 0
  /// The table of the last header.
  private var section = 0
  /// Where the last entry of the section ends, or its header.
  private var sectionEnd = 0

  init(text: Span<UInt8>, maxDepth: Int) {
    tree = TOMLTree(root: 0..<text.count, maxDepth: maxDepth)
  }

  mutating func parse(_ text: Span<UInt8>) throws(SyntaxError) {
    if text.count >= 3, text[0] == 0xEF, text[1] == 0xBB, text[2] == 0xBF { offset = 3 }
    while true {
      skipBlanks(text)
      if offset == text.count { break }
      switch text[offset] {
      case 0x0A, 0x0D, UInt8(ascii: "#"): break
      case UInt8(ascii: "["):
        endSection()
        try readHeader(text)
        sectionEnd = offset
      default:
        let node = try readKeys(in: section, text)
        try readValue(of: node, text)
        endDottedTables(above: node, in: section)
        sectionEnd = offset
      }
      try readLineEnd(text)
    }
    endSection()
  }

  // MARK: Headers

  private mutating func readHeader(_ text: Span<UInt8>) throws(SyntaxError) {
    offset += 1
    let isArray = peek(text) == UInt8(ascii: "[")
    if isArray { offset += 1 }
    skipBlanks(text)
    var parent = 0
    var key = try readKey(text)
    skipBlanks(text)
    while peek(text) == UInt8(ascii: ".") {
      offset += 1
      skipBlanks(text)
      parent = try openPath(key, in: parent, text)
      key = try readKey(text)
      skipBlanks(text)
    }
    guard peek(text) == UInt8(ascii: "]") else { throw SyntaxError("expected . or ] in the header", at: offset) }
    offset += 1
    if isArray {
      guard peek(text) == UInt8(ascii: "]") else { throw SyntaxError("expected ]] after the header", at: offset) }
      offset += 1
      try openElement(key, in: parent, text)
    } else {
      try openTable(key, in: parent, text)
    }
  }

  /// The table that a part of a header names, of which more parts follow.
  private mutating func openPath(
    _ key: TOMLTree.Piece, in parent: Int, _ text: Span<UInt8>
  ) throws(SyntaxError) -> Int {
    let (child, _) = try tree.child(of: parent, key: key, orNew: .implicitTable, at: offset, text)
    switch tree[child].kind {
    case .implicitTable, .dottedTable, .table: return child
    case .tableArray: return Int(tree[child].lastChild)
    case .scalar, .array, .inlineTable: throw SyntaxError("the key has a value, which is no table", at: Int(key.start))
    }
  }

  private mutating func openTable(_ key: TOMLTree.Piece, in parent: Int, _ text: Span<UInt8>) throws(SyntaxError) {
    let (child, isNew) = try tree.child(of: parent, key: key, orNew: .table, at: offset, text)
    if !isNew {
      guard tree[child].kind == .implicitTable else {
        throw SyntaxError("the table is defined already", at: Int(key.start))
      }
      // What stands at its header is more than what a longer one implies.
      tree[child].kind = .table
      tree[child].key = key
      tree[child].value.start = UInt32(truncatingIfNeeded: offset)
      tree[child].value.end = 0
    }
    section = child
  }

  private mutating func openElement(_ key: TOMLTree.Piece, in parent: Int, _ text: Span<UInt8>) throws(SyntaxError) {
    let (child, isNew) = try tree.child(of: parent, key: key, orNew: .tableArray, at: offset, text)
    guard isNew || tree[child].kind == .tableArray else {
      throw SyntaxError("the key is defined already, but not as an array of tables", at: Int(key.start))
    }
    section = try tree.addElement(to: child, .table, at: offset)
  }

  /// Says where the section ends, and with it all that begins in its header. The way up is as long as the header.
  private mutating func endSection() {
    var index = section
    while index != 0 {
      if tree[index].value.end == 0 || tree[index].kind == .tableArray {
        tree[index].value.end = UInt32(truncatingIfNeeded: sectionEnd)
      }
      index = Int(tree[index].parent)
    }
  }

  // MARK: Keys

  /// Reads `a . "b" =`.
  /// - Returns: the node that waits for its value.
  mutating func readKeys(in table: Int, _ text: Span<UInt8>) throws(SyntaxError) -> Int {
    var parent = table
    var key = try readKey(text)
    skipBlanks(text)
    while peek(text) == UInt8(ascii: ".") {
      offset += 1
      skipBlanks(text)
      let (child, _) = try tree.child(of: parent, key: key, orNew: .dottedTable, at: offset, text)
      switch tree[child].kind {
      case .dottedTable: break
      case .implicitTable: tree[child].kind = .dottedTable
      case .table, .tableArray: throw SyntaxError("the table is defined already, by its header", at: Int(key.start))
      case .scalar, .array, .inlineTable:
        throw SyntaxError("the key has a value already, which cannot be added to", at: Int(key.start))
      }
      parent = child
      key = try readKey(text)
      skipBlanks(text)
    }
    guard peek(text) == UInt8(ascii: "=") else { throw SyntaxError("expected = after the key", at: offset) }
    let (child, isNew) = try tree.child(of: parent, key: key, orNew: .scalar, at: offset, text)
    guard isNew else { throw SyntaxError("the key is defined already", at: Int(key.start)) }
    offset += 1
    skipBlanks(text)
    return child
  }

  /// Says where the tables end that the keys of an entry have made. The way up is as long as the keys.
  mutating func endDottedTables(above node: Int, in table: Int) {
    var index = Int(tree[node].parent)
    while index != table {
      if tree[index].value.end == 0 { tree[index].value.end = UInt32(truncatingIfNeeded: offset) }
      index = Int(tree[index].parent)
    }
  }

  private mutating func readKey(_ text: Span<UInt8>) throws(SyntaxError) -> TOMLTree.Piece {
    let start = offset
    let byte = peek(text)
    if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
      return try readString(quote: byte, isMultiline: false, text)
    }
    while offset < text.count, text[offset].isBareKey { offset += 1 }
    if offset == start { throw SyntaxError("expected a key", at: start) }
    return TOMLTree.Piece(start..<offset, text: start..<offset)
  }

  // MARK: Space

  /// The next byte; 0 at the end of the file, as NUL may stand nowhere.
  @inline(__always)
  func peek(_ text: Span<UInt8>) -> UInt8 { offset < text.count ? text[offset] : 0 }

  @inline(__always)
  mutating func skipBlanks(_ text: Span<UInt8>) {
    while offset < text.count, text[offset] == 0x20 || text[offset] == 0x09 { offset += 1 }
  }

  /// Goes past a line feed with or without a carriage return before it, if one stands here.
  mutating func skipNewline(_ text: Span<UInt8>) -> Bool {
    if peek(text) == 0x0A {
      offset += 1
      return true
    }
    guard peek(text) == 0x0D, offset + 1 < text.count, text[offset + 1] == 0x0A else { return false }
    offset += 2
    return true
  }

  /// Reads what may follow an entry or header in its line.
  private mutating func readLineEnd(_ text: Span<UInt8>) throws(SyntaxError) {
    skipBlanks(text)
    if peek(text) == UInt8(ascii: "#") { try skipComment(text) }
    if offset == text.count || skipNewline(text) { return }
    throw SyntaxError("expected the end of the line", at: offset)
  }

  mutating func skipComment(_ text: Span<UInt8>) throws(SyntaxError) {
    while offset < text.count {
      let byte = text[offset]
      if byte >= 0x80 {
        let length = text.utf8Length(at: offset)
        guard length > 0 else { throw SyntaxError("not UTF-8", at: offset) }
        offset += length
        continue
      }
      if byte < 0x20 || byte == 0x7F, byte != 0x09 {
        let isLineEnd = byte == 0x0A || (byte == 0x0D && offset + 1 < text.count && text[offset + 1] == 0x0A)
        guard isLineEnd else { throw SyntaxError("a control character in a comment", at: offset) }
        return
      }
      offset += 1
    }
  }
}

extension UInt8 {
  /// A letter, a digit, `_` or `-`.
  var isBareKey: Bool {
    isDigit || (self | 0x20) &- UInt8(ascii: "a") < 26 || self == UInt8(ascii: "_") || self == UInt8(ascii: "-")
  }
}
