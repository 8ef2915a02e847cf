// Compound commands and functions (POSIX, 2.9.4 and 2.9.5; Bash, 3.2.5 and 3.3).

extension ShellParser {
  /// - Returns: whether one stood here.
  mutating func parseCompound() -> Bool {
    guard let first = byte() else { return false }
    switch first {
    case UInt8(ascii: "("):
      guard enter() else { return true }
      defer { leave() }
      if isAt("(", 1), skipArithmetic(from: 2) { return true }
      place += 1
      within { parser in
        parser.context.depth += 1
        parser.parseList()
      }
      expectSign(")")
      return true
    case UInt8(ascii: "{"):
      guard isWord("{") else { return false }
      place += 1
      parseList()
      expect("}")
      return true
    case UInt8(ascii: "["):
      guard isWord("[[") else { return false }
      parseConditional()
      return true
    case UInt8(ascii: "i"):
      guard take("if") else { return false }
      parseIf()
      return true
    case UInt8(ascii: "w"):
      guard take("while") else { return false }
      parseLoop()
      return true
    case UInt8(ascii: "u"):
      guard take("until") else { return false }
      parseLoop()
      return true
    case UInt8(ascii: "f"):
      if take("for") {
        parseFor()
        return true
      }
      guard take("function") else { return false }
      parseFunctionKeyword()
      return true
    case UInt8(ascii: "s"):
      guard take("select") else { return false }
      parseFor()
      return true
    case UInt8(ascii: "c"):
      if take("case") {
        parseCase()
        return true
      }
      guard take("coproc") else { return false }
      skipBlanks()
      // A name may stand before a compound command.
      let start = place
      let name = plainWordHere()
      place += name.count
      skipBlanks()
      if !isAt("{") && !isAt("(") { place = start }
      _ = parseCommand()
      return true
    default: return false
    }
  }

  /// Runs `body` and takes the context back to what it is now.
  private mutating func within(_ body: (inout ShellParser) -> Void) {
    let outer = context
    body(&self)
    context = outer
  }

  mutating func expectSign(_ sign: Unicode.Scalar) {
    if isAt(sign) { place += 1 } else if place < end || errors.isEmpty { fail("\(sign) is missing") }
  }

  private mutating func expect(_ word: StaticString) {
    skipBlankLines()
    if !take(word), place < end || errors.isEmpty { fail("\(word) is missing") }
  }

  // MARK: if, while, for, case

  private mutating func parseIf() {
    guard enter() else { return }
    defer { leave() }
    while true {
      condition { $0.parseList() }
      expect("then")
      parseList()
      if take("elif") { continue }
      if take("else") { parseList() }
      expect("fi")
      return
    }
  }

  private mutating func condition(_ body: (inout ShellParser) -> Void) {
    let outer = context.isCondition
    context.isCondition = true
    body(&self)
    context.isCondition = outer
  }

  private mutating func parseLoop() {
    within { parser in
      parser.context.isInLoop = true
      parser.condition { $0.parseList() }
      parser.parseDoGroup()
    }
  }

  private mutating func parseDoGroup() {
    skipBlankLines()
    if isAt(";") { place += 1 }
    skipBlankLines()
    if isWord("{") {
      place += 1
      parseList()
      expect("}")
      return
    }
    expect("do")
    parseList()
    expect("done")
  }

  private mutating func parseFor() {
    skipBlanks()
    if isAt("(("), skipArithmetic(from: 2) {
      within { parser in
        parser.context.isInLoop = true
        parser.parseDoGroup()
      }
      return
    }
    let name = readWord()
    if name.range.isEmpty { fail("for without a name") }
    skipBlankLines()
    if take("in") {
      while true {
        skipBlanks()
        guard let byte = byte(), !Self.endsWord(byte) || isProcessSubstitution() else { break }
        let before = place
        _ = readWord()
        if place == before { break }
      }
    }
    within { parser in
      parser.context.isInLoop = true
      parser.parseDoGroup()
    }
  }

  private mutating func parseCase() {
    guard enter() else { return }
    defer { leave() }
    skipBlanks()
    _ = readWord()
    expect("in")
    while true {
      skipBlankLines()
      if take("esac") { return }
      guard place < end else {
        if errors.isEmpty { fail("esac is missing") }
        return
      }
      if isAt("(") { place += 1 }
      let before = place
      while true {
        skipBlanks()
        _ = readWord()
        skipBlanks()
        guard isAt("|") else { break }
        place += 1
      }
      guard isAt(")"), place > before else {
        fail("a pattern of case is missing its )")
        // On with the next line.
        while place < end, bytes[place] != 0x0A { place += 1 }
        if place == before { place += 1 }
        continue
      }
      place += 1
      parseList()
      skipBlankLines()
      if isAt(";;&") {
        place += 3
      } else if isAt(";;") || isAt(";&") {
        place += 2
      } else if !isWord("esac") {
        guard place < end else { continue }
        fail(";; is missing")
        place += 1
      }
    }
  }

  // MARK: Functions

  private mutating func parseFunctionKeyword() {
    skipBlanks()
    let start = place
    while place < end, !Self.endsWord(bytes[place]) { place += 1 }
    if place == start { fail("function without a name") }
    skipBlanks()
    if isAt("(") {
      place += 1
      skipBlanks()
      expectSign(")")
    }
    parseBody()
  }

