/// Cuts the text of an instruction into words.
struct DockerfileWords {
  private let text: EmbeddedText
  private let escape: UInt8
  private var place = 0

  init(_ text: EmbeddedText, escape: UInt8) {
    self.text = text
    self.escape = escape
  }

  private var bytes: [UInt8] { text.bytes }

  private mutating func skipBlanks() {
    while place < bytes.count, bytes[place] == 0x20 || bytes[place] == 0x09 { place += 1 }
  }

  private func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// What follows the words that were taken.
  var rest: EmbeddedText {
    var start = place
    while start < bytes.count, bytes[start] == 0x20 || bytes[start] == 0x09 { start += 1 }
    return text.part(start..<bytes.count)
  }

  /// The first word, without regard to quotes.
  mutating func keyword() -> (text: String, range: Range<Int>)? {
    skipBlanks()
    let start = place
    while place < bytes.count, bytes[place] != 0x20, bytes[place] != 0x09 { place += 1 }
    guard place > start else { return nil }
    return (string(start..<place), text.fileRange(of: start..<place))
  }

  /// The words that begin with two dashes; `--` alone ends them.
  mutating func flags() -> [Dockerfile.Flag] {
    var flags: [Dockerfile.Flag] = []
    while true {
      skipBlanks()
      guard place + 1 < bytes.count, bytes[place] == UInt8(ascii: "-"), bytes[place + 1] == UInt8(ascii: "-") else {
        return flags
      }
      let range = word()
      let written = string(range.lowerBound + 2..<range.upperBound)
      if written.isEmpty { return flags }
      let parts = written.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      flags.append(
        Dockerfile.Flag(
          name: String(parts[0]), value: parts.count > 1 ? Self.unquoted(String(parts[1])) : nil,
          range: text.fileRange(of: range)))
    }
  }

  private static func unquoted(_ text: String) -> String {
    guard let quote = text.first, quote == "\"" || quote == "'", text.count > 1, text.last == quote else { return text }
    return String(text.dropFirst().dropLast())
  }

  /// A word up to a blank outside of quotes.
  private mutating func word() -> Range<Int> {
    let start = place
    var quote: UInt8?
    while place < bytes.count {
      let byte = bytes[place]
      if byte == escape, quote != UInt8(ascii: "'"), place + 1 < bytes.count {
        place += 2
        continue
      }
      if quote == nil {
        if byte == 0x20 || byte == 0x09 { break }
        if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") { quote = byte }
      } else if byte == quote {
        quote = nil
      }
      place += 1
    }
    return start..<min(place, bytes.count)
  }

  /// All words.
  func all() -> [Dockerfile.Argument] {
    var words = self
    var arguments: [Dockerfile.Argument] = []
    while true {
      words.skipBlanks()
      guard words.place < bytes.count else { return arguments }
      let range = words.word()
      arguments.append(.init(text: string(range), range: text.fileRange(of: range)))
    }
  }

  /// `NAME=value NAME=value`, or `NAME value` with one name in the old form.
  ///
  /// The values are as they are written; variables are filled in later. The second result is where a value is missing.
  func assignments(isArgument: Bool) -> ([Dockerfile.Assignment], wrong: Range<Int>?) {
    var words = self
    var assignments: [Dockerfile.Assignment] = []
    var wrong: Range<Int>?
    while true {
      words.skipBlanks()
      guard words.place < bytes.count else { return (assignments, wrong) }
      let range = words.word()
      let equals = bytes[range].firstIndex(of: UInt8(ascii: "="))
      let name = Self.unquoted(string(range.lowerBound..<(equals ?? range.upperBound)))
      if let equals {
        assignments.append(
          .init(name: name, value: raw(equals + 1..<range.upperBound), range: text.fileRange(of: range)))
      } else if isArgument {
        assignments.append(.init(name: name, value: nil, range: text.fileRange(of: range)))
      } else if !assignments.isEmpty {
        wrong = wrong ?? text.fileRange(of: range)
      } else {
        // The old form: all the rest is the value.
        let value = words.rest
        if value.bytes.isEmpty { wrong = text.fileRange(of: range) }
        let end = value.bytes.isEmpty ? range.upperBound : bytes.count
        assignments.append(
          .init(
            name: name,
            value: .init(text: String(decoding: value.bytes, as: UTF8.self), variables: [], unknowns: []),
            range: text.fileRange(of: range.lowerBound..<end)))
        return (assignments, wrong)
      }
    }
  }

  private func raw(_ range: Range<Int>) -> VariableText.Expansion {
    .init(text: string(range), variables: [], unknowns: [])
  }

  struct HereDocumentSign {
    var name: String
    var stripsTabs: Bool
    var expands: Bool
    var range: Range<Int>
  }

  /// The words `<<NAME`, `3<<-"NAME"` outside of quotes.
  func hereDocuments() -> [HereDocumentSign] {
    var words = self
    var signs: [HereDocumentSign] = []
    while true {
      words.skipBlanks()
      guard words.place < bytes.count else { return signs }
      let range = words.word()
      var start = range.lowerBound
      while start < range.upperBound, (0x30...0x39).contains(bytes[start]) { start += 1 }
      guard start + 2 < range.upperBound, bytes[start] == UInt8(ascii: "<"), bytes[start + 1] == UInt8(ascii: "<")
      else {
        continue
      }
      start += 2
      let stripsTabs = bytes[start] == UInt8(ascii: "-")
      if stripsTabs { start += 1 }
      let written = string(start..<range.upperBound)
      let name = String(
        String.UnicodeScalarView(written.unicodeScalars.filter { !"'\"\\".unicodeScalars.contains($0) }))
      let isOther = name.utf8.contains { "<;|)".utf8.contains($0) }
      if name.isEmpty || isOther { continue }
      signs.append(
        .init(name: name, stripsTabs: stripsTabs, expands: name == written, range: text.fileRange(of: range)))
    }
  }
}
