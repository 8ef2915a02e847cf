import Foundation
import TestSupport
import Testing

/// The framework, where it is installed.
private enum PreCommit {
  static var isHere: Bool {
    (Program.environment["PATH"] ?? "").split(separator: ":").contains {
      FileManager.default.isExecutableFile(atPath: $0 + "/pre-commit")
    }
  }
}

/// The hooks of `.pre-commit-hooks.yaml` under the framework that they are for.
@Suite(
  "The pre-commit framework", .enabled(if: Tollgate.isBuilt && PreCommit.isHere, "pre-commit is not on the PATH"))
struct PreCommitTests {
  private static let line = "x = '\(Sample.slack)'\n"

  /// A repository that uses the hooks out of a local clone of ours.
  private static func with(
    _ hooks: [String], _ body: (GitRepository, _ run: ([String]) async throws -> Program.Outcome) async throws -> Void
  ) async throws {
    try await TemporaryDirectory.with { directory in
      let source = try await GitRepository(in: directory, name: "source")
      let manifest = try #require(Repository.bytes(".pre-commit-hooks.yaml"))
      try await source.commit([".pre-commit-hooks.yaml": String(decoding: manifest, as: UTF8.self)])
      let revision = try await source.git("rev-parse", "HEAD")
      let repository = try await GitRepository(in: directory, name: "top")
      try await repository.git("config", "user.name", "Test")
      try await repository.git("config", "user.email", "test@localhost")
      let list = hooks.map { "      - id: \($0)\n" }.joined()
      try await repository.commit([
        ".pre-commit-config.yaml": "repos:\n  - repo: \(source.path)\n    rev: \(revision)    hooks:\n\(list)"
      ])
      let folder = URL(filePath: Tollgate.path ?? "").deletingLastPathComponent().path
      let environment = [
        "PATH": folder + ":" + (Program.environment["PATH"] ?? ""), "HOME": directory.path,
        "PRE_COMMIT_HOME": directory.path(of: "cache"),
      ]
      try await body(repository) { arguments in
        try await Program.run("/usr/bin/env", arguments, in: repository.path, environment: environment)
      }
    }
  }

  @Test("refuses a commit with a token, lets one without pass, and leaves unstaged changes alone")
  func staged() async throws {
    try await Self.with(["tollgate-system"]) { repository, run in
      #expect(try await run(["pre-commit", "install"]).status == 0)
      try repository.write("a\n", to: "a.txt")
      try await repository.git("add", "a.txt")
      let clean = try await run(["git", "commit", "-m", "x"])
      #expect(clean.status == 0, "\(clean.output)\(clean.error)")
      try repository.write("a\n" + Self.line, to: "a.txt")
      try await repository.git("add", "a.txt")
      try repository.write("a\n", to: "a.txt")
      let refused = try await run(["git", "commit", "-m", "x"])
      #expect(refused.status == 1)
      #expect((refused.output + refused.error).contains("a.txt:2:6"), "\(refused.output)\(refused.error)")
      try await repository.git("add", "a.txt")
      try repository.write("a\nb\n" + Self.line, to: "a.txt")
      try repository.write("b\n", to: "b.txt")
      try await repository.git("add", "b.txt")
      let partial = try await run(["git", "commit", "-m", "x"])
      #expect(partial.status == 0, "\(partial.output)\(partial.error)")
      #expect(repository.directory.bytes(of: "top/a.txt") == Array(("a\nb\n" + Self.line).utf8))
    }
  }

  @Test("run --all-files scans all files")
  func allFiles() async throws {
    try await Self.with(["tollgate-files-system"]) { repository, run in
      try await repository.commit(["sub/-x.txt": "a\n", "-y.txt": "b\n"])
      let clean = try await run(["pre-commit", "run", "--all-files"])
      #expect(clean.status == 0, "\(clean.output)")
      try await repository.commit(["sub/old.txt": Self.line])
      let refused = try await run(["pre-commit", "run", "--all-files"])
      #expect(refused.status == 1 && refused.output.contains("sub/old.txt\n  1:6"), "\(refused.output)")
    }
  }

  @Test("refuses a push with a token that a later commit took away")
  func push() async throws {
    try await Self.with(["tollgate-push-system"]) { repository, run in
      let remote = repository.directory.path(of: "remote.git")
      try await repository.git("init", "--quiet", "--bare", remote)
      try await repository.git("remote", "add", "origin", remote)
      #expect(try await run(["pre-commit", "install", "--hook-type", "pre-push"]).status == 0)
      let clean = try await run(["git", "push", "origin", "main"])
      #expect(clean.status == 0, "\(clean.output)\(clean.error)")
      try await repository.commit(["c.txt": Self.line])
      try await repository.git("rm", "--quiet", "c.txt")
      try await repository.commit([:])
      let refused = try await run(["git", "push", "origin", "main"])
      #expect(refused.status != 0)
      #expect((refused.output + refused.error).contains("c.txt\n  1:6"), "\(refused.output)\(refused.error)")
    }
  }
}
