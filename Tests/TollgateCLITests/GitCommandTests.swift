import Foundation
import TestSupport
import Testing

@Suite("Git on the command line", .enabled(if: Tollgate.isBuilt))
struct GitCommandTests {
  /// A repository whose hooks find the program.
  private static func with(_ body: (GitRepository) async throws -> Void) async throws {
    try await TemporaryDirectory.with { directory in
      let repository = try await GitRepository(in: directory, name: "top")
      try await repository.git("config", "user.name", "Test")
      try await repository.git("config", "user.email", "test@localhost")
      try await body(repository)
    }
  }

  private static func run(
    _ arguments: [String], in repository: GitRepository, input: String = ""
  ) async throws -> Program.Outcome {
    try await Program.run(Tollgate.path ?? "", arguments, in: repository.path, input: Array(input.utf8))
  }

  /// Runs git with its hooks and without our settings; `tollgate` is on its PATH.
  private static func git(_ arguments: String..., in repository: GitRepository) async throws -> Program.Outcome {
    let folder = URL(filePath: Tollgate.path ?? "").deletingLastPathComponent().path
    return try await Program.run(
      "/usr/bin/env", ["git"] + arguments, in: repository.path,
      environment: ["PATH": folder + ":" + (Program.environment["PATH"] ?? "")])
  }

  private static let line = "x = '\(Sample.slack)'\n"

  @Test("every mode has its exit codes, and says why it is incomplete")
  func exitCodes() async throws {
    try await Self.with { repository in
      try await repository.commit(["a.txt": "a\n"])
      try await repository.commit(["b.txt": Self.line])
      let cases: [(arguments: [String], status: Int32, words: String)] = [
        (["check", "--staged"], 0, "nothing is staged"), (["check", "--diff", "HEAD~1"], 1, "b.txt\n  1:6"),
        (["scan", "--diff", "HEAD~1...HEAD"], 0, "b.txt\n  1:6"), (["check", "--diff", "HEAD"], 2, "holds no commit"),
        (["scan", "--diff", "HEAD"], 2, "holds no commit"), (["check", "--history"], 1, "came in with commit"),
        (["check", ".", "--history", "HEAD~1"], 0, "gate passed"),
        (["check", "--history", "HEAD..HEAD"], 2, "no commit"),
        (["check", "--staged", "--history"], 64, "only one of"), (["check", "--stdin"], 64, "--name"),
        (["check", "--name", "x"], 64, "--stdin"), (["check", "--staged", "a.txt", "b.txt"], 64, "one repository"),
        (["check", "--pre-receive"], 2, "no updates of references"), (["check", "--files-from", "-"], 2, "no file"),
      ]
      for row in cases {
        let outcome = try await Self.run(row.arguments, in: repository)
        #expect(outcome.status == row.status, "\(row.arguments): \(outcome.output)\(outcome.error)")
        #expect((outcome.output + outcome.error).contains(row.words), "\(row.arguments): \(outcome.output)")
      }
      let outside = try await Program.run(
        Tollgate.path ?? "", ["check", "--staged"], in: repository.directory.path)
      #expect(outside.status == 2 && outside.output.contains("no git repository"))
    }
  }

  @Test("standard input is scanned under its name, and a list names files as bytes")
  func input() async throws {
    try await Self.with { repository in
      let stdin = try await Self.run(["check", "--stdin", "--name", "src/a.py"], in: repository, input: Self.line)
      #expect(stdin.status == 1 && stdin.output.hasPrefix("src/a.py\n  1:6"))
      try repository.directory.write(Array(Self.line.utf8), to: Array("top/n\nl".utf8) + [0xFF])
      try repository.write(Self.line, to: "plain")
      let list = try await Program.run(
        Tollgate.path ?? "", ["check", "--files-from", "-", "--format", "json"], in: repository.path,
        input: Array("plain\0n\nl".utf8) + [0xFF, 0])
      let uris = try JSONValue(list.outputBytes)["findings"].elements.map { $0["uri"].text ?? "" }
      #expect(uris == ["n%0Al%FF", "plain"])
      let lines = try await Self.run(["check", "--files-from", "-"], in: repository, input: "plain\r\n")
      #expect(lines.status == 1)
      let missing = try await Self.run(["check", "--files-from", "-"], in: repository, input: "gone\nplain\n")
      #expect(missing.status == 1 && missing.output.contains("gone: could not be read"))
    }
  }

