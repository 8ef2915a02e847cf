import Foundation
import TestSupport
import Testing

@Suite("The gate on the command line", .enabled(if: Tollgate.isBuilt))
struct GateCommandTests {
  private static let line = "x = '\(Sample.slack)'\n"
  private static let other = "y = '\(MadeUpCredential.slackToken(77))'\n"

  private static func with(_ body: (GitRepository) async throws -> Void) async throws {
    try await TemporaryDirectory.with { directory in
      try await body(try await GitRepository(in: directory, name: "top"))
    }
  }

  private static func run(_ words: String, in repository: GitRepository) async throws -> Program.Outcome {
    try await Program.run(Tollgate.path ?? "", words.split(separator: " ").map(String.init), in: repository.path)
  }

  /// The fingerprint of the finding in a file.
  private static func fingerprint(of path: String, in repository: GitRepository) async throws -> String {
    let json = try JSONValue(try await run("scan . --format json", in: repository).outputBytes)
    let finding = json["findings"].elements.first { $0["path"].text == path }
    return try #require(finding?["fingerprint"].text)
  }

  @Test("a policy that is in error is told of with every place, and exits 78")
  func error() async throws {
    try await Self.with { repository in
      try await repository.commit(["a.txt": Self.line, ".tollgate.yml": "version: 1\nrulse: []\nrules: [{id: a}]\n"])
      let outcome = try await Self.run("check .", in: repository)
      #expect(outcome.status == 78 && outcome.output.isEmpty)
      #expect(outcome.error.contains(".tollgate.yml:2:1: unknown key \"rulse\" in the policy; did you mean rules?\n"))
      #expect(outcome.error.contains(".tollgate.yml:3:9: there is no match"))
      #expect(try await Self.run("check . --no-policy", in: repository).status == 1)
      #expect(try await Self.run("check . --policy gone.yml", in: repository).status == 78)
    }
  }

  @Test("a baseline is created, follows moves, lets nothing new pass, and is kept up to date")
  func baseline() async throws {
    try await Self.with { repository in
      try await repository.commit(["a.txt": Self.line])
      #expect(try await Self.run("check .", in: repository).status == 1)
      let created = try await Self.run("baseline create --as-of 2026-11-25", in: repository)
      #expect(created.status == 0 && created.output.contains("1 known findings"), "\(created.error)")
      let again = try await Self.run("baseline create", in: repository)
      #expect(again.status == 64)
      #expect(try await Self.run("check .", in: repository).status == 0)
      // Moved, indented anew and with other line endings it is the same.
      try repository.write("\r\n\r\n\t\t" + Self.line.replacing("\n", with: "\r\n"), to: "deep/b.txt")
      _ = try await repository.git("rm", "--quiet", "--force", "a.txt")
      let moved = try await Self.run("check . --format json", in: repository)
      #expect(moved.status == 0)
      #expect(try JSONValue(moved.outputBytes)["findings"][0]["state"].text == "moved")
      // Another value on the same line is another finding.
      try repository.write("\r\n\r\n\t\t" + Self.other, to: "deep/b.txt")
      #expect(try await Self.run("check .", in: repository).status == 1)
      let difference = try await Self.run("baseline diff", in: repository)
      #expect(difference.status == 1)
      #expect(difference.output.split(separator: "\n").map { $0.prefix(1) } == ["+", "-"])
      #expect(try await Self.run("baseline update", in: repository).status == 0)
      #expect(try await Self.run("baseline diff", in: repository).status == 0)
      // What was fixed and comes back is no old acquaintance.
      try repository.write(Self.line, to: "a.txt")
      let back = try await Self.run("check . --format json", in: repository)
      #expect(back.status == 1)
      #expect(try JSONValue(back.outputBytes)["findings"][0]["state"].text == "reopened")
      #expect(try await Self.run("baseline prune", in: repository).output.contains("1 entries taken out"))
    }
  }

