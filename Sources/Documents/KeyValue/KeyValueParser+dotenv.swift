extension KeyValueParser {
  /// `NAME=value`, `export` before it or not; values in quotes may go over lines.
  mutating func parseDotenv() {
    while !isAtEnd {
      skipBlanks()
      let start = offset
      let line = trimmed(takeLine())
      guard let first = line.first, bytes[first] != UInt8(ascii: "#") else { continue }
      guard let separator = line.first(where: { isSeparator($0, in: line) }), separator > first else {
        note("a line without a value", at: start)
        continue
      }
      addText(name(first..<separator))
      offset = separator + 1
      skipBlanks()
      addDotenvValue()
    }
  }

  /// `=`, or the `: ` of YAML, which godotenv and so docker compose take, too.
  private func isSeparator(_ index: Int, in line: Range<Int>) -> Bool {
    if bytes[index] == UInt8(ascii: "=") { return true }
    return bytes[index] == UInt8(ascii: ":") && (index + 1 == line.upperBound || bytes[index + 1].isBlank)
  }

  /// The key without `export`.
  private func name(_ range: Range<Int>) -> Range<Int> {
    let range = trimmed(range)
    let word = Array("export".utf8)
    guard range.count > word.count, bytes[range].starts(with: word), bytes[range.lowerBound + word.count].isBlank else {
      return range
    }
    return trimmed(range.lowerBound + word.count..<range.upperBound)
  }

  /// Adds the value at `offset` and goes behind its line.
  private mutating func addDotenvValue() {
    let start = offset
    if let quote = start < bytes.count ? bytes[start] : nil,
      quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") || quote == UInt8(ascii: "`"),
      let end = closingQuote(from: start + 1, quote: quote)
    {
      addQuoted(start..<end + 1, hasEscapes: quote == UInt8(ascii: "\""))
      offset = end + 1
      _ = takeLine()
      return
    }
    var value = takeLine()
    // A comment starts at a # behind a blank.
    for index in value where bytes[index] == UInt8(ascii: "#") && (index == start || bytes[index - 1].isBlank) {
      value = start..<index
      break
    }
    addText(trimmed(value))
  }

  private func closingQuote(from start: Int, quote: UInt8) -> Int? {
    var index = start
    while index < bytes.count, bytes[index] != quote {
      index += quote == UInt8(ascii: "\"") && bytes[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    return index < bytes.count ? index : nil
  }

  private mutating func addQuoted(_ range: Range<Int>, hasEscapes: Bool) {
    let inner = range.lowerBound + 1..<range.upperBound - 1
    guard hasEscapes, bytes[inner].contains(UInt8(ascii: "\\")) else {
      tree.addScalar(range, text: inner, isPlain: false)
      return
    }
    let textStart = tree.texts.count
    var index = inner.lowerBound
    while index < inner.upperBound {
      let byte = bytes[index]
      index += 1
      guard byte == UInt8(ascii: "\\"), index < inner.upperBound else {
        tree.addText(byte)
        continue
      }
      switch bytes[index] {
      case UInt8(ascii: "n"): tree.addText(0x0A)
      case UInt8(ascii: "r"): tree.addText(0x0D)
      case UInt8(ascii: "t"): tree.addText(0x09)
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "$"): tree.addText(bytes[index])
      default:
        tree.addText(byte)
        tree.addText(bytes[index])
      }
      index += 1
    }
    tree.addScalar(range, copiedFrom: textStart, isPlain: false)
  }
}