  @Test("a commit hook refuses a token and says what to do, passes without one, and sees what the commit will hold")
  func preCommit() async throws {
    try await Self.with { repository in
      let before = try await Self.run(["hook", "status"], in: repository)
      #expect(before.status == 1)
      #expect(try await Self.run(["hook", "install"], in: repository).status == 0)
      #expect(try await Self.run(["hook", "status"], in: repository).status == 0)
      try repository.write("a\n", to: "a.txt")
      try await repository.git("add", "a.txt")
      let clean = try await Self.git("commit", "--quiet", "-m", "x", in: repository)
      #expect(clean.status == 0, "\(clean.error)")
      try repository.write("a\n" + Self.line, to: "a.txt")
      try repository.write("b\n", to: "b.txt")
      try await repository.git("add", "b.txt")
      // git gives the hook an index of its own for this.
      let part = try await Self.git("commit", "--quiet", "-m", "x", "a.txt", in: repository)
      #expect(part.status == 1)
      for words in ["a.txt\n  2:6", "slack-bot-token", "fix:", "tollgate:ignore RULE -- reason", "--no-verify"] {
        #expect((part.output + part.error).contains(words), "\(words)")
      }
      let rest = try await Self.git("commit", "--quiet", "-m", "x", in: repository)
      #expect(rest.status == 0, "\(rest.output)\(rest.error)")
      // Accepted with a reason.
      try repository.write("a\n# tollgate" + ":ignore slack-bot-token -- made up\n" + Self.line, to: "a.txt")
      #expect(try await Self.git("commit", "--quiet", "-a", "-m", "x", in: repository).status == 0)
    }
  }

