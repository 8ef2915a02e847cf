import Foundation
import TestSupport
import Testing

@Suite("Output", .enabled(if: Tollgate.isBuilt))
struct OutputTests {
  private static func withTree(_ body: (TemporaryDirectory) async throws -> Void) async throws {
    try await TemporaryDirectory.with { directory in
      try directory.write("x = '\(Sample.slack)'\n", to: "tree/src/a.py")
      try directory.write("ok\n", to: "tree/b.txt")
      try directory.write([0, 1], to: "tree/c.bin")
      try directory.link("tree/link", to: "b.txt")
      try await body(directory)
    }
  }

  @Test("of a machine's format is data alone; verdict and progress stand on standard error")
  func machineFormats() async throws {
    try await Self.withTree { directory in
      for format in ["sarif", "json"] {
        let outcome = try await Tollgate.run("check", "tree", "--format", format, in: directory)
        _ = try JSONValue(outcome.outputBytes)
        #expect(outcome.error.hasPrefix("gate failed"))
      }
      let lines = try await Tollgate.run("scan", "tree", "--format", "jsonl", in: directory)
      for line in lines.output.split(separator: "\n") { _ = try JSONValue(Array(line.utf8)) }
      #expect(lines.error.isEmpty && lines.output.hasSuffix("\n"))
    }
  }

