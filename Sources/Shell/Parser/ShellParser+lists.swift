// Lists, pipelines and simple commands (POSIX, 2.9.1 to 2.9.3).

extension ShellParser {
  /// Whether a list ends here. A terminator of an outer construct ends it too: its own is missing then.
  func isTerminated() -> Bool {
    guard let byte = byte() else { return true }
    switch byte {
    case UInt8(ascii: ")"): return true
    case UInt8(ascii: ";"): return isAt(";", 1) || isAt("&", 1)
    case UInt8(ascii: "}"): return isWord("}")
    case UInt8(ascii: "t"): return isWord("then")
    case UInt8(ascii: "e"): return isWord("else") || isWord("elif") || isWord("esac")
    case UInt8(ascii: "f"): return isWord("fi")
    case UInt8(ascii: "d"): return isWord("do") || isWord("done")
    default: return false
    }
  }

  /// Commands up to what can only end a list: a keyword such as `fi`, or `)`, `}`, `;;`. Who called says which it must be.
  mutating func parseList() {
    guard enter() else { return }
    defer { leave() }
    var joiner: ShellCommand.Joiner?
    while true {
      skipBlankLines()
      if isTerminated() { return }
      let first = commands.count
      let start = place
      parseAndOr(joinedBy: joiner)
      if place == start, isAt(";") || isAt("&") { fail("a command is missing") }
      skipBlanks()
      joiner = .sequence
      switch byte() {
      case UInt8(ascii: ";"):
        if isAt(";", 1) || isAt("&", 1) { return }
        place += 1
      case UInt8(ascii: "&"):
        place += 1
        for index in first..<commands.count where commands[index].depth == context.depth {
          commands[index].isInBackground = true
        }
        joiner = .background
      case 0x0A: takeNewline()
      case nil: return
      default:
        if isTerminated() { return }
        fail("a line break or ; is missing")
        let before = place
        _ = readWord()
        if place == before { place += 1 }
      }
    }
  }

  private mutating func parseAndOr(joinedBy joiner: ShellCommand.Joiner?) {
    var joiner = joiner
    while true {
      let first = commands.count
      parsePipeline(joinedBy: joiner)
      skipBlanks()
      if isAt("&&") {
        joiner = .and
      } else if isAt("||") {
        joiner = .or
      } else {
        return
      }
      for index in first..<commands.count where commands[index].depth == context.depth {
        commands[index].isCondition = true
      }
      place += 2
      skipBlankLines()
      if isTerminated() {
        fail("a command is missing after \(joiner?.rawValue ?? "")")
        return
      }
    }
  }

  private mutating func parsePipeline(joinedBy joiner: ShellCommand.Joiner?) {
    let number = pipelineCount
    pipelineCount += 1
    var joiner = joiner
    var isNegated = false
    var index = 0
    while true {
      skipBlanks()
      while isWord("!") || isWord("time") {
        if take("!") {
          isNegated.toggle()
        } else {
          guard isKeywordTime() else { break }
          _ = take("time")
          skipBlanks()
          _ = take("-p")
        }
        skipBlanks()
      }
      if byte() == nil || isAt("\n") || isAt(";") || isTerminated() { return }
      let first = commands.count
      let isSimple = parseCommand()
      if first < commands.count {
        for command in first..<commands.count where commands[command].depth == context.depth {
          if isNegated { commands[command].isCondition = true }
          // What a compound command holds has pipelines of its own.
          if commands[command].pipeline < number || command == first && isSimple {
            commands[command].pipeline = number
            commands[command].pipelineIndex = index
          }
        }
        commands[first].joiner = commands[first].joiner ?? joiner
        commands[first].isNegated = isNegated
      }
      skipBlanks()
      guard isAt("|"), !isAt("|", 1) else { return }
      joiner = isAt("&", 1) ? .pipeBoth : .pipe
      place += joiner == .pipe ? 1 : 2
      index += 1
      skipBlankLines()
      if isTerminated() {
        fail("a command is missing after |")
        return
      }
    }
  }

  /// `time` before a pipeline, and not the name of a program that takes flags.
  private func isKeywordTime() -> Bool {
    var next = place + 4
    while next < end, bytes[next] == 0x20 || bytes[next] == 0x09 { next += 1 }
    guard next < end, bytes[next] == UInt8(ascii: "-") else { return true }
    return next + 2 < end && bytes[next + 1] == UInt8(ascii: "p") && Self.endsWord(bytes[next + 2])
  }

  // MARK: Simple commands

  /// - Returns: whether it was a simple command.
  mutating func parseCommand() -> Bool {
    if parseCompound() {
      parseRedirections(of: nil)
      return false
    }
    parseSimpleCommand()
    return true
  }

