// Words, quoting and assignments (POSIX, 2.2 and 2.10; Bash, 3.1.2).

extension ShellParser {
  /// A word up to a blank or an operator; empty where none stands here.
  ///
  /// - Parameter stopsAtBracket: for regular expressions, whose bracket expressions are read elsewhere.
  mutating func readWord(stopsAtBracket: Bool = false) -> ShellWord {
    var parts: [ShellWord.Part] = []
    let start = place
    while place < end {
      if let hole = holeHere() {
        addHole(hole, isQuoted: false, to: &parts)
        continue
      }
      let byte = bytes[place]
      if Self.endsWord(byte) {
        if isProcessSubstitution() {
          readProcessSubstitution(into: &parts)
          continue
        }
        if byte == UInt8(ascii: "("), readExtendedPattern(into: &parts) { continue }
        break
      }
      switch byte {
      case UInt8(ascii: "["), UInt8(ascii: "]"):
        if stopsAtBracket, byte == UInt8(ascii: "[") { return ShellWord(parts: parts, range: start..<place) }
        addPattern(1, to: &parts)
      case UInt8(ascii: "*"), UInt8(ascii: "?"): addPattern(1, to: &parts)
      case UInt8(ascii: "\\"):
        if isAt("\n", 1) {
          place += 2
        } else if isAt("\r", 1), isAt("\n", 2) {
          place += 3
        } else {
          let length = place + 1 < end ? 2 : 1
          addLiteral(place + length - 1..<place + length, isQuoted: true, to: &parts, from: place)
          place += length
        }
      case UInt8(ascii: "'"): readSingleQuotes(into: &parts)
      case UInt8(ascii: "\""): readDoubleQuotes(into: &parts)
      case UInt8(ascii: "$"), UInt8(ascii: "`"): readExpansion(isQuoted: false, into: &parts)
      case 0x0D where isAt("\n", 1): return ShellWord(parts: parts, range: start..<place)
      default:
        let first = place
        while place < end, Self.isOrdinary(bytes[place]), holeHere() == nil { place += 1 }
        if place == first { place += 1 }
        addLiteral(first..<place, isQuoted: false, to: &parts, from: first)
      }
    }
    return ShellWord(parts: parts, range: start..<place)
  }

