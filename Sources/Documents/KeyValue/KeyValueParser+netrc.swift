extension KeyValueParser {
  /// Words with white space between them; the lines mean nothing but behind `macdef`.
  mutating func parseNetrc() {
    while let word = takeWord() {
      switch String(decoding: bytes[word], as: UTF8.self) {
      case "machine":
        guard let name = takeWord() else { return note("machine without a name", at: word.lowerBound) }
        openMachine(word.lowerBound..<name.upperBound, name: name)
      case "default": openMachine(word, name: word)
      case "login", "user", "password", "account":
        guard let value = takeWord() else { return note("a line without a value", at: word.lowerBound) }
        addText(word)
        addNetrcValue(value)
      case "macdef": skipMacro()
      default: note("not a word that netrc has", at: word.lowerBound)
      }
    }
  }

  private mutating func openMachine(_ range: Range<Int>, name: Range<Int>) {
    if tree.depth > 1 { tree.close(at: range.lowerBound) }
    tree.addScalar(range, text: name, isPlain: true)
    tree.open(.mapping, at: range.upperBound)
  }

  private mutating func addNetrcValue(_ value: Range<Int>) {
    if value.count >= 2, bytes[value.lowerBound] == UInt8(ascii: "\""),
      bytes[value.upperBound - 1] == UInt8(ascii: "\"")
    {
      tree.addScalar(value, text: value.lowerBound + 1..<value.upperBound - 1, isPlain: false)
    } else {
      addText(value)
    }
  }

  /// The next word; comments from a word that starts with # to the end of the line are skipped, as curl does.
  private mutating func takeWord() -> Range<Int>? {
    while !isAtEnd {
      let byte = bytes[offset]
      if byte.isBlank || byte == 0x0A || byte == 0x0D {
        offset += 1
      } else if byte == UInt8(ascii: "#") {
        _ = takeLine()
      } else {
        break
      }
    }
    let start = offset
    if !isAtEnd, bytes[offset] == UInt8(ascii: "\"") {
      offset += 1
      while !isAtEnd, bytes[offset] != UInt8(ascii: "\""), bytes[offset] != 0x0A { offset += 1 }
    }
    while !isAtEnd, !bytes[offset].isBlank, bytes[offset] != 0x0A, bytes[offset] != 0x0D { offset += 1 }
    return start == offset ? nil : start..<offset
  }

  /// A macro ends at an empty line.
  private mutating func skipMacro() {
    _ = takeLine()
    while !isAtEnd, !takeLine().isEmpty {}
  }
}
