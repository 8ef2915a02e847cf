// Dockerfiles, Compose files and pipelines each have their variables, with one grammar: that of the shell's parameters
// without its patterns. What they differ in are quotes and how a `$` is escaped.

/// A text with `$NAME`, `${NAME}`, `${NAME:-word}`, `${NAME-word}`, `${NAME:+word}`, `${NAME+word}`, `${NAME:?word}` in it.
///
/// A `${` that is not closed, or that stands deeper in others than ``maxDepth``, is text, as are the `${` behind it.
///
/// https://docs.docker.com/reference/dockerfile/#environment-replacement
/// https://github.com/compose-spec/compose-spec/blob/main/12-interpolation.md
/// https://docs.gitlab.com/ci/variables/where_variables_can_be_used/
package struct VariableText: Sendable, Hashable {
  package enum Syntax: Sendable {
    /// Quotes group and are removed, `'` hides variables, the escape character takes the next one as it is. `${NAME#pattern}`
    /// and the like are read, and make the result unknown.
    case dockerfile(escape: UInt8)
    /// `$$` is a `$`.
    case compose
    /// The same, and `%NAME%` is no variable here: that is for Windows runners.
    case gitLab
  }

  /// What a variable is.
  package enum Variable: Sendable, Hashable {
    case known(String)
    /// It has no value: it stands for nothing.
    case unset
    /// It has a value that is known only later.
    case unknown
    /// It may get a value later: until then its default in the text counts, where there is one.
    case defaulted
  }

  /// What becomes of a text.
  package struct Expansion: Sendable, Hashable {
    /// `nil` when it depends on something unknown.
    package var text: String?
    /// The variables that it depends on, each once, in the order of the text.
    package var variables: [String]
    /// Those of them that are unknown.
    package var unknowns: [String]

    package init(text: String?, variables: [String], unknowns: [String]) {
      self.text = text
      self.variables = variables
      self.unknowns = unknowns
    }
  }

  private indirect enum Part: Sendable, Hashable {
    case text(String)
    case variable(name: String, sign: String, word: VariableText)
  }

  private var parts: [Part] = []

  /// How deeply defaults may stand in each other.
  package static let maxDepth = 16

  package init(_ text: String, syntax: Syntax) {
    var reader = Reader(bytes: Array(text.utf8), syntax: syntax)
    parts = reader.parts(until: nil, depth: 0)
  }

  private init(parts: [Part]) {
    self.parts = parts
  }

  /// Whether there is a variable in it.
  package var isConstant: Bool {
    parts.allSatisfy { if case .text = $0 { true } else { false } }
  }

  /// Puts in the values of the variables.
  package func expanded(_ value: (String) -> Variable) -> Expansion {
    withoutActuallyEscaping(value) { value in
      var expander = Expander(value: value)
      expander.add(self)
      return expander.expansion
    }
  }

  private struct Expander {
    let value: (String) -> Variable
    var expansion = Expansion(text: "", variables: [], unknowns: [])
    private var seen: Set<String> = []
    private var seenUnknown: Set<String> = []

    init(value: @escaping (String) -> Variable) { self.value = value }

    // Not deeper than `maxDepth`.
    mutating func add(_ text: VariableText) {
      for part in text.parts {
        switch part {
        case .text(let text): expansion.text?.append(text)
        case .variable(let name, let sign, let word): add(name, sign: sign, word: word)
        }
      }
    }

    private mutating func add(_ name: String, sign: String, word: VariableText) {
      if seen.insert(name).inserted { expansion.variables.append(name) }
      let variable = value(name)
      let isEmpty = variable == .unset || (sign.hasPrefix(":") && variable == .known(""))
      switch (sign.last, variable) {
      case ("-"?, .defaulted): add(word)
      case (_, .unknown), (_, .defaulted), ("/"?, _): addUnknown(name)
      case ("-"?, _) where isEmpty: add(word)
      case ("+"?, _):
        if !isEmpty { add(word) }
      case (_, .unset): break
      case ("#"?, .known(let text)), ("%"?, .known(let text)):
        if !text.isEmpty { addUnknown(name) }
      case (_, .known(let text)): expansion.text?.append(text)
      }
    }

    private mutating func addUnknown(_ name: String) {
      if seenUnknown.insert(name).inserted { expansion.unknowns.append(name) }
      expansion.text = nil
    }
  }

  private struct Reader {
    let bytes: [UInt8]
    let escape: UInt8?
    var place = 0
    /// A `${` has no end, and so all that it stands in has none.
    private var isUnclosed = false
    /// Set after such a one: reading on from each of many would take quadratic time.
    private var bracesAreText = false

    init(bytes: [UInt8], syntax: Syntax) {
      self.bytes = bytes
      escape = if case .dockerfile(let escape) = syntax { escape } else { nil }
    }

    mutating func parts(until stop: UInt8?, depth: Int) -> [Part] {
      var parts: [Part] = []
      var text: [UInt8] = []
      var quote: UInt8?
      func flush() -> [Part] { text.isEmpty ? [] : [.text(String(decoding: text, as: UTF8.self))] }
      while place < bytes.count {
        let byte = bytes[place]
        if quote == nil, byte == stop { break }
        if let escape {
          if byte == escape, quote != UInt8(ascii: "'") {
            escaped(isQuoted: quote != nil, into: &text)
            continue
          }
          if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\""), quote == nil || quote == byte {
            quote = quote == nil ? byte : nil
            place += 1
            continue
          }
        }
        guard byte == UInt8(ascii: "$"), quote != UInt8(ascii: "'"), place + 1 < bytes.count else {
          text.append(byte)
          place += 1
          continue
        }
        let start = place
        if isDollarEscape() {
          text.append(byte)
        } else if isParameter() {
          continue
        } else if let part = variable(depth: depth) {
          parts += flush() + [part]
          text = []
        } else {
          if isUnclosed {
            if depth > 0 { return [] }
            isUnclosed = false
            bracesAreText = true
          }
          place = start + 1
          text.append(byte)
        }
      }
      return parts + flush()
    }

    /// Within double quotes only the quote, `$` and the sign itself can be escaped.
    /// https://docs.docker.com/reference/dockerfile/#environment-replacement
    private mutating func escaped(isQuoted: Bool, into text: inout [UInt8]) {
      place += 1
      guard place < bytes.count else { return }
      let next = bytes[place]
      if isQuoted, next != UInt8(ascii: "\""), next != UInt8(ascii: "$"), next != escape {
        if let escape { text.append(escape) }
        return
      }
      text.append(next)
      place += 1
    }

    /// Takes `$$` where that is a `$`.
    private mutating func isDollarEscape() -> Bool {
      guard escape == nil, bytes[place + 1] == UInt8(ascii: "$") else { return false }
      place += 2
      return true
    }

    /// Takes `$1`, `$@` and the like, which stand for nothing where there is no shell.
    private mutating func isParameter() -> Bool {
      guard escape != nil else { return false }
      if "@*#?-$!".utf8.contains(bytes[place + 1]) {
        place += 2
        return true
      }
      guard (0x30...0x39).contains(bytes[place + 1]) else { return false }
      place += 1
      while place < bytes.count, (0x30...0x39).contains(bytes[place]) { place += 1 }
      return true
    }

    private mutating func variable(depth: Int) -> Part? {
      place += 1
      let isBraced = bytes[place] == UInt8(ascii: "{")
      if isBraced {
        if bracesAreText { return nil }
        place += 1
      }
      let start = place
      while place < bytes.count, Self.isNameByte(bytes[place]) {
        if place == start, (0x30...0x39).contains(bytes[place]) { break }
        place += 1
      }
      guard place > start else { return nil }
      let name = String(decoding: bytes[start..<place], as: UTF8.self)
      guard isBraced else { return .variable(name: name, sign: "", word: VariableText(parts: [])) }
      guard let sign = sign() else { return nil }
      guard depth < VariableText.maxDepth else {
        isUnclosed = true
        return nil
      }
      let word = parts(until: UInt8(ascii: "}"), depth: depth + 1)
      guard !isUnclosed, place < bytes.count else {
        isUnclosed = true
        return nil
      }
      place += 1
      return .variable(name: name, sign: sign, word: VariableText(parts: word))
    }

    /// What stands between the name and the word; `nil` where nothing of that kind does.
    private mutating func sign() -> String? {
      guard place < bytes.count, bytes[place] != UInt8(ascii: "}") else { return "" }
      let start = place
      if bytes[place] == UInt8(ascii: ":") { place += 1 }
      guard place < bytes.count else { return nil }
      let patterns = "#%/".utf8
      let isPattern = escape != nil && place == start && patterns.contains(bytes[place])
      guard isPattern || "-+?".utf8.contains(bytes[place]) else { return nil }
      place += 1
      return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
      (0x41...0x5A).contains(byte & ~0x20) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "_")
    }
  }
}
