/// A word of a command, in the parts that a shell puts it together from.
package struct ShellWord: Sendable, Hashable {
  /// One part.
  package struct Part: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
      /// Text as the shell takes it: quotes and backslashes removed.
      case literal(String)
      /// `*`, `?`, `[…]` or an extended pattern, outside of quotes: as it is written.
      case pattern(String)
      /// `$name`, `${name}`, `${name:-word}`; the operator without its word, `#` also for a length.
      case parameter(name: String, operator: String?)
      /// `$(…)` and backquotes: the commands in it, by index in ``ShellScript/commands``.
      case command(Range<Int>)
      /// `<(…)`, `>(…)`: the same.
      case process(Range<Int>)
      /// `$((…))`
      case arithmetic
      /// What another template engine puts here, by the number of the hole; -1 for what the outer script puts into one
      /// that it gives to another shell.
      case hole(Int)
    }

    package var kind: Kind
    /// In bytes of the script.
    package var range: Range<Int>
    /// Whether it stands within quotes, so that it stays one word whatever comes out of it.
    package var isQuoted: Bool
  }

  package var parts: [Part]
  /// In bytes of the script.
  package var range: Range<Int>

  /// The text, where it is known before the script runs; patterns as they are written.
  package var text: String? {
    var text = ""
    for part in parts {
      switch part.kind {
      case .literal(let piece), .pattern(let piece): text += piece
      default: return nil
      }
    }
    return text
  }

  /// The text before the first part that is known only later.
  package var knownPrefix: String {
    var text = ""
    for part in parts {
      guard case .literal(let piece) = part.kind else { break }
      text += piece
    }
    return text
  }

  /// The names of the variables that it expands, each once.
  package var variables: [String] {
    var names: [String] = []
    for part in parts {
      if case .parameter(let name, _) = part.kind, !names.contains(name) { names.append(name) }
    }
    return names
  }

  /// The numbers of the holes in it.
  package var holes: [Int] {
    parts.compactMap { if case .hole(let number) = $0.kind { number } else { nil } }
  }

  /// Whether the shell splits what comes out of it into words.
  package var isSplit: Bool {
    parts.contains { part in
      guard !part.isQuoted else { return false }
      switch part.kind {
      case .parameter, .command, .hole: return true
      default: return false
      }
    }
  }

  /// Whether it stands without any quote, backslash or expansion, as keywords do.
  var isPlain: Bool {
    guard parts.count == 1, case .literal = parts[0].kind else { return false }
    return !parts[0].isQuoted
  }
}
