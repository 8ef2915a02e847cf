import TestSupport
import Testing

@Suite("Help", .enabled(if: Tollgate.isBuilt))
struct HelpTests {
  static let commands = [
    [], ["check"], ["scan"], ["gate"], ["rules"], ["rules", "list"], ["rules", "show"], ["rules", "test"],
    ["report"], ["report", "convert"], ["report", "merge"], ["report", "diff"], ["report", "stats"],
    ["show"], ["explain"], ["import"], ["rules", "try"], ["rules", "new"], ["rules", "views"],
    ["baseline"], ["accept"], ["why"], ["policy"], ["init"],
  ]

  @Test("is the recorded one", arguments: commands)
  func snapshot(command: [String]) async throws {
    let outcome = try await Program.run(
      try #require(Tollgate.path), command + ["--help"], environment: ["COLUMNS": "80"])
    #expect(outcome.status == 0 && outcome.error.isEmpty)
    let name = (["help"] + command).joined(separator: "-")
    #expect(Snapshot.difference(Tollgate.stable(outcome.output), from: "cli/\(name).txt") == nil)
  }

  @Test(
    "begins with examples",
    arguments: [[], ["check"], ["scan"], ["gate"], ["rules"], ["show"], ["report"], ["explain"], ["import"]])
  func examples(command: [String]) async throws {
    let text = try await Program.run(try #require(Tollgate.path), command + ["--help"]).output
    let examples = try #require(text.firstRange(of: "EXAMPLES"))
    let usage = try #require(text.firstRange(of: "USAGE"))
    #expect(examples.lowerBound < usage.lowerBound)
    #expect(text[..<examples.lowerBound].split(separator: "\n").count <= 3)
  }

  @Test("the text report is the recorded one")
  func report() async throws {
    try await TemporaryDirectory.with { directory in
      try directory.write("import os\ntoken = '\(Sample.github)'\nold = '\(Sample.github)'\n", to: "src/settings.py")
      try directory.write("\turl: https://hooks/\(Sample.slack)  # é 漢\n", to: "a b.yaml")
      try directory.write("x = '\(Sample.broken)'\n", to: "docs/example.md")
      try directory.write("'\(Sample.slack)' # tollgate" + ":ignore slack-bot-token -- revoked\n", to: "old.txt")
      try directory.write("# tollgate" + ":ignore slack-bot-token\n", to: "unused.txt")
      try directory.write(MadeUpCredential.privateKey(40).joined(separator: "\n"), to: "key.pem")
      try directory.write([0], to: "logo.png")
      let outcome = try await Tollgate.run("check", ".", in: directory)
      #expect(outcome.status == 1 && outcome.error.isEmpty)
      #expect(Snapshot.difference(Tollgate.stable(outcome.output, in: directory), from: "cli/report.txt") == nil)
    }
  }

  @Test("the version names the rules")
  func version() async throws {
    let outcome = try await Tollgate.run("--version")
    #expect(outcome.status == 0)
    #expect(Tollgate.stable(outcome.output) == Array("tollgate <version>\n".utf8))
  }

  @Test("completion scripts are printed", arguments: ["bash", "zsh", "fish"])
  func completions(shell: String) async throws {
    let outcome = try await Tollgate.run("--generate-completion-script", shell)
    #expect(outcome.status == 0 && outcome.error.isEmpty)
    #expect(outcome.output.contains("tollgate") && outcome.output.contains("max-file-size"))
  }

  @Test("rules are listed, one on a line, and shown by id or by another tool's name")
  func rules() async throws {
    let list = try await Tollgate.run("rules", "list").output.split(separator: "\n")
    let ids = list.compactMap { $0.split(separator: " ").first.map(String.init) }
    #expect(ids == ids.sorted() && Set(ids).count == ids.count && ids.count >= 60)
    let shown = try await Tollgate.run("rules", "show", "github-personal-access-token")
    #expect(shown.output.hasPrefix("github-personal-access-token: GitHub personal access token\n"))
    #expect(try await Tollgate.run("rules", "show", "gitleaks/github-pat").output == shown.output)
    try await TemporaryDirectory.with { directory in
      try directory.write(Sample.pack(), to: "own.yaml")
      let own = try await Tollgate.run("rules", "list", "--rules", "own.yaml", "--no-built-in-rules", in: directory)
      #expect(own.output == "own-rule  low       Own token\n")
    }
  }

  @Test("the examples of the built-in rules come out as written")
  func builtInExamples() async throws {
    let outcome = try await Tollgate.run("rules", "test")
    #expect(outcome.status == 0 && outcome.output.hasSuffix("all as written\n"), "\(outcome.output)")
  }
}
