// Expansions (POSIX, 2.6; Bash, 3.5).

extension ShellParser {
  /// What begins with `$` or a backquote. A `$` that begins nothing is text.
  mutating func readExpansion(isQuoted: Bool, into parts: inout [ShellWord.Part]) {
    let start = place
    if isAt("`") {
      readBackquotes(isQuoted: isQuoted, into: &parts)
      return
    }
    func add(_ kind: ShellWord.Part.Kind, _ parser: ShellParser, _ parts: inout [ShellWord.Part]) {
      parts.append(ShellWord.Part(kind: kind, range: start..<parser.place, isQuoted: isQuoted))
    }
    switch byte(1) {
    case UInt8(ascii: "(")?:
      if isAt("(", 2) {
        guard enter() else { return }
        let isArithmetic = skipArithmetic(from: 3)
        leave()
        if isArithmetic {
          add(.arithmetic, self, &parts)
          return
        }
        if place >= end { return }
      }
      place += 2
      let commands = readSubstitution(from: start)
      add(.command(commands), self, &parts)
    case UInt8(ascii: "{")?: readBracedParameter(isQuoted: isQuoted, into: &parts)
    case UInt8(ascii: "[")?:
      skipOldArithmetic()
      add(.arithmetic, self, &parts)
    case UInt8(ascii: "'")? where !isQuoted: readAnsiQuotes(into: &parts)
    case UInt8(ascii: "\"")? where !isQuoted:
      place += 1
      readDoubleQuotes(into: &parts)
    case let first? where Self.isNameByte(first) && !(0x30...0x39).contains(first):
      place += 1
      let name = place
      while place < end, Self.isNameByte(bytes[place]) { place += 1 }
      add(.parameter(name: String(decoding: bytes[name..<place], as: UTF8.self), operator: nil), self, &parts)
    case let first? where (0x30...0x39).contains(first) || "@*#?-$!".utf8.contains(first):
      place += 2
      add(.parameter(name: String(decoding: [first], as: UTF8.self), operator: nil), self, &parts)
    default:
      place += 1
      addLiteral(start..<place, isQuoted: isQuoted, to: &parts, from: start)
    }
  }

  /// `$[…]`, which Bash still takes.
  private mutating func skipOldArithmetic() {
    guard enter() else { return }
    defer { leave() }
    place += 2
    var open = 1
    while place < end, bytes[place] != 0x0A {
      switch bytes[place] {
      case UInt8(ascii: "["): open += 1
      case UInt8(ascii: "]"):
        open -= 1
        if open == 0 {
          place += 1
          return
        }
      case UInt8(ascii: "$"), UInt8(ascii: "`"):
        let before = place
        var ignored: [ShellWord.Part] = []
        readExpansion(isQuoted: true, into: &ignored)
        if place > before { continue }
      default: break
      }
      place += 1
    }
  }

  /// Commands up to the closing parenthesis.
  private mutating func readSubstitution(from start: Int) -> Range<Int> {
    let first = commands.count
    let outer = context
    context.isCondition = false
    parseList()
    context = outer
    if isAt(")") { place += 1 } else { fail("a ) is missing", at: start) }
    return first..<commands.count
  }

  mutating func readProcessSubstitution(into parts: inout [ShellWord.Part]) {
    let start = place
    place += 2
    let commands = readSubstitution(from: start)
    parts.append(ShellWord.Part(kind: .process(commands), range: start..<place, isQuoted: false))
  }

  // MARK: ${…}

  private mutating func readBracedParameter(isQuoted: Bool, into parts: inout [ShellWord.Part]) {
    let start = place
    guard enter() else { return }
    defer { leave() }
    place += 2
    var prefix: String?
    if isAt("#"), let next = byte(1), next != UInt8(ascii: "}"), !":-=+?%".utf8.contains(next) {
      prefix = "#"
      place += 1
    } else if isAt("!"), let next = byte(1), Self.isNameByte(next) {
      prefix = "!"
      place += 1
    }
    let nameStart = place
    while place < end, Self.isNameByte(bytes[place]) { place += 1 }
    if place == nameStart, let byte = byte(), "@*#?-$!".utf8.contains(byte) { place += 1 }
    let name = String(decoding: bytes[nameStart..<place], as: UTF8.self)
    if isAt("[") {
      // A subscript, which may hold expansions.
      var open = 0
      while place < end, bytes[place] != 0x0A {
        if bytes[place] == UInt8(ascii: "[") { open += 1 }
        if bytes[place] == UInt8(ascii: "]") {
          open -= 1
          if open == 0 {
            place += 1
            break
          }
        }
        if bytes[place] == UInt8(ascii: "$") || bytes[place] == UInt8(ascii: "`") {
          let before = place
          var ignored: [ShellWord.Part] = []
          readExpansion(isQuoted: true, into: &ignored)
          if place > before { continue }
        }
        place += 1
      }
    }
    let signStart = place
    while place < end, place - signStart < 2, ":-+=?#%/^,@".utf8.contains(bytes[place]) { place += 1 }
    let sign = String(decoding: bytes[signStart..<place], as: UTF8.self)
    var nested: [ShellWord.Part] = []
    readBracedWord(isQuoted: isQuoted, into: &nested)
    if isAt("}") { place += 1 } else { fail("a } is missing", at: start) }
    let shownSign = prefix ?? (sign.isEmpty ? nil : sign)
    parts.append(
      ShellWord.Part(
        kind: .parameter(name: name, operator: shownSign), range: start..<place, isQuoted: isQuoted))
    // What the default expands can come out too.
    for part in nested {
      switch part.kind {
      case .parameter, .command, .hole: parts.append(part)
      default: break
      }
    }
  }

