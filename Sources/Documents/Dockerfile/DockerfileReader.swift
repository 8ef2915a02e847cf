internal import Findings

/// Reads a Dockerfile into a ``Document``: a list with a mapping for each instruction.
///
///     FROM --platform=linux/amd64 alpine:3 AS build
///     RUN ["make", "all"]
///
/// becomes
///
///     - {instruction: FROM, flags: {platform: linux/amd64}, arguments: [alpine:3, AS, build]}
///     - {instruction: RUN, form: exec, arguments: [make, all]}
///
/// A RUN, CMD or ENTRYPOINT in shell form has its command as the only argument. ENV, ARG and LABEL also have `variables`, a
/// mapping of names to values as they are written. What stands behind ONBUILD has `onbuild: true`. Keys stand
/// nowhere in the file: their place is that of their value.
package enum DockerfileReader {
  /// - Returns: the tree, and a note for each line that is no instruction.
  package static func read(_ bytes: [UInt8]) -> (document: Document, notes: [DocumentError]) {
    let file = Dockerfile(parsing: bytes)
    var writer = Writer(tree: TreeBuilder(capacity: file.instructions.count * 12), bytes: bytes)
    writer.tree.open(.sequence, at: 0)
    for instruction in file.instructions { writer.add(instruction) }
    writer.tree.close(at: bytes.count)
    let document = writer.tree.finish(bytes: bytes, typing: .text)
    return (document, file.errors.map { DocumentError($0.message, at: document.position(of: $0.offset)) })
  }

  private struct Writer {
    var tree: TreeBuilder
    let bytes: [UInt8]

    mutating func add(_ instruction: Dockerfile.Instruction) {
      tree.open(.mapping, at: instruction.range.lowerBound)
      key("instruction", at: instruction.keyword.lowerBound)
      scalar(instruction.name, at: instruction.keyword)
      if instruction.isOnBuild {
        key("onbuild", at: instruction.range.lowerBound)
        scalar("true", at: instruction.range.lowerBound..<instruction.keyword.lowerBound)
      }
      if let first = instruction.flags.first {
        key("flags", at: first.range.lowerBound)
        tree.open(.mapping, at: first.range.lowerBound)
        for flag in instruction.flags {
          key(flag.name, at: flag.range.lowerBound)
          scalar(flag.value ?? "true", at: flag.range)
        }
        tree.close(at: instruction.flags.last?.range.upperBound ?? first.range.upperBound)
      }
      if instruction.isExecForm {
        key("form", at: instruction.keyword.upperBound)
        scalar("exec", at: instruction.keyword)
      }
      let start = instruction.arguments.first?.range.lowerBound ?? instruction.keyword.upperBound
      key("arguments", at: start)
      tree.open(.sequence, at: start)
      for argument in instruction.arguments { scalar(argument.text, at: argument.range) }
      tree.close(at: instruction.arguments.last?.range.upperBound ?? start)
      if let first = instruction.assignments.first {
        key("variables", at: first.range.lowerBound)
        tree.open(.mapping, at: first.range.lowerBound)
        for assignment in instruction.assignments {
          key(assignment.name, at: assignment.range.lowerBound)
          scalar(assignment.value?.text ?? "", at: assignment.range)
        }
        tree.close(at: instruction.range.upperBound)
      }
      tree.close(at: instruction.range.upperBound)
    }

    private mutating func key(_ name: String, at offset: Int) { scalar(name, at: offset..<offset) }

    private mutating func scalar(_ text: String, at range: Range<Int>) {
      if bytes[range].elementsEqual(text.utf8) {
        tree.addScalar(range, text: range, isPlain: false)
        return
      }
      let start = tree.texts.count
      for byte in text.utf8 { tree.addText(byte) }
      tree.addScalar(range, copiedFrom: start, isPlain: false)
    }
  }
}
