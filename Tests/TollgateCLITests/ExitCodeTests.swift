import TestSupport
import Testing

@Suite("Exit codes", .enabled(if: Tollgate.isBuilt))
struct ExitCodeTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var arguments: [String]
    var status: Int32
    var words = ""
    var testDescription: String { "\(arguments.joined(separator: " ")) exits \(status)" }
  }

  static let cases = [
    Case(arguments: ["check", "clean"], status: 0, words: "gate passed"),
    Case(
      arguments: ["check", "high"], status: 1,
      words: "gate failed: 1 finding denied by the built-in policy in stage main"),
    Case(arguments: ["check", "critical"], status: 1), Case(arguments: ["check", "key"], status: 1),
    Case(arguments: ["check", "high/a.txt"], status: 1),
    Case(arguments: ["check", "high", "--fail-on", "critical"], status: 0),
    Case(arguments: ["check", "critical", "--fail-on", "never"], status: 0, words: "--fail-on never"),
    Case(arguments: ["check", "note"], status: 0), Case(arguments: ["check", "note", "--fail-on", "low"], status: 0),
    Case(arguments: ["check", "note", "--fail-on", "note"], status: 1),
    Case(arguments: ["check", "low", "--rules", "low.yaml"], status: 0),
    Case(arguments: ["check", "low", "--rules", "low.yaml", "--fail-on", "low"], status: 1),
    Case(arguments: ["check", "low", "--rules", "warn.yaml", "--fail-on", "low"], status: 1),
    Case(arguments: ["check", "low", "--rules", "audit.yaml", "--fail-on", "low"], status: 0),
    Case(arguments: ["check", "suppressed"], status: 0), Case(arguments: ["scan", "high"], status: 0),
    Case(arguments: ["check", "empty"], status: 2, words: "no file was scanned"),
    Case(arguments: ["scan", "empty"], status: 2, words: "no file was scanned"),
    Case(arguments: ["check", "binary"], status: 2, words: "no file was scanned"),
    Case(arguments: ["check", "high", "--exclude", "*.txt"], status: 2, words: "no file was scanned"),
    Case(arguments: ["check", "missing"], status: 64, words: "No such file"),
    Case(arguments: ["check", "--bogus"], status: 64, words: "--bogus"), Case(arguments: ["bogus"], status: 64),
    Case(arguments: ["check", "clean", "--fail-on", "bad"], status: 64),
    Case(arguments: ["check", "clean", "--format", "xml"], status: 64),
    Case(arguments: ["check", "clean", "--report", "sarif"], status: 64),
    Case(arguments: ["check", "clean", "--report", "sarif="], status: 64),
    Case(arguments: ["check", "clean", "--jobs", "0"], status: 64),
    Case(arguments: ["check", "clean", "--max-file-size", "1x"], status: 64),
    Case(arguments: ["check", "clean", "--max-file-size", "99999999999G"], status: 64),
    Case(arguments: ["check", "clean", "--exclude", "[a"], status: 64, words: "bracket"),
    Case(arguments: ["check", "clean", "--output", "missing/out"], status: 64, words: "missing/out"),
    Case(arguments: ["gate"], status: 64), Case(arguments: ["gate", "missing.sarif"], status: 64),
    Case(arguments: ["rules", "show", "no-such-rule"], status: 64, words: "no-such-rule"),
    Case(arguments: ["gate", "clean/a.txt"], status: 2), Case(arguments: ["gate", "clean"], status: 64),
    Case(arguments: ["check", "clean", "--rules", "bad.yaml"], status: 78, words: "bad.yaml:23:1: "),
    Case(arguments: ["check", "clean", "--rules", "missing.yaml"], status: 78, words: "missing.yaml:1:1: "),
    Case(arguments: ["rules", "test", "low.yaml"], status: 0, words: "1 rules, 5 examples: all as written"),
    Case(arguments: ["rules", "test", "bad.yaml"], status: 78, words: "bad.yaml:23:1: "),
  ]

  @Test("follow the table", arguments: cases)
  func table(row: Case) async throws {
    try await TemporaryDirectory.with { directory in
      try directory.write("nothing\n", to: "clean/a.txt")
      try directory.write("x = '\(Sample.slack)'\n", to: "high/a.txt")
      try directory.write("x = '\(Sample.github)'\n", to: "critical/a.txt")
      try directory.write(MadeUpCredential.privateKey(40).joined(separator: "\n"), to: "key/a.txt")
      try directory.write("x = '\(Sample.broken)'\n", to: "note/a.txt")
      try directory.write("own_1234\n", to: "low/a.txt")
      try directory.write("'\(Sample.slack)' # tollgate" + ":ignore slack-bot-token -- why\n", to: "suppressed/a.txt")
      try directory.write([0, 1, 2], to: "binary/a.txt")
      try directory.makeDirectory("empty")
      try directory.write(Sample.pack(), to: "low.yaml")
      try directory.write(Sample.pack(level: "warn"), to: "warn.yaml")
      try directory.write(Sample.pack(level: "audit"), to: "audit.yaml")
      try directory.write(Sample.pack(extra: "colour: red"), to: "bad.yaml")
      let outcome = try await Program.run(try #require(Tollgate.path), row.arguments, in: directory.path)
      #expect(outcome.status == row.status)
      #expect(row.words.isEmpty || (outcome.output + outcome.error).contains(row.words), "\(outcome.error)")
      // Whoever is told no by a number is told why in words.
      if row.status > 2 { #expect(outcome.output.isEmpty && !outcome.error.isEmpty) }
    }
  }

  @Test("of the gate are those of the check that wrote the report", arguments: ["clean", "high", "note", "empty"])
  func gate(name: String) async throws {
    let contents = ["clean": "nothing\n", "high": "'\(Sample.slack)'\n", "note": "'\(Sample.broken)'\n"]
    try await TemporaryDirectory.with { directory in
      try directory.makeDirectory("tree")
      if let content = contents[name] { try directory.write(content, to: "tree/a.txt") }
      for failOn in ["critical", "high", "note", "never"] {
        let check = try await Tollgate.run(
          "check", "tree", "--fail-on", failOn, "--format", "sarif", "--output", "out.sarif", in: directory)
        let gate = try await Tollgate.run("gate", "out.sarif", "--fail-on", failOn, in: directory)
        #expect(gate.status == check.status, "--fail-on \(failOn)")
        let sarif = String(decoding: try #require(directory.bytes(of: "out.sarif")), as: UTF8.self)
        let input = try await Tollgate.run("gate", "-", "--fail-on", failOn, in: directory, input: sarif)
        #expect(input.status == check.status && input.output == gate.output, "--fail-on \(failOn)")
      }
    }
  }

  @Test("are not lost with the reader of the output", arguments: ["", "trap '' PIPE; "])
  func closedPipe(prefix: String) async throws {
    try await TemporaryDirectory.with { directory in
      for index in 0..<300 { try directory.write("'\(Sample.slack)'\n", to: "tree/\(index)") }
      // `false` closes the pipe without reading; its status is not that of the first program.
      for format in ["text", "sarif"] {
        let line = prefix + "{ $T check tree --format \(format); echo $? > status; } | head -1"
        let outcome = try await Tollgate.shell(line, in: directory)
        let isVerdict = outcome.error.split(separator: "\n").allSatisfy { line in
          ["gate failed", "Mend", "  "].contains { line.hasPrefix($0) }
        }
        #expect(isVerdict)
        #expect(outcome.output.split(separator: "\n").count == 1)
        #expect(directory.bytes(of: "status") == Array("1\n".utf8), "\(format)")
      }
    }
  }

  @Test("say that a report could not be kept")
  func fullDisk() async throws {
    try await TemporaryDirectory.with { directory in
      try directory.write("nothing\n", to: "tree/a")
      let outcome = try await Tollgate.shell("$T check tree --format sarif > /dev/full", in: directory)
      #expect(outcome.status == 2)
      #expect(outcome.error.contains("No space left"))
    }
  }
}
