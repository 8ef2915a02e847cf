extension ShellCommand {
  /// Finds what `sudo`, `env`, `xargs` and their like start.
  mutating func peelWrappers() {
    while let name, let wrapper = ProgramTable.wrappers[name] {
      guard let start = start(behind: wrapper) else { return }
      wrappers.append(name)
      effectiveStart = start
    }
  }

  /// The index of the word that a wrapper starts; `nil` when it starts none.
  private func start(behind wrapper: ProgramTable.Wrapper) -> Int? {
    var index = effectiveStart + 1
    var operands = wrapper.operands
    while index < words.count {
      let text = words[index].text ?? words[index].knownPrefix
      if wrapper.queries.contains(text) { return nil }
      if text == "--" {
        index += 1
        break
      }
      if text.hasPrefix("-"), text.count > 1 {
        index += wrapper.flagsWithValues.contains(text) ? 2 : 1
      } else if wrapper.takesAssignments, Self.isAssignment(text) {
        index += 1
      } else if operands > 0 {
        operands -= 1
        index += 1
      } else {
        break
      }
    }
    return index < words.count ? index : nil
  }

  private static func isAssignment(_ text: String) -> Bool {
    guard let equals = text.utf8.firstIndex(of: UInt8(ascii: "=")) else { return false }
    let name = text.utf8[..<equals]
    return !name.isEmpty && name.allSatisfy(ShellParser.isNameByte)
  }

  /// The words that make up a script which this command is given to run; `nil` when it is given none.
  var scriptWords: [ShellWord]? {
    guard let name else { return nil }
    if name == "eval" { return Array(arguments) }
    if name == "su" { return option("-c", "--command").map { [$0] } }
    guard ProgramTable.shells.contains(name) else { return nil }
    var rest = arguments
    while let word = rest.first, let text = word.text, text.hasPrefix("-") || text.hasPrefix("+") {
      rest = rest.dropFirst()
      if text == "--" { return nil }
      if text.hasPrefix("--") {
        if text == "--rcfile" || text == "--init-file" { rest = rest.dropFirst() }
        continue
      }
      let takesOption = text.hasSuffix("o") || text.hasSuffix("O")
      if text.hasPrefix("-"), text.contains("c") {
        if takesOption { rest = rest.dropFirst() }
        // Further flags may stand between `-c` and the script.
        while let next = rest.first?.text, next.hasPrefix("-") || next.hasPrefix("+"), next.count > 1 {
          rest = rest.dropFirst(next.hasSuffix("o") ? 2 : 1)
        }
        return rest.first.map { [$0] }
      }
      if takesOption { rest = rest.dropFirst() }
    }
    return nil
  }

  /// Whether it is a shell that reads its commands from standard input.
  var readsScriptFromInput: Bool {
    guard let name, ProgramTable.shells.contains(name) else { return false }
    var rest = arguments
    while let text = rest.first?.text, text.hasPrefix("-"), text.count > 1 {
      if text == "-s" { return true }
      if !text.hasPrefix("--"), text.contains("c") { return false }
      rest = rest.dropFirst(text.hasSuffix("o") ? 2 : 1)
    }
    return rest.isEmpty || rest.first?.text == "-"
  }
}
