extension KeyValueParser {
  /// What files of sections differ in.
  struct SectionSyntax {
    /// What stands between key and value: the first of these in the line.
    var separators = "=:"
    var continuesByIndentation = false
    /// A value in quotes is what stands within.
    var hasQuotes = false
    /// A key without a value is `true`.
    var hasLoneKeys = false
  }

  mutating func parseSections(_ syntax: SectionSyntax) {
    let separators = Array(syntax.separators.utf8)
    while !isAtEnd {
      let line = takeLine()
      let content = trimmed(line)
      guard let first = content.first, bytes[first] != UInt8(ascii: "#"), bytes[first] != UInt8(ascii: ";") else {
        continue
      }
      if bytes[first] == UInt8(ascii: "[") {
        openSection(content)
      } else if let separator = content.first(where: { separators.contains(bytes[$0]) }), separator > first {
        addText(trimmed(first..<separator))
        let value = trimmed(separator + 1..<content.upperBound)
        if syntax.continuesByIndentation {
          addContinuedValue(value, indentation: first - line.lowerBound)
        } else {
          addValue(value, hasQuotes: syntax.hasQuotes)
        }
      } else if syntax.hasLoneKeys {
        addText(content)
        let textStart = tree.texts.count
        for byte in "true".utf8 { tree.addText(byte) }
        tree.addScalar(content.upperBound..<content.upperBound, copiedFrom: textStart, isPlain: true)
      } else {
        note("a line without a value", at: first)
      }
    }
  }

  private mutating func openSection(_ line: Range<Int>) {
    guard let end = line.last(where: { bytes[$0] == UInt8(ascii: "]") }) else {
      return note("the name of the section has no end", at: line.lowerBound)
    }
    if tree.depth > 1 { tree.close(at: line.lowerBound) }
    tree.addScalar(line.lowerBound..<end + 1, text: trimmed(line.lowerBound + 1..<end), isPlain: true)
    tree.open(.mapping, at: end + 1)
  }

  private mutating func addValue(_ value: Range<Int>, hasQuotes: Bool) {
    if hasQuotes, value.count >= 2, let first = value.first, let last = value.last, bytes[first] == bytes[last],
      bytes[first] == UInt8(ascii: "\"") || bytes[first] == UInt8(ascii: "'")
    {
      tree.addScalar(value, text: first + 1..<last, isPlain: false)
    } else {
      addText(value)
    }
  }

  /// Adds a value with the lines after it that are indented deeper than its key, put together with line feeds.
  private mutating func addContinuedValue(_ value: Range<Int>, indentation: Int) {
    let textStart = tree.texts.count
    var end = value.upperBound
    var isContinued = false
    while true {
      // An empty line does not end a value, but belongs to it only if more comes.
      let start = offset
      skipEmptyLines()
      let line = takeLine()
      let content = trimmed(line)
      guard let first = content.first, first - line.lowerBound > indentation else {
        offset = start
        break
      }
      if bytes[first] == UInt8(ascii: "#") || bytes[first] == UInt8(ascii: ";") { continue }
      if !isContinued {
        isContinued = true
        copyText(value)
      }
      if tree.texts.count > textStart { tree.addText(0x0A) }
      copyText(content)
      end = content.upperBound
    }
    if isContinued {
      tree.addScalar(value.lowerBound..<end, copiedFrom: textStart, isPlain: true)
    } else {
      addText(value)
    }
  }

  /// Goes to the start of the next line with something in it.
  private mutating func skipEmptyLines() {
    var ahead = offset
    while ahead < bytes.count {
      let byte = bytes[ahead]
      ahead += 1
      if byte == 0x0A || byte == 0x0D {
        offset = ahead
      } else if !byte.isBlank {
        return
      }
    }
    offset = ahead
  }
}
