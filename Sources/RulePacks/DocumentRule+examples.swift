internal import Documents
internal import Findings
internal import Views

extension DocumentRule {
  package func fires(on example: RuleExample) throws(RuleExample.Failure) -> Bool {
    let bytes = Array(example.text.utf8)
    let path = SourcePath(example.path ?? "example")
    let others = ExampleFiles(
      Dictionary(example.files.map { (SourcePath($0.path), Array($0.text.utf8)) }, uniquingKeysWith: { $1 }))
    let file: ViewedFile
    do throws(DocumentError) {
      file = try ViewedFile.read(
        bytes, path: path, recognition: try recognition(of: example, bytes), others: others
      ).file
    } catch {
      throw RuleExample.Failure(message: error.description)
    }
    var outcome = DocumentRuleSet.Outcome()
    var evaluation = DocumentRuleEvaluation(self, file, bindings: DocumentRuleEvaluation.bindings(for: file))
    switch target {
    case .document: evaluation.lookAtSelection()
    case .view(let view): for element in view.elements(file) { evaluation.look(at: element) }
    }
    evaluation.finish(&outcome)
    if let note = file.notes.first {
      throw RuleExample.Failure(message: "line \(file.position(of: note.offset).line): \(note.message)")
    }
    if let problem = outcome.notifications.first(where: { $0.level > .note }) {
      throw RuleExample.Failure(message: problem.message)
    }
    return !outcome.matches.isEmpty
  }

  /// What kind of file an example is: by its path if it has one, else the rule's first kind.
  private func recognition(
    of example: RuleExample, _ bytes: [UInt8]
  ) throws(DocumentError) -> FileRecognition {
    let first = kinds[0]  // A rule without kinds is refused when its pack is read.
    guard let name = example.path else { return FileRecognition(kind: first, format: first.usualFormat) }
    let text = bytes.span
    guard let recognition = FileRecognition(path: SourcePath(name), content: text),
      kinds.contains(recognition.kind)
    else {
      let words = kinds.map(\.rawValue).joined(separator: ", ")
      throw DocumentError("a file \(name) is of none of the kinds \(words)", at: Position(line: 1, column: 1))
    }
    return recognition
  }
}

/// The files that stand beside an example.
private struct ExampleFiles: FileResolver {
  private let files: [SourcePath: [UInt8]]

  init(_ files: [SourcePath: [UInt8]]) {
    self.files = files
  }

  func bytes(of path: SourcePath) -> [UInt8]? { files[path] }
}
