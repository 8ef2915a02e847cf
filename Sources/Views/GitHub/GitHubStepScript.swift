internal import Documents

// Outputs and variables are written by `echo "name=value" >> "$GITHUB_OUTPUT"` and its many likes, in any language. Lines
// that assign the name are enough: what is written there is found without knowing how.
// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-an-output-parameter

/// The script of a step, for what it writes for later steps.
struct GitHubStepScript {
  /// What a line gives to a name.
  struct Value {
    var holes: [(expression: GitHubExpression, place: Range<Int>)] = []
    var variables: [String] = []
    /// Whether a command works out a part of it.
    var isComputed = false
    /// In bytes of the file.
    var place: Range<Int>
  }

  private let text: EmbeddedText
  private let lines: [Range<Int>]
  private let holes: [GitHubTemplate.Hole]

  private static let maxLines = 2_000

  init(_ node: Node) {
    let text = node.embeddedText ?? EmbeddedText(bytes: [], segments: [])
    self.text = text
    var lines: [Range<Int>] = []
    var start = 0
    for (index, byte) in text.bytes.enumerated() where byte == 0x0A {
      lines.append(start..<index)
      start = index + 1
      if lines.count == Self.maxLines { break }
    }
    if start < text.bytes.count { lines.append(start..<text.bytes.count) }
    self.lines = lines
    let span = text.bytes.span
    holes = GitHubTemplate(span).holes
  }

  func mentions(_ word: String) -> Bool {
    if Self.first(Array(word.utf8), in: text.bytes[...]) != nil { return true }
    return word == "GITHUB_OUTPUT" && Self.first(Array("set-output".utf8), in: text.bytes[...]) != nil
  }

  /// What is given to a name in any line; for `*` what any line holds. Variables of the script itself are followed to the
  /// lines that set them.
  func values(of name: String) -> [Value] {
    var pending = [name]
    var seen: Set<String> = []
    var values: [Value] = []
    while let name = pending.popLast(), seen.count < 20 {
      guard seen.insert(name).inserted else { continue }
      for (index, line) in lines.enumerated() {
        guard let start = assignment(of: name, in: line) else { continue }
        let value = value(in: start..<end(of: line, index))
        pending += value.variables
        values.append(value)
      }
    }
    return values
  }

  /// Where the value starts that a line gives to a name.
  private func assignment(of name: String, in line: Range<Int>) -> Int? {
    if name == "*" { return line.lowerBound }
    let wanted = Array(name.lowercased().utf8)
    var place = line.lowerBound
    while let found = Self.first(wanted, in: text.bytes[place..<line.upperBound]) {
      let end = found + wanted.count
      place = found + 1
      let isStart = found == line.lowerBound || !Self.isName(text.bytes[found - 1])
      guard isStart, end < line.upperBound else { continue }
      let next = text.bytes[end]
      // `name=`, `name<<EOF`, `::set-output name=name::`
      if next == UInt8(ascii: "=") || next == UInt8(ascii: "<") || next == UInt8(ascii: ":") { return end + 1 }
    }
    return nil
  }

  /// The end of what a line gives: of the text up to the delimiter, where it begins one.
  private func end(of line: Range<Int>, _ index: Int) -> Int {
    guard let mark = Self.first(Array("<<".utf8), in: text.bytes[line]) else { return line.upperBound }
    let delimiter = Array(text.bytes[(mark + 2)..<line.upperBound].drop { !Self.isName($0) }.prefix { Self.isName($0) })
    guard !delimiter.isEmpty else { return line.upperBound }
    for later in lines[(index + 1)...] where Self.first(delimiter, in: text.bytes[later]) != nil {
      return later.upperBound
    }
    return text.bytes.count
  }

  private func value(in range: Range<Int>) -> Value {
    var value = Value(place: text.fileRange(of: range))
    for hole in holes where hole.range.overlaps(range) {
      if let expression = hole.expression { value.holes.append((expression, text.fileRange(of: hole.range))) }
    }
    var place = range.lowerBound
    while place < range.upperBound {
      let byte = text.bytes[place]
      place += 1
      if byte == UInt8(ascii: "`") { value.isComputed = true }
      guard byte == UInt8(ascii: "$"), place < range.upperBound else { continue }
      if text.bytes[place] == UInt8(ascii: "(") { value.isComputed = true }
      if text.bytes[place] == UInt8(ascii: "{") { place += 1 }
      let name = text.bytes[place..<range.upperBound].prefix { Self.isName($0) && $0 != UInt8(ascii: "-") }
      if !name.isEmpty { value.variables.append(String(decoding: name, as: UTF8.self)) }
    }
    return value
  }

  private static func isName(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & ~0x20) || byte == 0x5F || byte == 0x2D
  }

  /// Upper and lower case are the same: contexts are compared in lower case.
  private static func first(_ word: [UInt8], in text: ArraySlice<UInt8>) -> Int? {
    guard let first = word.first, text.count >= word.count else { return nil }
    let wanted = lower(first)
    for start in text.startIndex...(text.endIndex - word.count) where lower(text[start]) == wanted {
      if zip(text[start...], word).allSatisfy({ lower($0) == lower($1) }) { return start }
    }
    return nil
  }

  private static func lower(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
}