  /// Up to the closing brace, with quotes and expansions of its own.
  private mutating func readBracedWord(isQuoted: Bool, into parts: inout [ShellWord.Part]) {
    while place < end {
      if let hole = holeHere() {
        addHole(hole, isQuoted: isQuoted, to: &parts)
        continue
      }
      switch bytes[place] {
      case UInt8(ascii: "}"): return
      case UInt8(ascii: "\\"): place = min(place + 2, end)
      case UInt8(ascii: "'") where !isQuoted:
        let open = place
        place += 1
        while place < end, bytes[place] != UInt8(ascii: "'") { place += 1 }
        if place < end { place += 1 } else { fail("a quote has no end", at: open) }
      case UInt8(ascii: "\""): readDoubleQuotes(into: &parts)
      case UInt8(ascii: "$"), UInt8(ascii: "`"):
        let before = place
        readExpansion(isQuoted: isQuoted, into: &parts)
        if place == before { place += 1 }
      default: place += 1
      }
    }
  }

  // MARK: $'…' and backquotes

  private mutating func readAnsiQuotes(into parts: inout [ShellWord.Part]) {
    let start = place
    place += 2
    var text: [UInt8] = []
    while place < end, bytes[place] != UInt8(ascii: "'") {
      if isAt("\\"), place + 1 < end {
        readAnsiEscape(into: &text)
      } else {
        text.append(bytes[place])
        place += 1
      }
    }
    if place < end { place += 1 } else { fail("a quote has no end", at: start) }
    add(String(decoding: text, as: UTF8.self), start..<place, isQuoted: true, to: &parts)
  }

  /// Bash, 3.1.2.4.
  private mutating func readAnsiEscape(into text: inout [UInt8]) {
    let letter = bytes[place + 1]
    place += 2
    func number(_ parser: inout ShellParser, radix: UInt32, limit: Int) -> UInt32 {
      var value: UInt32 = 0
      var count = 0
      while count < limit, let byte = parser.byte(),
        let digit = Character(Unicode.Scalar(byte)).hexDigitValue, digit < radix
      {
        value = value &* radix &+ UInt32(digit)
        parser.place += 1
        count += 1
      }
      return value
    }
    switch letter {
    case UInt8(ascii: "n"): text.append(10)
    case UInt8(ascii: "t"): text.append(9)
    case UInt8(ascii: "r"): text.append(13)
    case UInt8(ascii: "a"): text.append(7)
    case UInt8(ascii: "b"): text.append(8)
    case UInt8(ascii: "f"): text.append(12)
    case UInt8(ascii: "v"): text.append(11)
    case UInt8(ascii: "e"), UInt8(ascii: "E"): text.append(27)
    case UInt8(ascii: "x"): text.append(UInt8(truncatingIfNeeded: number(&self, radix: 16, limit: 2)))
    case UInt8(ascii: "u"), UInt8(ascii: "U"):
      let value = number(&self, radix: 16, limit: letter == UInt8(ascii: "u") ? 4 : 8)
      text += Array(String(Character(Unicode.Scalar(value) ?? "\u{FFFD}")).utf8)
    case 0x30...0x37:
      place -= 1
      text.append(UInt8(truncatingIfNeeded: number(&self, radix: 8, limit: 3)))
    default: text.append(letter)
    }
  }

  /// Old substitution: within it a backslash before `$`, a backquote or a backslash is one.
  private mutating func readBackquotes(isQuoted: Bool, into parts: inout [ShellWord.Part]) {
    let start = place
    place += 1
    var inner: [UInt8] = []
    var offsets: [Int] = []
    var innerHoles: [Range<Int>] = []
    while place < end, bytes[place] != UInt8(ascii: "`") {
      if let hole = holeHere() {
        let range = place..<max(place + 1, min(holes[hole].upperBound, end))
        innerHoles.append(inner.count..<inner.count + range.count)
        for offset in range {
          inner.append(bytes[offset])
          offsets.append(offset)
        }
        place = range.upperBound
        continue
      }
      if isAt("\\"), let next = byte(1),
        next == UInt8(ascii: "`") || next == UInt8(ascii: "\\") || next == UInt8(ascii: "$")
          || (isQuoted && next == UInt8(ascii: "\""))
      {
        place += 1
      }
      inner.append(bytes[place])
      offsets.append(place)
      place += 1
    }
    if place < end { place += 1 } else { fail("a ` is missing", at: start) }
    let range = parseNested(NestedScript(bytes: inner, offsets: offsets, holes: innerHoles), parent: context.parent)
    parts.append(ShellWord.Part(kind: .command(range), range: start..<place, isQuoted: isQuoted))
  }
}
