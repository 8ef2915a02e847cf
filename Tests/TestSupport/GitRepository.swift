/// A repository that a test makes with the real git, out of reach of the user's configuration.
package struct GitRepository: Sendable {
  package let directory: TemporaryDirectory
  /// The top of the work tree, below the directory; empty: the directory itself.
  package let name: String

  package struct Failure: Error, CustomStringConvertible {
    package var description: String
  }

  /// Makes an empty repository.
  package init(in directory: TemporaryDirectory, name: String = "") async throws {
    self.directory = directory
    self.name = name
    if !name.isEmpty { try directory.makeDirectory(name) }
    try await git("init", "--quiet", "--initial-branch", "main")
  }

  package var path: String { directory.path(of: name) }

  /// Runs git at the top of the work tree.
  @discardableResult
  package func git(_ arguments: String...) async throws -> String { try await git(arguments, in: path) }

  @discardableResult
  package func git(_ arguments: [String], in directory: String) async throws -> String {
    let settings = [
      "user.name=Test", "user.email=test@localhost", "commit.gpgSign=false", "protocol.file.allow=always",
      "core.autocrlf=false", "advice.detachedHead=false",
    ]
    let outcome = try await Program.run(
      "/usr/bin/env", ["git"] + settings.flatMap { ["-c", $0] } + arguments, in: directory)
    guard outcome.status == 0 else {
      throw Failure(description: "git \(arguments.joined(separator: " ")): \(outcome.error)")
    }
    return outcome.output
  }

  package func write(_ text: String, to file: String) throws {
    try directory.write(text, to: name.isEmpty ? file : name + "/" + file)
  }

  /// Writes files and commits them.
  package func commit(_ files: [String: String]) async throws {
    for (file, text) in files { try write(text, to: file) }
    try await git("add", "--all", "--force")
    try await git("commit", "--quiet", "--allow-empty", "--message", "test")
  }

  /// The object that a revision names.
  package func id(_ revision: String = "HEAD") async throws -> String {
    String(try await git("rev-parse", revision).prefix { $0 != "\n" })
  }
}