  @Test("a finding is accepted until its day, and why tells the chain")
  func accept() async throws {
    try await Self.with { repository in
      try await repository.commit(["a.txt": Self.line])
      let fingerprint = try await Self.fingerprint(of: "a.txt", in: repository)
      let outcome = try await Program.run(
        Tollgate.path ?? "",
        [
          "accept", String(fingerprint.prefix(12)), "--reason", "the demo account's own key", "--owner", "me",
          "--until", "2026-12-31", "--as-of", "2026-11-25",
        ],
        in: repository.path)
      #expect(outcome.status == 0, "\(outcome.error)")
      let passed = try await Self.run("check . --as-of 2026-12-31 --report sarif=out.sarif", in: repository)
      #expect(passed.status == 0)
      #expect(passed.output.contains("excused: 1 of what would be denied"))
      #expect(passed.output.contains("ends next: exception"))
      #expect(try await Self.run("check . --as-of 2027-01-01", in: repository).status == 1)
      let why = try await Self.run("why \(fingerprint) --as-of 2026-12-01", in: repository)
      #expect(why.output.contains("effect       off in stage main as of 2026-12-01, deny without its excuse"))
      #expect(why.output.contains("of me until 2026-12-31: the demo account's own key"))
      // A report says so too, and a gate that reads it later looks anew.
      let sarif = try JSONValue(
        try #require(FileManager.default.contents(atPath: repository.path + "/out.sarif").map(Array.init)))
      #expect(sarif["runs"][0]["results"][0]["suppressions"][0]["kind"].text == "external")
      #expect(sarif["runs"][0]["results"][0]["baselineState"].text == "new")
      #expect(try await Self.run("gate out.sarif --as-of 2026-12-31", in: repository).status == 0)
      #expect(try await Self.run("gate out.sarif --as-of 2027-01-01", in: repository).status == 1)
      let ahead = try await Self.run("gate out.sarif --as-of 2026-12-01 --forecast 90d", in: repository)
      #expect(ahead.status == 0 && ahead.output.contains("the gate will fail from 2027-01-01 on"))
      // The exception holds for this line as it is.
      try repository.write("see " + Self.line, to: "a.txt")
      #expect(try await Self.run("check . --as-of 2026-12-01", in: repository).status == 1)
    }
  }

  @Test("a change cannot let itself pass")
  func selfProtection() async throws {
    try await Self.with { repository in
      try await repository.commit(["a.txt": "a\n", ".tollgate.yml": "version: 1\n"])
      try await repository.git("checkout", "--quiet", "-b", "change")
      try await repository.commit([
        "b.txt": Self.line, ".tollgate.yml": "version: 1\nrules: [{id: all, match: {}, then: off}]\n",
      ])
      let outcome = try await Self.run("check --diff main", in: repository)
      #expect(outcome.status == 1)
      #expect(outcome.output.contains("policy-weakened"))
      #expect(outcome.output.contains("would let pass what is denied now: b.txt:1"))
      #expect(outcome.output.contains("protected-file-changed"))
      // Who asks by a policy of one's own, or in a stage that trusts what it scans, gets what was asked for.
      #expect(try await Self.run("check . ", in: repository).status == 0)
      #expect(try await Self.run("check --diff main --policy .tollgate.yml", in: repository).status == 0)
      // A tightened policy is no weaker one.
      try await repository.git("checkout", "--quiet", "-b", "tighter", "main")
      try await repository.commit([
        ".tollgate.yml": "version: 1\nrules: [{id: all, match: {}, then: deny}]\n", "c.txt": "c\n",
      ])
      let tighter = try await Self.run("check --diff main", in: repository)
      #expect(tighter.status == 0 && !tighter.output.contains("policy-weakened"), "\(tighter.output)")
    }
  }

  @Test("the merge base is a baseline that nobody has to keep")
  func mergeBase() async throws {
    try await Self.with { repository in
      try await repository.commit(["a.txt": "one\n" + Self.line, "c.txt": "c\n"])
      try await repository.git("checkout", "--quiet", "-b", "change")
      // The line is edited, so that git calls it new; the value is old.
      try await repository.commit(["a.txt": "one\n  " + Self.line])
      #expect(try await Self.run("check --diff main", in: repository).status == 1)
      let known = try await Self.run("check --diff main --baseline merge-base --format json", in: repository)
      #expect(known.status == 0, "\(known.error)")
      #expect(try JSONValue(known.outputBytes)["findings"][0]["state"].text == "existing")
      try await repository.commit(["c.txt": Self.line + Self.other])
      let more = try await Self.run("check . --baseline merge-base:main --format json", in: repository)
      #expect(more.status == 1)
      let states = try JSONValue(more.outputBytes)["findings"].elements.map { $0["state"].text }
      #expect(states == ["existing", "spread", "new"])
    }
  }

  @Test("init writes a policy that passes its own tests, and a baseline of what is there")
  func initialize() async throws {
    try await Self.with { repository in
      try await repository.commit([
        "src/a.txt": Self.line, "tests/b.txt": "b\n", "vendor/c.txt": "c\n",
        ".github/workflows/ci.yml": "on: push\njobs: {}\n",
      ])
      let outcome = try await Self.run("init --pipeline gitlab", in: repository)
      #expect(outcome.status == 0, "\(outcome.error)")
      #expect(outcome.output.contains(".tollgate/baseline: ") && outcome.output.contains(" known findings"))
      #expect(outcome.output.contains("tollgate init --pipeline github"))
      let test = try await Self.run("policy test", in: repository)
      #expect(test.status == 0 && test.output == "2 cases: all as written\n", "\(test.error)")
      #expect(try await Self.run("policy lint", in: repository).status == 0)
      #expect(try await Self.run("check . ", in: repository).status == 0)
      #expect(try await Self.run("init", in: repository).status == 64)
    }
  }

  @Test("a policy is replayed over commits")
  func backtest() async throws {
    try await Self.with { repository in
      try await repository.commit(["a.txt": "a\n"])
      try await repository.commit(["b.txt": Self.line])
      try await repository.commit(["c.txt": "c\n"])
      let outcome = try await Self.run("policy backtest --last 10", in: repository)
      #expect(outcome.status == 0, "\(outcome.error)")
      #expect(outcome.output.contains("b.txt:1  slack-bot-token"))
      #expect(outcome.output.hasSuffix("1 of 2 commits would have been stopped\n"), "\(outcome.output)")
    }
  }

  @Test("cases of a policy that do not come out as written are told of")
  func failingCase() async throws {
    try await Self.with { repository in
      let policy = "version: 1\ntests:\n  - {name: wrong, finding: {rule: x}, expect: off}\n"
      try await repository.commit([".tollgate.yml": policy])
      let outcome = try await Self.run("policy test", in: repository)
      #expect(outcome.status == 1)
      #expect(outcome.error.hasPrefix(".tollgate.yml:3:5: test \"wrong\": the effect is deny, not off: "))
    }
  }
}
