internal import Documents
package import Expressions

/// A text in a file that a shell or a template engine reads: `run` of a step, `script` of a job, `RUN` of an image.
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
  let place: Range<Int>
  let holes: [GitHubTemplate.Hole]
  /// What reads it, as `shell` of GitHub Actions names it: `bash`, `sh`, `pwsh`, `python`, …; `nil` where that is unknown.
  let shell: String?

  init(_ node: Node, in file: OriginFile, holes: Holes, shell: String?) {
    let content = node.embeddedText ?? EmbeddedText(bytes: [], segments: [])
    self.content = content
    self.file = file
    place = node.byteRange
    self.shell = shell
    switch holes {
    case .none: self.holes = []
    case .gitHub:
      let text = content.bytes.span
      self.holes = GitHubTemplate(text).holes
    }
  }

  package var type: ValueType { Self.type }
  package var text: String? { String(decoding: content.bytes, as: UTF8.self) }

  package func member(_ name: String) -> Value? {
    switch name {
    case "text": text.map(Value.string)
    case "shell": shell.map(Value.string)
    case "expressions": .list(holes.compactMap { $0.expression.map(Value.object) })
    default: nil
    }
  }

  package func origin(of member: String) -> Origin? { Origin(file, place) }
}