  @Test("hooks keep an older hook, which runs first, and give it back", arguments: [false, true])
  func chained(hasHooksPath: Bool) async throws {
    try await Self.with { repository in
      let folder = hasHooksPath ? "top/my hooks" : "top/.git/hooks"
      if hasHooksPath { try await repository.git("config", "core.hooksPath", "my hooks") }
      let old = "#!/bin/sh\necho old >> '\(repository.directory.path(of: "log"))'\nexit ${FAIL:-0}\n"
      try repository.directory.write(old, to: folder + "/pre-commit")
      try repository.directory.setMode(0o755, of: folder + "/pre-commit")
      // Twice: the second must not take the first for somebody else's.
      for _ in 0..<2 { #expect(try await Self.run(["hook", "install", "pre-commit"], in: repository).status == 0) }
      let status = try await Self.run(["hook", "status", "pre-commit"], in: repository)
      #expect(status.status == 0 && status.output.contains("runs first"))
      try repository.write("a\n", to: "a.txt")
      try await repository.git("add", "a.txt")
      #expect(try await Self.git("commit", "--quiet", "-m", "x", in: repository).status == 0)
      #expect(repository.directory.bytes(of: "log") == Array("old\n".utf8))
      try repository.write(Self.line, to: "a.txt")
      #expect(try await Self.git("commit", "--quiet", "-a", "-m", "x", in: repository).status == 1)
      #expect(try await Self.run(["hook", "uninstall"], in: repository).status == 0)
      #expect(repository.directory.bytes(of: folder + "/pre-commit") == Array(old.utf8))
      #expect(repository.directory.bytes(of: folder + "/pre-commit.before-tollgate") == nil)
      // And leaves one alone that is not ours.
      #expect(try await Self.run(["hook", "uninstall"], in: repository).status == 0)
      #expect(repository.directory.bytes(of: folder + "/pre-commit") == Array(old.utf8))
    }
  }

  @Test("a push hook judges the commits that the other side does not have")
  func prePush() async throws {
    try await Self.with { repository in
      let remote = repository.directory.path(of: "remote.git")
      try await repository.git("init", "--quiet", "--bare", remote)
      try await repository.git("remote", "add", "origin", remote)
      try await repository.commit(["a.txt": Self.line])
      try await repository.git("push", "--quiet", "origin", "main")
      #expect(try await Self.run(["hook", "install", "pre-push"], in: repository).status == 0)
      // What was pushed before is no news, on a new branch either.
      try await repository.git("checkout", "--quiet", "-b", "side")
      try await repository.commit(["b.txt": "b\n"])
      let clean = try await Self.git("push", "origin", "side", in: repository)
      #expect(clean.status == 0, "\(clean.error)")
      let again = try await Self.git("push", "origin", "side", in: repository)
      #expect(again.status == 0, "\(again.error)")
      // Added and removed again: the push holds it all the same.
      try await repository.commit(["c.txt": Self.line])
      try await repository.git("rm", "--quiet", "c.txt")
      try await repository.commit([:])
      let refused = try await Self.git("push", "origin", "side", in: repository)
      #expect(refused.status != 0)
      #expect(refused.output.contains("c.txt\n  1:6") || refused.error.contains("c.txt\n  1:6"))
      #expect(try await Self.git("push", "origin", "--delete", "side", in: repository).status == 0)
    }
  }

  @Test("a repository of another user is explained")
  func ownership() async throws {
    try await Self.with { repository in
      try await repository.commit(["a.txt": "a\n"])
      for mode in [["--staged"], ["--history"], ["--diff", "HEAD~1"]] {
        // What git's own tests set (setup.c, ensure_valid_ownership).
        let outcome = try await Program.run(
          Tollgate.path ?? "", ["check"] + mode, in: repository.path,
          environment: ["GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"])
        #expect(outcome.status == 2)
        #expect(outcome.output.contains("safe.directory"), "\(outcome.output)")
      }
    }
  }

  @Test("variables of a hook count in the current directory, and lead nowhere when a repository is named")
  func environment() async throws {
    try await Self.with { repository in
      let other = try await GitRepository(in: repository.directory, name: "other")
      try other.write(Self.line, to: "o.txt")
      try await other.git("add", "o.txt")
      try repository.write(Self.line, to: "t.txt")
      try await repository.git("add", "t.txt")
      let variables = ["GIT_DIR": other.path + "/.git", "GIT_INDEX_FILE": other.path + "/.git/index"]
      for (arguments, file) in [(["scan", "--staged"], "o.txt"), (["scan", "--staged", repository.path], "t.txt")] {
        let outcome = try await Program.run(
          Tollgate.path ?? "", arguments + ["--format", "json"], in: repository.path, environment: variables)
        let paths = try JSONValue(outcome.outputBytes)["findings"].elements.map { $0["path"].text }
        #expect(paths == [file], "\(outcome.output)")
      }
    }
  }

  @Test("a hook of a server judges a push in its quarantine")
  func preReceive() async throws {
    try await Self.with { repository in
      let remote = repository.directory.path(of: "remote.git")
      try await repository.git("init", "--quiet", "--bare", remote)
      let hook = "#!/bin/sh\nexec '\(Tollgate.path ?? "")' check --pre-receive\n"
      try repository.directory.write(hook, to: "remote.git/hooks/pre-receive")
      try repository.directory.setMode(0o755, of: "remote.git/hooks/pre-receive")
      try await repository.git("remote", "add", "origin", remote)
      try await repository.commit(["a.txt": "a\n"])
      let clean = try await Self.git("push", "origin", "main", in: repository)
      #expect(clean.status == 0, "\(clean.error)")
      try await repository.commit(["b.txt": Self.line])
      let refused = try await Self.git("push", "origin", "main", in: repository)
      #expect(
        refused.status != 0 && refused.error.contains("b.txt") && refused.error.contains("  1:6"), "\(refused.error)")
      // A reference to what is there, and a deletion, hold nothing new.
      let second = try await Self.git("push", "origin", "HEAD~1:refs/heads/second", in: repository)
      #expect(second.status == 0, "\(second.error)")
      let deletion = try await Self.git("push", "origin", "--delete", "second", in: repository)
      #expect(deletion.status == 0, "\(deletion.error)")
    }
  }
}