  private static func isOrdinary(_ byte: UInt8) -> Bool {
    if endsWord(byte) { return false }
    switch byte {
    case UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "\\"),
      UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "$"), UInt8(ascii: "`"), 0x0D:
      return false
    default: return true
    }
  }

  // MARK: Parts

  func addLiteral(
    _ text: Range<Int>, isQuoted: Bool, to parts: inout [ShellWord.Part], from start: Int
  ) {
    add(String(decoding: bytes[text], as: UTF8.self), start..<text.upperBound, isQuoted: isQuoted, to: &parts)
  }

  /// Neighbouring literals with the same quoting become one part.
  func add(_ text: String, _ range: Range<Int>, isQuoted: Bool, to parts: inout [ShellWord.Part]) {
    if let last = parts.indices.last, parts[last].isQuoted == isQuoted,
      parts[last].range.upperBound == range.lowerBound,
      case .literal(var joined) = parts[last].kind
    {
      // The text must have one owner while it grows, or each piece would copy all before it.
      parts[last].kind = .arithmetic
      joined += text
      parts[last].kind = .literal(joined)
      parts[last].range = parts[last].range.lowerBound..<range.upperBound
      return
    }
    parts.append(ShellWord.Part(kind: .literal(text), range: range, isQuoted: isQuoted))
  }

  private mutating func addPattern(_ length: Int, to parts: inout [ShellWord.Part]) {
    let range = place..<min(place + length, end)
    let text = String(decoding: bytes[range], as: UTF8.self)
    parts.append(ShellWord.Part(kind: .pattern(text), range: range, isQuoted: false))
    place = range.upperBound
  }

  mutating func addHole(_ hole: Int, isQuoted: Bool, to parts: inout [ShellWord.Part]) {
    let range = place..<max(place + 1, min(holes[hole].upperBound, end))
    parts.append(ShellWord.Part(kind: .hole(hole), range: range, isQuoted: isQuoted))
    place = range.upperBound
  }

  /// `@(a|b)`, `*(…)`, `?(…)`, `+(…)`, `!(…)`: the sign has been read.
  private mutating func readExtendedPattern(into parts: inout [ShellWord.Part]) -> Bool {
    guard let sign = place > 0 ? bytes[place - 1] : nil, let last = parts.last, last.range.upperBound == place,
      !last.isQuoted, "@*?+!".utf8.contains(sign)
    else { return false }
    var open = 0
    var next = place
    while next < end, next - place < 4_096 {
      switch bytes[next] {
      case UInt8(ascii: "("): open += 1
      case UInt8(ascii: ")"):
        open -= 1
        if open == 0 {
          addPattern(next + 1 - place, to: &parts)
          return true
        }
      case UInt8(ascii: "\\"): next += 1
      case 0x0A: return false
      default: break
      }
      next += 1
    }
    return false
  }

  // MARK: Quotes

  private mutating func readSingleQuotes(into parts: inout [ShellWord.Part]) {
    let open = place
    place += 1
    var start = place
    // Empty quotes are a part, too: they make an empty word.
    add("", open..<place, isQuoted: true, to: &parts)
    while place < end, bytes[place] != UInt8(ascii: "'") {
      if let hole = holeHere() {
        if start < place { addLiteral(start..<place, isQuoted: true, to: &parts, from: start) }
        addHole(hole, isQuoted: true, to: &parts)
        start = place
      } else {
        place += 1
      }
    }
    if start < place { addLiteral(start..<place, isQuoted: true, to: &parts, from: start) }
    close(quoteAt: open, with: UInt8(ascii: "'"), in: &parts)
  }

  private mutating func close(quoteAt open: Int, with quote: UInt8, in parts: inout [ShellWord.Part]) {
    guard place < end, bytes[place] == quote else {
      fail("a quote has no end", at: open)
      return
    }
    if let last = parts.indices.last, parts[last].range.upperBound == place, parts[last].isQuoted,
      case .literal = parts[last].kind
    {
      parts[last].range = parts[last].range.lowerBound..<place + 1
    }
    place += 1
  }

  mutating func readDoubleQuotes(into parts: inout [ShellWord.Part]) {
    let open = place
    guard enter() else { return }
    defer { leave() }
    place += 1
    add("", open..<place, isQuoted: true, to: &parts)
    readQuoted(until: UInt8(ascii: "\""), into: &parts)
    close(quoteAt: open, with: UInt8(ascii: "\""), in: &parts)
  }

  /// Text in which `$`, backquotes and a backslash before one of them mean something.
  ///
  /// - Parameter stop: the quote that ends it; `nil` for a here-document, which ends with the text.
  mutating func readQuoted(until stop: UInt8?, into parts: inout [ShellWord.Part]) {
    var start = place
    func flush(_ parser: inout ShellParser, _ parts: inout [ShellWord.Part]) {
      if start < parser.place {
        parser.addLiteral(start..<parser.place, isQuoted: true, to: &parts, from: start)
      }
    }
    while place < end, bytes[place] != stop {
      if let hole = holeHere() {
        flush(&self, &parts)
        addHole(hole, isQuoted: true, to: &parts)
        start = place
        continue
      }
      switch bytes[place] {
      case UInt8(ascii: "\\") where place + 1 < end:
        let next = bytes[place + 1]
        if next == 0x0A {
          flush(&self, &parts)
          place += 2
          start = place
        } else if next == UInt8(ascii: "$") || next == UInt8(ascii: "`") || next == UInt8(ascii: "\\")
          || (next == UInt8(ascii: "\"") && stop != nil)
        {
          flush(&self, &parts)
          addLiteral(place + 1..<place + 2, isQuoted: true, to: &parts, from: place)
          place += 2
          start = place
        } else {
          place += 2
        }
      case UInt8(ascii: "$"), UInt8(ascii: "`"):
        flush(&self, &parts)
        let before = place
        readExpansion(isQuoted: true, into: &parts)
        if place == before { place += 1 }
        start = place
      default: place += 1
      }
    }
    place = min(place, end)
    flush(&self, &parts)
  }

  // MARK: Assignments

  /// `NAME=`, `NAME+=`, `NAME[…]=` and what follows; `nil`, and nothing taken, where none stands here.
  mutating func readAssignment() -> ShellCommand.Assignment? {
    let start = place
    var next = place
    guard next < end, Self.isNameByte(bytes[next]), !(0x30...0x39).contains(bytes[next]) else { return nil }
    while next < end, Self.isNameByte(bytes[next]) { next += 1 }
    let name = String(decoding: bytes[start..<next], as: UTF8.self)
    if next < end, bytes[next] == UInt8(ascii: "[") {
      var open = 0
      let limit = min(end, next + 512)
      subscript_: while next < limit {
        switch bytes[next] {
        case UInt8(ascii: "["): open += 1
        case UInt8(ascii: "]"):
          open -= 1
          if open == 0 {
            next += 1
            break subscript_
          }
        case 0x0A: return nil
        default: break
        }
        next += 1
      }
      guard open == 0 else { return nil }
    }
    if next < end, bytes[next] == UInt8(ascii: "+") { next += 1 }
    guard next < end, bytes[next] == UInt8(ascii: "=") else { return nil }
    place = next + 1
    if isAt("(") {
      readList()
      return ShellCommand.Assignment(name: name, word: nil, range: start..<place)
    }
    let word = readWord()
    return ShellCommand.Assignment(name: name, word: word, range: start..<place)
  }

  /// The elements of a list in parentheses.
  private mutating func readList() {
    guard enter() else { return }
    defer { leave() }
    let open = place
    place += 1
    while true {
      skipBlankLines()
      guard let byte = byte() else {
        fail("a list has no end", at: open)
        return
      }
      if byte == UInt8(ascii: ")") {
        place += 1
        return
      }
      let before = place
      _ = readWord()
      if place == before {
        fail("unexpected \(String(decoding: [byte], as: UTF8.self)) in a list")
        place += 1
      }
    }
  }
}
