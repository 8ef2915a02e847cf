extension ShellCommand {
  /// A flag of a command: `-x` of `-xzf`, `--output` of `--output=file`.
  package struct Flag: Sendable, Hashable {
    /// With its dashes.
    package var name: String
    /// What is attached to it or stands behind it, where the program is known to take that.
    package var value: ShellWord?
    /// The word that it stands in.
    package var word: ShellWord
  }

  /// Flags and operands, told apart as the program is known to do it.
  package struct ParsedArguments: Sendable {
    package var flags: [Flag] = []
    package var operands: [ShellWord] = []
  }

  /// The arguments of what is run. After `--` everything is an operand; a single dash is one, too.
  package var parsedArguments: ParsedArguments {
    var parsed = ParsedArguments()
    let withValues = name.flatMap { ProgramTable.flagsWithValues[$0] } ?? []
    var rest = arguments
    while let word = rest.popFirst() {
      let text = word.text ?? word.knownPrefix
      if text == "--", word.text != nil {
        parsed.operands += rest
        break
      }
      guard text.hasPrefix("-"), text.count > 1 else {
        parsed.operands.append(word)
        continue
      }
      if text.hasPrefix("--") {
        if let equals = text.firstIndex(of: "=") {
          let name = String(text[..<equals])
          parsed.flags.append(Flag(name: name, value: word.suffix(from: name.utf8.count + 1), word: word))
        } else {
          let value = withValues.contains(text) ? rest.popFirst() : nil
          parsed.flags.append(Flag(name: text, value: value, word: word))
        }
        continue
      }
      // Some programs have long flags with one dash.
      if withValues.contains(text), text.count > 2 {
        parsed.flags.append(Flag(name: text, value: rest.popFirst(), word: word))
        continue
      }
      for (index, letter) in text.dropFirst().enumerated() {
        let name = "-\(letter)"
        guard withValues.contains(name) else {
          parsed.flags.append(Flag(name: name, value: nil, word: word))
          continue
        }
        let isLast = index == text.count - 2 && word.text != nil
        let value = isLast ? rest.popFirst() : word.suffix(from: index + 2)
        parsed.flags.append(Flag(name: name, value: value, word: word))
        break
      }
    }
    return parsed
  }

  /// The value of the first of these flags that is given: attached (`-ofile`, `--output=file`) or the next word.
  package func option(_ names: String...) -> ShellWord? { option(names) }

  /// See ``option(_:)-(String...)``.
  package func option(_ names: [String]) -> ShellWord? {
    let arguments = Array(arguments)
    for (index, word) in arguments.enumerated() {
      let text = word.text ?? word.knownPrefix
      if text == "--" { return nil }
      for name in names {
        if text == name, word.text != nil { return index + 1 < arguments.count ? arguments[index + 1] : nil }
        if name.hasPrefix("--"), text.hasPrefix(name + "=") { return word.suffix(from: name.utf8.count + 1) }
        if !name.hasPrefix("--"), name.count == 2, text.hasPrefix(name), text.count > 2 {
          return word.suffix(from: 2)
        }
        // The last letter of a cluster: `-xzf archive`.
        if name.count == 2, !text.hasPrefix("--"), text.hasPrefix("-"), let letter = name.last, text.last == letter,
          text.count > 2, word.text != nil
        {
          return index + 1 < arguments.count ? arguments[index + 1] : nil
        }
      }
    }
    return nil
  }

  /// Whether one of these flags is given, alone or in a cluster.
  package func hasFlag(_ names: [String]) -> Bool { parsedArguments.flags.contains { names.contains($0.name) } }
}

extension ShellWord {
  /// The word without its first bytes, where those are known text.
  func suffix(from count: Int) -> ShellWord {
    var rest = count
    var parts = parts
    while rest > 0, let first = parts.first {
      guard case .literal(let text) = first.kind else { break }
      let utf8 = Array(text.utf8)
      if utf8.count <= rest {
        rest -= utf8.count
        parts.removeFirst()
      } else {
        parts[0].kind = .literal(String(decoding: utf8[rest...], as: UTF8.self))
        // Exact where nothing before it is quoted.
        let start = min(first.range.lowerBound + rest, first.range.upperBound)
        parts[0].range = start..<first.range.upperBound
        rest = 0
      }
    }
    let start = parts.first?.range.lowerBound ?? range.upperBound
    return ShellWord(parts: parts, range: min(start, range.upperBound)..<range.upperBound)
  }
}