  mutating func parseSimpleCommand() {
    guard commands.count < ShellScript.maxCommands else {
      fail("too many commands")
      place = end
      return
    }
    let index = commands.count
    let start = place
    var command = ShellCommand(range: start..<start)
    command.depth = context.depth
    command.parent = context.parent
    command.isCondition = context.isCondition
    command.isInFunction = context.isInFunction
    command.isInLoop = context.isInLoop
    commands.append(command)
    let outer = context
    context.parent = index
    context.depth += 1
    context.isCondition = false
    var stop = start
    while true {
      skipBlanks()
      guard let byte = byte() else { break }
      if parseRedirection(of: index) {
        stop = place
        continue
      }
      if byte == UInt8(ascii: "("), commands[index].words.count == 1, isFunctionDefinition() {
        context = outer
        let name = commands[index]
        commands.removeSubrange(index...)
        parseFunctionBody(named: name)
        return
      }
      if Self.endsWord(byte), !isProcessSubstitution() { break }
      if commands[index].words.isEmpty, let assignment = readAssignment() {
        commands[index].assignments.append(assignment)
        stop = place
        continue
      }
      let before = place
      let word = isDeclaration(commands[index]) ? readDeclarationWord() : readWord()
      guard place > before else { break }
      commands[index].words.append(word)
      stop = place
    }
    context = outer
    commands[index].range = start..<max(start, stop)
    if stop == start {
      if byte() == UInt8(ascii: "(") || byte() == UInt8(ascii: "&") || byte() == UInt8(ascii: "|") {
        fail("a command is missing")
        place += 1
      }
      if commands.count == index + 1 { commands.removeLast() }
      return
    }
    if byte() == UInt8(ascii: "(") {
      fail("unexpected (")
      place += 1
    }
    commands[index].peelWrappers()
    parseNestedScripts(of: index)
  }

  private func isFunctionDefinition() -> Bool {
    var next = place + 1
    while next < end, bytes[next] == 0x20 || bytes[next] == 0x09 { next += 1 }
    return next < end && bytes[next] == UInt8(ascii: ")")
  }

  /// Builtins whose arguments may be assignments of lists.
  private func isDeclaration(_ command: ShellCommand) -> Bool {
    guard let name = command.words.first?.text else { return false }
    return ["declare", "typeset", "local", "export", "readonly"].contains(name)
  }

  private mutating func readDeclarationWord() -> ShellWord {
    let start = place
    guard let assignment = readAssignment() else { return readWord() }
    var word = assignment.word ?? ShellWord(parts: [], range: start..<place)
    let name = ShellWord.Part(
      kind: .literal(assignment.name + "="), range: start..<word.range.lowerBound, isQuoted: false)
    word.parts.insert(name, at: 0)
    word.range = start..<place
    return word
  }

  // MARK: Redirections

  mutating func parseRedirections(of command: Int?) {
    repeat { skipBlanks() } while parseRedirection(of: command)
  }

  private static let signs: [StaticString] = [
    "&>>", "<<<", "<<-", "&>", ">>", ">&", ">|", "<<", "<&", "<>", ">", "<",
  ]

  /// - Returns: whether one stood here.
  mutating func parseRedirection(of command: Int?) -> Bool {
    let start = place
    var next = place
    if isAt("{") {
      next += 1
      while next < end, Self.isNameByte(bytes[next]) { next += 1 }
      guard next < end, bytes[next] == UInt8(ascii: "}"), next > place + 1 else { return false }
      next += 1
    } else {
      while next < end, (0x30...0x39).contains(bytes[next]) { next += 1 }
    }
    guard next < end,
      bytes[next] == UInt8(ascii: "<") || bytes[next] == UInt8(ascii: ">") || bytes[next] == UInt8(ascii: "&")
    else { return false }
    let descriptorRange = start..<next
    place = next
    guard let sign = Self.signs.first(where: { isAt($0) }) else {
      place = start
      return false
    }
    if isProcessSubstitution() || bytes[next] == UInt8(ascii: "&") && !descriptorRange.isEmpty {
      place = start
      return false
    }
    place += sign.utf8CodeUnitCount
    let signText = "\(sign)"
    skipBlanks()
    let isHere = signText == "<<" || signText == "<<-"
    let target = readWord()
    if target.range.isEmpty { fail("\(signText) without a name behind it") }
    var redirection = ShellCommand.Redirection(
      sign: signText,
      descriptor: descriptorRange.isEmpty ? nil : String(decoding: bytes[descriptorRange], as: UTF8.self),
      target: target, range: start..<place)
    let isQuoted = target.parts.contains(where: \.isQuoted)
    redirection.expandsBody = isHere && !isQuoted
    var owner: (command: Int, redirection: Int)?
    if let command {
      commands[command].redirections.append(redirection)
      owner = (command, commands[command].redirections.count - 1)
    }
    if isHere, !target.range.isEmpty {
      let delimiter = target.text.map { Array($0.utf8) } ?? Array(bytes[target.range])
      pendingHereDocuments.append(
        HereDocument(
          delimiter: delimiter, stripsTabs: signText == "<<-", expands: !isQuoted, owner: owner))
    }
    return true
  }

  /// `<(` and `>(` begin a word.
  func isProcessSubstitution() -> Bool {
    (isAt("<") || isAt(">")) && isAt("(", 1)
  }

  static func isNameByte(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte & ~0x20) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "_")
  }
}
