// Written here: BuildKit's parser is a Go package, and no library of C or Swift reads Dockerfiles with positions.

/// A Dockerfile, read as BuildKit's `docker/dockerfile:1` frontend reads it.
/// https://docs.docker.com/reference/dockerfile/
package struct Dockerfile: Sendable {
  /// `# escape=`, `# syntax=`, `# check=` at the top.
  package struct Directive: Sendable, Hashable {
    package var name: String
    package var value: String
    package var range: Range<Int>
  }

  /// `--name=value`, or `--name` alone.
  package struct Flag: Sendable, Hashable {
    package var name: String
    package var value: String?
    package var range: Range<Int>
    package var expansion: VariableText.Expansion?
  }

  /// A word of an instruction.
  package struct Argument: Sendable, Hashable {
    /// As it is written, quotes included; an element of the exec form without them.
    package var text: String
    package var range: Range<Int>
    /// With its variables filled in, where the instruction does that.
    package var expansion: VariableText.Expansion?
  }

  /// `NAME=value` of ENV, ARG and LABEL.
  package struct Assignment: Sendable, Hashable {
    package var name: String
    /// `nil` for an ARG without default.
    package var value: VariableText.Expansion?
    package var range: Range<Int>
  }

  package struct HereDocument: Sendable {
    package var name: String
    /// Where the sign and the name stand.
    package var range: Range<Int>
    package var body: EmbeddedText
    /// Whether variables in the body are expanded.
    package var expands: Bool
  }

  package struct Instruction: Sendable {
    /// In upper case.
    package var name: String
    /// From the keyword to the last byte of the arguments or here-documents.
    package var range: Range<Int>
    package var keyword: Range<Int>
    package var flags: [Flag] = []
    package var arguments: [Argument] = []
    package var assignments: [Assignment] = []
    /// What stands behind the flags, on one line, as Docker joins it.
    package var text: EmbeddedText
    /// Whether the arguments are a list of JSON.
    package var isExecForm = false
    package var hereDocuments: [HereDocument] = []
    /// The stage that it belongs to, by index; `nil` before the first FROM.
    package var stage: Int?
    /// What reads a RUN, CMD or ENTRYPOINT in shell form.
    package var shell: [String] = ["/bin/sh", "-c"]
    /// Whether it stands behind ONBUILD.
    package var isOnBuild = false
  }

  package struct Stage: Sendable {
    package var index: Int
    /// What stands behind AS.
    package var name: String?
    /// The index of the FROM in ``Dockerfile/instructions``.
    package var from: Int
    /// The earlier stage that it goes on from.
    package var base: Int?
    /// The indices of what follows the FROM.
    package var instructions: Range<Int>
  }

  package private(set) var directives: [Directive] = []
  package private(set) var instructions: [Instruction] = []
  package private(set) var stages: [Stage] = []
  /// What is no instruction; the rest is read all the same.
  package private(set) var errors: [SyntaxErrorAt] = []

  package struct SyntaxErrorAt: Sendable, Hashable {
    package var message: String
    /// In bytes of the file.
    package var offset: Int
  }

  package init(parsing bytes: [UInt8]) {
    var parser = DockerfileParser(bytes)
    parser.parse()
    directives = parser.directives
    instructions = parser.instructions
    errors = parser.errors
    var scope = DockerfileScope(escape: parser.escape)
    stages = scope.resolve(&instructions)
  }

  /// https://docs.docker.com/reference/dockerfile/#overview
  static let names: Set<String> = [
    "ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL", "MAINTAINER", "ONBUILD",
    "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR",
  ]
}