  /// `name ()`; the name was read as the first word of a command.
  mutating func parseFunctionBody(named name: ShellCommand) {
    place += 1
    skipBlanks()
    expectSign(")")
    parseBody()
  }

  private mutating func parseBody() {
    guard enter() else { return }
    defer { leave() }
    skipBlankLines()
    within { parser in
      parser.context.isInFunction = true
      if !parser.parseCompound() {
        // Bash wants a compound command; other shells take any.
        parser.parseSimpleCommand()
      }
      parser.parseRedirections(of: nil)
    }
  }

  // MARK: [[ ]] and (( ))

  /// A command named `[[` with the words of the expression.
  private mutating func parseConditional() {
    let index = commands.count
    let start = place
    var command = ShellCommand(range: start..<start)
    command.depth = context.depth
    command.parent = context.parent
    command.isCondition = context.isCondition
    command.isInFunction = context.isInFunction
    command.isInLoop = context.isInLoop
    let sign = ShellWord.Part(kind: .literal("[["), range: start..<start + 2, isQuoted: false)
    command.words = [ShellWord(parts: [sign], range: start..<start + 2)]
    commands.append(command)
    place += 2
    let outer = context
    context.parent = index
    context.depth += 1
    defer {
      context = outer
      commands[index].range = start..<place
    }
    var followsMatch = false
    while true {
      skipBlankLines()
      guard let byte = byte() else {
        fail("]] is missing")
        return
      }
      if isWord("]]") {
        place += 2
        return
      }
      let before = place
      if followsMatch {
        commands[index].words.append(readRegularExpression())
        followsMatch = false
      } else if Self.endsWord(byte), !isProcessSubstitution() {
        place += byte == UInt8(ascii: ";") ? 0 : 1
        if place == before {
          fail("]] is missing")
          return
        }
        continue
      } else {
        let word = readWord()
        followsMatch = word.text == "=~"
        commands[index].words.append(word)
      }
      if place == before { place += 1 }
    }
  }

  /// The right side of `=~`: parentheses and bars belong to it.
  private mutating func readRegularExpression() -> ShellWord {
    let start = place
    var parts: [ShellWord.Part] = []
    var open = 0
    while let byte = byte() {
      if byte == 0x0A || (open == 0 && (byte == 0x20 || byte == 0x09)) { break }
      if byte == UInt8(ascii: "(") {
        open += 1
      } else if byte == UInt8(ascii: ")") {
        if open == 0 { break }
        open -= 1
      } else if byte == UInt8(ascii: "["), skipBracketExpression() {
        continue
      } else if !Self.endsWord(byte) {
        let before = place
        let word = readWord(stopsAtBracket: true)
        parts += word.parts
        if place > before { continue }
      }
      place += 1
    }
    return ShellWord(parts: parts, range: start..<place)
  }

  /// `[[:space:]()]` within a regular expression, up to its `]`.
  private mutating func skipBracketExpression() -> Bool {
    var next = place + 1
    if next < end, bytes[next] == UInt8(ascii: "^") { next += 1 }
    if next < end, bytes[next] == UInt8(ascii: "]") { next += 1 }
    while next < end, bytes[next] != 0x0A, next - place < 512 {
      if bytes[next] == UInt8(ascii: "["), next + 1 < end, [0x3A, 0x2E, 0x3D].contains(bytes[next + 1]) {
        let sign = bytes[next + 1]
        next += 2
        while next + 1 < end, bytes[next] != 0x0A, !(bytes[next] == sign && bytes[next + 1] == UInt8(ascii: "]")) {
          next += 1
        }
        next += 2
        continue
      }
      if bytes[next] == UInt8(ascii: "]") {
        place = next + 1
        return true
      }
      if bytes[next] == UInt8(ascii: "$") || bytes[next] == UInt8(ascii: "\"") || bytes[next] == UInt8(ascii: "'") {
        return false
      }
      next += 1
    }
    return false
  }

  /// Takes what stands between double parentheses.
  ///
  /// - Parameter length: of the opening sign: 2 for `((`, 3 for `$((`.
  /// - Returns: whether it is arithmetic; if not, nothing is taken: it is a subshell in a subshell.
  mutating func skipArithmetic(from length: Int) -> Bool {
    let start = place
    let firstCommand = commands.count
    let errorCount = errors.count
    place += length
    var open = 2
    while place < end {
      if let hole = holeHere() {
        place = holes[hole].upperBound
        continue
      }
      switch bytes[place] {
      case UInt8(ascii: "("): open += 1
      case UInt8(ascii: ")"):
        open -= 1
        if open == 1 {
          guard isAt(")", 1) else {
            place = start
            commands.removeSubrange(firstCommand...)
            return false
          }
          place += 2
          return true
        }
      case UInt8(ascii: "$"), UInt8(ascii: "`"):
        let before = place
        var parts: [ShellWord.Part] = []
        readExpansion(isQuoted: true, into: &parts)
        if place > before { continue }
      case UInt8(ascii: "\\"): place += 1
      default: break
      }
      place += 1
    }
    place = start
    if commands.count > firstCommand { commands.removeSubrange(firstCommand...) }
    forgetErrors(from: errorCount)
    return false
  }
}
