internal import Findings

/// Reads a Dockerfile into instructions; what variables stand for comes later.
struct DockerfileParser {
  /// A physical line without its ending.
  private struct Line {
    var range: Range<Int>
    /// Where the next one starts.
    var next: Int
  }

  private let bytes: [UInt8]
  private var place = 0
  private(set) var escape = UInt8(ascii: "\\")
  private(set) var directives: [Dockerfile.Directive] = []
  private(set) var instructions: [Dockerfile.Instruction] = []
  private(set) var errors: [Dockerfile.SyntaxErrorAt] = []

  /// Where each line stands for the last time in the file, as it is and without tabs before it. Made when the first
  /// here-document turns out to have no end: looking to the end of the file for each would take quadratic time.
  private var lastLines: [Bool: [ArraySlice<UInt8>: Int]]?

  private static let maxErrors = 100

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
  }

  mutating func parse() {
    readDirectives()
    while place < bytes.count {
      let line = lineHere()
      let text = trimmed(line.range)
      if text.isEmpty || bytes[text.lowerBound] == UInt8(ascii: "#") {
        place = line.next
        continue
      }
      readInstruction()
    }
  }

  private mutating func fail(_ message: String, at offset: Int) {
    if errors.count < Self.maxErrors { errors.append(.init(message: message, offset: offset)) }
  }

  // MARK: Lines

  private func lineHere() -> Line {
    var stop = place
    while stop < bytes.count, bytes[stop] != 0x0A { stop += 1 }
    let next = min(stop + 1, bytes.count)
    if stop > place, bytes[stop - 1] == 0x0D { stop -= 1 }
    return Line(range: place..<stop, next: next)
  }

  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    var range = range
    while let first = range.first, bytes[first] == 0x20 || bytes[first] == 0x09 { range = first + 1..<range.upperBound }
    while let last = range.last, bytes[last] == 0x20 || bytes[last] == 0x09 { range = range.lowerBound..<last }
    return range
  }

  private func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// They end with the first line that is none.
  private mutating func readDirectives() {
    while place < bytes.count {
      let line = lineHere()
      let text = trimmed(line.range)
      guard !text.isEmpty, bytes[text.lowerBound] == UInt8(ascii: "#"),
        let equals = bytes[text].firstIndex(of: UInt8(ascii: "="))
      else { return }
      let name = string(trimmed(text.lowerBound + 1..<equals)).lowercased()
      let value = string(trimmed(equals + 1..<text.upperBound))
      guard ["syntax", "escape", "check"].contains(name), !value.isEmpty else { return }
      guard !directives.contains(where: { $0.name == name }) else {
        fail("a second \(name) directive", at: text.lowerBound)
        return
      }
      directives.append(.init(name: name, value: value, range: text))
      if name == "escape" {
        if value == "`" {
          escape = UInt8(ascii: "`")
        } else if value != "\\" {
          fail("escape is \\ or `", at: equals + 1)
        }
      }
      place = line.next
    }
  }

  /// A line and those that it is continued by, comments between them left out.
  private mutating func logicalLine() -> EmbeddedText {
    var text: [UInt8] = []
    var segments: [EmbeddedText.Segment] = []
    var isFirst = true
    while place < bytes.count {
      let line = lineHere()
      let content = trimmed(line.range)
      if !isFirst, content.isEmpty || bytes[content.lowerBound] == UInt8(ascii: "#") {
        place = line.next
        continue
      }
      place = line.next
      var range = isFirst ? content.lowerBound..<line.range.upperBound : line.range
      let isContinued = !content.isEmpty && bytes[content.upperBound - 1] == escape && !isEscaped(content)
      if isContinued { range = range.lowerBound..<content.upperBound - 1 }
      if !range.isEmpty {
        segments.append(.init(text: text.count, file: range.lowerBound))
        text += bytes[range]
      }
      isFirst = false
      if !isContinued { break }
    }
    while let last = text.last, last == 0x20 || last == 0x09 { text.removeLast() }
    return EmbeddedText(bytes: text, segments: segments)
  }

  /// Whether the sign at the end of a line is itself escaped: BuildKit looks at the character before it.
  private func isEscaped(_ content: Range<Int>) -> Bool {
    content.count >= 2 && bytes[content.upperBound - 2] == escape
  }

  // MARK: Instructions

  private mutating func readInstruction() {
    let start = place
    let line = logicalLine()
    guard !line.bytes.isEmpty else { return }
    var words = DockerfileWords(line, escape: escape)
    guard let keyword = words.keyword() else {
      fail("no instruction", at: start)
      return
    }
    var instruction = self.instruction(keyword: keyword, words: &words)
    if instruction.name == "ONBUILD" {
      var inner = DockerfileWords(instruction.text, escape: escape)
      if let keyword = inner.keyword() {
        let outer = instruction
        instruction = self.instruction(keyword: keyword, words: &inner)
        instruction.isOnBuild = true
        instruction.range = outer.range
      }
    }
    if ["RUN", "COPY", "ADD"].contains(instruction.name), !instruction.isExecForm {
      readHereDocuments(of: &instruction)
    }
    instructions.append(instruction)
  }

  private mutating func instruction(
    keyword: (text: String, range: Range<Int>), words: inout DockerfileWords
  ) -> Dockerfile.Instruction {
    let name = keyword.text.uppercased()
    if !Dockerfile.names.contains(name) { fail("unknown instruction \(name)", at: keyword.range.lowerBound) }
    let flags = words.flags()
    let text = words.rest
    let end =
      text.bytes.isEmpty
      ? (flags.last?.range ?? keyword.range).upperBound : text.fileRange(of: 0..<text.bytes.count).upperBound
    var instruction = Dockerfile.Instruction(
      name: name, range: keyword.range.lowerBound..<max(keyword.range.upperBound, end), keyword: keyword.range,
      flags: flags, text: text)
    readArguments(of: &instruction)
    return instruction
  }

  private mutating func readArguments(of instruction: inout Dockerfile.Instruction) {
    let text = instruction.text
    if text.bytes.isEmpty, instruction.name != "ONBUILD", Dockerfile.names.contains(instruction.name) {
      fail("\(instruction.name) without arguments", at: instruction.keyword.lowerBound)
    }
    var words = DockerfileWords(text, escape: escape)
    switch instruction.name {
    case "ONBUILD": return
    case "ENV", "LABEL", "ARG":
      let isArgument = instruction.name == "ARG"
      let (assignments, wrong) = words.assignments(isArgument: isArgument)
      instruction.assignments = assignments
      if let wrong { fail("\(instruction.name) takes NAME=value", at: wrong.lowerBound) }
      instruction.arguments = DockerfileWords(text, escape: escape).all()
      return
    case "HEALTHCHECK":
      // `HEALTHCHECK [options] CMD command`
      guard let first = words.keyword() else { return }
      instruction.arguments = [.init(text: first.text.uppercased(), range: first.range)]
      let command = words.rest
      if let list = execForm(command) {
        instruction.isExecForm = true
        instruction.arguments += list
      } else if !command.bytes.isEmpty {
        instruction.arguments.append(whole(command))
      }
    case "RUN", "CMD", "ENTRYPOINT", "SHELL", "VOLUME", "ADD", "COPY":
      if let list = execForm(text) {
        instruction.isExecForm = true
        instruction.arguments = list
      } else if ["RUN", "CMD", "ENTRYPOINT"].contains(instruction.name) {
        instruction.arguments = text.bytes.isEmpty ? [] : [whole(text)]
      } else {
        if instruction.name == "SHELL" { fail("SHELL takes a list of JSON", at: instruction.keyword.lowerBound) }
        instruction.arguments = words.all()
      }
    case "MAINTAINER", "STOPSIGNAL", "WORKDIR", "USER":
      instruction.arguments = text.bytes.isEmpty ? [] : [whole(text)]
    default: instruction.arguments = words.all()
    }
  }

  private func whole(_ text: EmbeddedText) -> Dockerfile.Argument {
    .init(text: String(decoding: text.bytes, as: UTF8.self), range: text.fileRange(of: 0..<text.bytes.count))
  }

  /// `["a", "b"]`; `nil` for anything that is not a list of texts: Docker then takes it for a shell command, or refuses it
  /// when it is JSON all the same.
  private func execForm(_ text: EmbeddedText) -> [Dockerfile.Argument]? {
    guard text.bytes.first == UInt8(ascii: "["), text.bytes.last == UInt8(ascii: "]"),
      let elements = try? JSONReader.read(text.bytes, maxDepth: 2).root?.elements
    else { return nil }
    var arguments: [Dockerfile.Argument] = []
    for element in elements {
      guard element.kind == .scalar, !element.isPlain, let value = element.text else { return nil }
      arguments.append(.init(text: value, range: text.fileRange(of: element.byteRange)))
    }
    return arguments
  }

  // MARK: Here-documents

  private mutating func readHereDocuments(of instruction: inout Dockerfile.Instruction) {
    let signs = DockerfileWords(instruction.text, escape: escape).hereDocuments()
    for sign in signs {
      guard let (body, end) = hereDocument(sign) else {
        // Not one after all, as in `RUN cat <<< x`: BuildKit would refuse the file.
        fail("a here-document has no line \(sign.name)", at: sign.range.lowerBound)
        return
      }
      instruction.range = instruction.range.lowerBound..<end
      instruction.hereDocuments.append(
        .init(name: sign.name, range: sign.range, body: body, expands: sign.expands))
    }
  }

  /// Takes the lines up to the one that is the name, and says where that one ends; `nil`, and nothing taken, without it.
  private mutating func hereDocument(_ sign: DockerfileWords.HereDocumentSign) -> (body: EmbeddedText, end: Int)? {
    if let lastLines, (lastLines[sign.stripsTabs]?[Array(sign.name.utf8)[...]] ?? -1) < place { return nil }
    let start = place
    var segments: [EmbeddedText.Segment] = []
    var body: [UInt8] = []
    while place < bytes.count {
      let line = lineHere()
      let content = sign.stripsTabs ? withoutTabs(line.range) : line.range
      place = line.next
      if bytes[content].elementsEqual(sign.name.utf8) {
        return (EmbeddedText(bytes: body, segments: segments), content.upperBound)
      }
      segments.append(.init(text: body.count, file: content.lowerBound))
      body += bytes[content]
      body.append(0x0A)
    }
    place = start
    if lastLines == nil { indexLines() }
    return nil
  }

  private func withoutTabs(_ line: Range<Int>) -> Range<Int> {
    var start = line.lowerBound
    while start < line.upperBound, bytes[start] == 0x09 { start += 1 }
    return start..<line.upperBound
  }

  private mutating func indexLines() {
    let start = place
    var lines: [ArraySlice<UInt8>: Int] = [:]
    var stripped: [ArraySlice<UInt8>: Int] = [:]
    while place < bytes.count {
      let line = lineHere()
      lines[bytes[line.range]] = place
      stripped[bytes[withoutTabs(line.range)]] = place
      place = line.next
    }
    place = start
    lastLines = [false: lines, true: stripped]
  }
}