  @Test("goes to several reports at once, each the same as by itself")
  func reports() async throws {
    try await Self.withTree { directory in
      let all = try await Tollgate.run(
        "check", "tree", "--report", "sarif=out.sarif", "--report", "json=out.json", "--report", "jsonl=a=b.jsonl",
        "--format", "text", "--output", "out.txt", in: directory)
      #expect(all.status == 1)
      #expect(all.output.isEmpty && all.error.hasPrefix("gate failed"))
      for (format, file) in [("sarif", "out.sarif"), ("json", "out.json"), ("jsonl", "a=b.jsonl")] {
        let single = try await Tollgate.run("check", "tree", "--format", format, in: directory)
        let isSame = directory.bytes(of: file) == single.outputBytes
        #expect(isSame, "\(format)")
      }
      let text = String(decoding: try #require(directory.bytes(of: "out.txt")), as: UTF8.self)
      #expect(text.contains("tree/src/a.py\n  1:6") && !text.contains("\u{1B}"))
    }
  }

  @Test("replaces an older and longer report")
  func replaced() async throws {
    try await Self.withTree { directory in
      try directory.write(String(repeating: "old", count: 100_000), to: "out.json")
      _ = try await Tollgate.run("scan", "tree", "--format", "json", "--output", "out.json", in: directory)
      _ = try JSONValue(try #require(directory.bytes(of: "out.json")))
    }
  }

  @Test("of text leads to the files from where the user is")
  func paths() async throws {
    try await Self.withTree { directory in
      try directory.makeDirectory("tree/src/deep")
      for (from, path) in [
        ("", "tree/src/a.py"), ("tree", "src/a.py"), ("tree/src", "../src/a.py"), ("tree/src/deep", "../../src/a.py"),
      ] {
        let outcome = try await Program.run(
          try #require(Tollgate.path), ["scan", directory.path(of: "tree")], in: directory.path(of: from))
        #expect(outcome.output.hasPrefix("\(path)\n  1:6"), "from \(from)")
      }
    }
  }

  @Test("is coloured when it is asked for, and by itself in a terminal alone")
  func color() async throws {
    try await Self.withTree { directory in
      #expect(!(try await Tollgate.run("scan", "tree", in: directory)).output.contains("\u{1B}"))
      for environment in [[:], ["NO_COLOR": "1"], ["TERM": "dumb"]] {
        let always = try await Tollgate.run(
          "scan", "tree", "--color", "always", in: directory, environment: environment)
        #expect(always.output.contains("\u{1B}["))
      }
    }
  }

  @Test(
    "in a terminal honours NO_COLOR and TERM=dumb",
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/script")))
  func terminal() async throws {
    try await Self.withTree { directory in
      let cases: [(environment: [String: String], option: String, isColored: Bool)] = [
        (["TERM": "xterm"], "", true), (["TERM": "xterm", "NO_COLOR": "1"], "", false), (["TERM": "dumb"], "", false),
        (["TERM": "xterm", "NO_COLOR": ""], "", true), (["TERM": "xterm"], "--color never", false),
        (["TERM": "xterm", "NO_COLOR": "1"], "--color always", true), (["TERM": "xterm"], "--format json", false),
      ]
      for row in cases {
        let line = "script -qec \"$T scan tree \(row.option)\" /dev/null"
        let outcome = try await Tollgate.shell(line, in: directory, environment: row.environment)
        #expect(outcome.output.contains("src/a.py"))
        #expect(outcome.output.contains("\u{1B}[") == row.isColored, "\(row.environment) \(row.option)")
      }
    }
  }

  @Test("is less with --quiet and more with --verbose")
  func amount() async throws {
    try await Self.withTree { directory in
      let plain = try await Tollgate.run("check", "tree", in: directory)
      #expect(plain.output.contains("Not scanned: 1 binary, 1 symbolic link."))
      #expect(!plain.output.contains("c.bin") && plain.output.contains("gate failed"))
      let verbose = try await Tollgate.run("check", "tree", "--verbose", in: directory)
      #expect(verbose.output.contains("tree/c.bin: binary file") && verbose.output.contains("tree/link: symbolic link"))
      let quiet = try await Tollgate.run("check", "tree", "--quiet", in: directory)
      #expect(quiet.status == 1)
      #expect(
        quiet.output.contains("a.py\n  1:6") && !quiet.output.contains("gate") && !quiet.output.contains("Scanned"))
      #expect(quiet.error.isEmpty)
      let json = try await Tollgate.run("check", "tree", "--quiet", "--format", "json", in: directory)
      #expect(json.error.isEmpty && json.status == 1)
    }
  }

  @Test("follows --exclude and --max-file-size with its units")
  func selection() async throws {
    try await TemporaryDirectory.with { directory in
      try directory.write(String(repeating: "a", count: 1_024), to: "tree/k")
      try directory.write(String(repeating: "a", count: 1_025), to: "tree/k1")
      func scanned(_ arguments: String...) async throws -> Double? {
        let outcome = try await Program.run(
          try #require(Tollgate.path), ["scan", "tree", "--format", "json"] + arguments, in: directory.path)
        return try JSONValue(outcome.outputBytes)["coverage"]["files"].number
      }
      for (size, count) in [
        ("1024", 1.0), ("1k", 1), ("1K", 1), ("1KiB", 1), ("1kb", 1), ("1025b", 2), ("1M", 2), ("2GiB", 2), ("0", 0),
      ] {
        #expect(try await scanned("--max-file-size", size) == count, "\(size)")
      }
      #expect(try await scanned("--exclude", "k1") == 1)
      #expect(try await scanned("--exclude", "k1", "--exclude", "k") == 0)
      #expect(try await scanned("--jobs", "7") == 2)
    }
  }

  @Test("shows no value, whatever the format")
  func secrecy() async throws {
    let leak = Leak(of: [Sample.slack, Sample.github])
    try await TemporaryDirectory.with { directory in
      try directory.write("'\(Sample.slack)' '\(Sample.github)' z\(Sample.github)z\n", to: "tree/a")
      for format in ["text", "sarif", "json", "jsonl"] {
        let outcome = try await Tollgate.run("check", "tree", "--verbose", "--format", format, in: directory)
        #expect(outcome.status == 1)
        #expect(leak.found(in: outcome.outputBytes) == nil && leak.found(in: outcome.errorBytes) == nil, "\(format)")
      }
    }
  }
}
