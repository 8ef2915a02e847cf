// Here-documents (POSIX, 2.7.4).

extension ShellParser {
  /// Takes the lines of all here-documents that were announced on the line before.
  mutating func readHereDocuments() {
    let documents = pendingHereDocuments
    pendingHereDocuments = []
    for document in documents { read(document) }
  }

  private mutating func read(_ document: HereDocument) {
    let start = place
    var stop: Int?
    var next = place
    while next < end {
      var lineEnd = next
      while lineEnd < end, bytes[lineEnd] != 0x0A { lineEnd += 1 }
      var line = next..<lineEnd
      if line.upperBound > line.lowerBound, bytes[line.upperBound - 1] == 0x0D { line = line.lowerBound..<lineEnd - 1 }
      if document.stripsTabs {
        while !line.isEmpty, bytes[line.lowerBound] == 0x09 { line = line.lowerBound + 1..<line.upperBound }
      }
      if line.count == document.delimiter.count, bytes[line].elementsEqual(document.delimiter) {
        stop = next
        place = min(lineEnd + 1, end)
        break
      }
      next = min(lineEnd + 1, end)
    }
    if stop == nil {
      // Bash warns and goes on; what follows was not meant to be in it.
      if start < end || errors.isEmpty {
        fail("a here-document has no line \(String(decoding: document.delimiter, as: UTF8.self))", at: start)
      }
      place = end
    }
    let body = start..<(stop ?? end)
    guard let owner = document.owner, owner.command < commands.count,
      owner.redirection < commands[owner.command].redirections.count
    else { return }
    commands[owner.command].redirections[owner.redirection].body = body
    let isProgram = commands[owner.command].readsScriptFromInput
    if isProgram {
      // `bash <<END`: what stands in it is run.
      let script = NestedScript(bytes: Array(bytes[body]), offsets: Array(body), holes: holes(in: body))
      _ = parseNested(script, parent: owner.command)
    } else if document.expands {
      readSubstitutions(in: body, parent: owner.command)
    }
  }

  func holes(in range: Range<Int>) -> [Range<Int>] {
    holes.filter { $0.lowerBound >= range.lowerBound && $0.upperBound <= range.upperBound }
      .map { $0.lowerBound - range.lowerBound..<$0.upperBound - range.lowerBound }
  }

  /// The commands in the substitutions of a here-document.
  private mutating func readSubstitutions(in body: Range<Int>, parent: Int) {
    guard bytes[body].contains(UInt8(ascii: "$")) || bytes[body].contains(UInt8(ascii: "`")) else { return }
    let outer = (context, pendingHereDocuments, place, end)
    context.parent = parent
    context.depth += 1
    pendingHereDocuments = []
    place = body.lowerBound
    end = body.upperBound
    var parts: [ShellWord.Part] = []
    readQuoted(until: nil, into: &parts)
    (context, pendingHereDocuments, place, end) = outer
  }
}
