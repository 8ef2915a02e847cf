// Dockerfiles, Compose files and pipelines each have their variables, with one grammar: that of the shell's parameters
// without its patterns. What they differ in are quotes and how a `$` is escaped.

/// A text with `$NAME`, `${NAME}`, `${NAME:-word}`, `${NAME-word}`, `${NAME:+word}`, `${NAME+word}`, `${NAME:?word}` in it.
///
/// https://docs.docker.com/reference/dockerfile/#environment-replacement
/// https://github.com/compose-spec/compose-spec/blob/main/12-interpolation.md
/// https://docs.gitlab.com/ci/variables/where_variables_can_be_used/
package struct VariableText: Sendable, Hashable {
  package enum Syntax: Sendable {
    /// Quotes group and are removed, `'` hides variables, a backslash takes the next character as it is.
    case dockerfile
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
  }

  private indirect enum Part: Sendable, Hashable {
    case text(String)
    case variable(name: String, sign: String, word: VariableText)
  }

  private var parts: [Part] = []

  /// How deeply defaults may stand in each other.
  private static let maxDepth = 16

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
    var expansion = Expansion(text: "", variables: [], unknowns: [])
    expand(into: &expansion, value)
    return expansion
  }

  private func expand(into expansion: inout Expansion, _ value: (String) -> Variable) {
    for part in parts {
      switch part {
      case .text(let text): expansion.text?.append(text)
      case .variable(let name, let sign, let word):
        if !expansion.variables.contains(name) { expansion.variables.append(name) }
        let variable = value(name)
        let isEmpty = variable == .unset || (sign.hasPrefix(":") && variable == .known(""))
        switch (sign.last, variable) {
        case ("-"?, .defaulted): word.expand(into: &expansion, value)
        case (_, .unknown), (_, .defaulted):
          if !expansion.unknowns.contains(name) { expansion.unknowns.append(name) }
          expansion.text = nil
        case ("-"?, _) where isEmpty: word.expand(into: &expansion, value)
        case ("+"?, _):
          if !isEmpty { word.expand(into: &expansion, value) }
        case (_, .known(let text)): expansion.text?.append(text)
        case (_, .unset): break
        }
      }
    }
  }

  private struct Reader {
    let bytes: [UInt8]
    let syntax: Syntax
    var place = 0

    mutating func parts(until stop: UInt8?, depth: Int) -> [Part] {
      var parts: [Part] = []
      var text: [UInt8] = []
      var quote: UInt8?
      func flush() -> [Part] { text.isEmpty ? [] : [.text(String(decoding: text, as: UTF8.self))] }
      while place < bytes.count {
        let byte = bytes[place]
        if quote == nil, byte == stop { break }
        if syntax == .dockerfile {
          if byte == UInt8(ascii: "\\"), quote != UInt8(ascii: "'"), place + 1 < bytes.count {
            text.append(bytes[place + 1])
            place += 2
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
        if syntax != .dockerfile, bytes[place + 1] == byte {
          text.append(byte)
          place += 2
          continue
        }
        let start = place
        if let part = variable(depth: depth) {
          parts += flush() + [part]
          text = []
        } else {
          place = start + 1
          text.append(byte)
        }
      }
      return parts + flush()
    }

    private mutating func variable(depth: Int) -> Part? {
      place += 1
      let isBraced = bytes[place] == UInt8(ascii: "{")
      if isBraced { place += 1 }
      let start = place
      while place < bytes.count, Self.isNameByte(bytes[place]) {
        if place == start, (0x30...0x39).contains(bytes[place]) { break }
        place += 1
      }
      guard place > start else { return nil }
      let name = String(decoding: bytes[start..<place], as: UTF8.self)
      guard isBraced else { return .variable(name: name, sign: "", word: VariableText(parts: [])) }
      let signStart = place
      while place < bytes.count, place - signStart < 2, ":-+?".utf8.contains(bytes[place]) { place += 1 }
      let sign = String(decoding: bytes[signStart..<place], as: UTF8.self)
      guard depth < VariableText.maxDepth else { return nil }
      let word = parts(until: UInt8(ascii: "}"), depth: depth + 1)
      guard place < bytes.count else { return nil }
      place += 1
      return .variable(name: name, sign: sign, word: VariableText(parts: word))
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
      (0x41...0x5A).contains(byte & ~0x20) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "_")
    }
  }
}
