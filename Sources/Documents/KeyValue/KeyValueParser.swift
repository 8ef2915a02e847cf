/// What all dialects need: a place in the file, lines, trimming, notes.
struct KeyValueParser {
  let bytes: [UInt8]
  var offset: Int
  var tree: TreeBuilder
  private(set) var notes: [SyntaxError] = []

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    offset = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    tree = TreeBuilder(capacity: bytes.count / 16 + 4)
  }

  var isAtEnd: Bool { offset >= bytes.count }

  /// The rest of the line without its ending; `offset` goes to the start of the next one.
  mutating func takeLine() -> Range<Int> {
    let start = offset
    while offset < bytes.count, bytes[offset] != 0x0A, bytes[offset] != 0x0D { offset += 1 }
    let end = offset
    skipLineEnd()
    return start..<end
  }

  mutating func skipLineEnd() {
    guard offset < bytes.count else { return }
    if bytes[offset] == 0x0D, offset + 1 < bytes.count, bytes[offset + 1] == 0x0A { offset += 1 }
    if bytes[offset] == 0x0A || bytes[offset] == 0x0D { offset += 1 }
  }

  mutating func skipBlanks() {
    while offset < bytes.count, bytes[offset].isBlank { offset += 1 }
  }

  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var range = range
    while let first = range.first, bytes[first].isBlank { range.removeFirst() }
    while let last = range.last, bytes[last].isBlank { range.removeLast() }
    return range
  }

  mutating func addText(_ range: Range<Int>) {
    tree.addScalar(range, text: range, isPlain: true)
  }

  /// Puts a part of the file into the text of the scalar that is being copied.
  mutating func copyText(_ range: Range<Int>) {
    let bytes = bytes
    tree.addText(bytes.span.extracting(range))
  }

  /// The number that four hexadecimal digits are.
  func codeUnit(at offset: Int) -> UInt32? { bytes.span.hexadecimal(at: offset, count: 4) }

  mutating func note(_ message: String, at offset: Int) {
    if notes.count < KeyValueReader.maxNotes { notes.append(SyntaxError(message, at: offset)) }
  }
}

extension UInt8 {
  /// Space, tab or form feed.
  var isBlank: Bool { self == 0x20 || self == 0x09 || self == 0x0C }
}
