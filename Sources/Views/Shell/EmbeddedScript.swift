internal import Documents
package import Expressions
internal import Shell
internal import Synchronization

/// A text in a file that a shell reads: `run` of a step, `script` of a job, `RUN` of an image.
package final class EmbeddedScript: ValueObject, Located {
  package static let type = ValueType("shell.Script")

  /// What other templates fill in before the shell reads the text.
  package enum Holes: Sendable {
    case none
    /// `${{ }}`
    case gitHub
  }

  /// The text and where its bytes stand; without `${{ }}` filled in.
  let content: EmbeddedText
  let file: OriginFile
  let holes: [GitHubTemplate.Hole]
  /// What reads it, as `shell` of GitHub Actions names it: `bash`, `sh`, `pwsh`, `python`, …; `nil` where that is unknown.
  let shell: String?
  private let parsed = Mutex<ShellScript?>(nil)

  convenience init(_ node: Node, in file: OriginFile, holes: Holes = .none, shell: String?) {
    self.init(node.embeddedText ?? EmbeddedText(bytes: [], segments: []), in: file, holes: holes, shell: shell)
  }

  init(_ content: EmbeddedText, in file: OriginFile, holes: Holes = .none, shell: String?) {
    self.content = content
    self.file = file
    self.shell = shell
    switch holes {
    case .none: self.holes = []
    case .gitHub:
      let text = content.bytes.span
      self.holes = GitHubTemplate(text).holes
    }
  }

  /// A command that is given as a list of words, which no shell splits: they are quoted so that one reads them alike.
  convenience init(words: [(text: String, range: Range<Int>)], in file: OriginFile) {
    var bytes: [UInt8] = []
    var segments: [EmbeddedText.Segment] = []
    for (text, range) in words {
      if !bytes.isEmpty {
        segments.append(.init(text: bytes.count, file: range.lowerBound))
        bytes.append(0x20)
      }
      let isPlain = !text.isEmpty && text.utf8.allSatisfy { Self.isPlain($0) }
      // The place of a list's element is that of its quotes.
      segments.append(
        .init(text: bytes.count, file: range.lowerBound + (isPlain && range.count > text.utf8.count ? 1 : 0)))
      bytes += isPlain ? Array(text.utf8) : Array("'\(text.replacing("'", with: "'\\''"))'".utf8)
    }
    self.init(EmbeddedText(bytes: bytes, segments: segments), in: file, shell: "sh")
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & ~0x20) || "-_./=:,+@%".utf8.contains(byte)
  }

  /// Whether a POSIX shell or Bash reads it, or might.
  var isShell: Bool {
    guard let shell else { return true }
    // `bash -euo pipefail {0}`
    let name = shell.split(separator: " ").first.map { $0.split(separator: "/").last.map(String.init) ?? "" } ?? ""
    return ["sh", "bash", "dash", "ash", "ksh", "zsh"].contains(name)
  }

  /// Parsed once, when somebody asks.
  var script: ShellScript {
    if let known = parsed.withLock({ $0 }) { return known }
    let script = isShell ? ShellScript(parsing: content.bytes, holes: holes.map(\.range)) : ShellScript(parsing: [])
    parsed.withLock { $0 = script }
    return script
  }

  package var type: ValueType { Self.type }
  package var text: String? { String(decoding: content.bytes, as: UTF8.self) }

  package func member(_ name: String) -> Value? {
    switch name {
    case "text": text.map(Value.string)
    case "shell": shell.map(Value.string)
    case "expressions": .list(holes.compactMap { $0.expression.map(Value.object) })
    case "options": .strings(script.options.sorted())
    case "commands":
      .list(
        LocatedList(
          script.commands.indices.map { index in
            (
              .map(CommandRecord.record(index, of: self, fields: [])),
              Origin(file, content.fileRange(of: script.commands[index].range))
            )
          }))
    default: nil
    }
  }

  package func origin(of member: String) -> Origin? {
    Origin(file, content.fileRange(of: 0..<content.bytes.count))
  }

  package func isEqual(to other: any ValueObject) -> Bool {
    (other as? EmbeddedScript)?.content.bytes == content.bytes
  }
}
