import Foundation
import TestSupport
import Testing

@Suite("tollgate report", .enabled(if: Tollgate.isBuilt))
struct ReportCommandTests {
  /// Two scans of a tree, before and after a change.
  private static func withReports(_ body: (TemporaryDirectory) async throws -> Void) async throws {
    try await TemporaryDirectory.with { directory in
      try directory.write("x = '\(Sample.slack)'\n", to: "tree/a.py")
      try directory.write("y = '\(Sample.github)'\n", to: "tree/b.py")
      _ = try await Tollgate.run("scan", "tree", "--format", "sarif", "--output", "old.sarif", in: directory)
      try directory.write("\n\nx = '\(Sample.slack)'\n", to: "tree/a.py")
      try directory.write("ok\n", to: "tree/b.py")
      try directory.write("z = '\(Sample.github)'\nz = '\(Sample.slack)'\n", to: "tree/c.py")
      _ = try await Tollgate.run("scan", "tree", "--format", "sarif", "--output", "new.sarif", in: directory)
      try await body(directory)
    }
  }

  @Test("converts to every format, to files and from standard input")
  func convert() async throws {
    try await Self.withReports { directory in
      for format in ["csv", "junit", "markdown", "gitlab-codequality", "sarif", "rdjsonl", "text"] {
        let outcome = try await Tollgate.run("report", "convert", "new.sarif", "--format", format, in: directory)
        #expect(outcome.status == 0 && outcome.output.contains("slack-bot-token"), "\(format)")
      }
      let file = try await Tollgate.run(
        "report", "convert", "new.sarif", "--format", "json", "--output", "out.json", "--report", "csv=out.csv",
        in: directory)
      #expect(file.status == 0 && file.output.isEmpty)
      #expect(try JSONValue(try #require(directory.bytes(of: "out.json")))["findings"].elements.count == 3)
      #expect(directory.bytes(of: "out.csv")?.starts(with: Array("severity,".utf8)) == true)
      let piped = try await Tollgate.shell("\"$T\" report convert - --oneline < new.sarif", in: directory)
      #expect(piped.output.contains("a.py:3:6: high: Slack bot token [slack-bot-token]\n"))
    }
  }

  @Test(
    "SARIF of every command that writes it is valid",
    .enabled(if: Repository.shared("sarif-schema-2.1.0.json") != nil, "../shared is not there"))
  func validity() async throws {
    let schema = JSONSchema(try JSONValue(#require(Repository.shared("sarif-schema-2.1.0.json"))))
    try await Self.withReports { directory in
      for command in [
        ["scan", "tree", "--format", "sarif"], ["check", "tree", "--format", "sarif"],
        ["gate", "old.sarif", "new.sarif", "--format", "sarif"],
        ["report", "convert", "new.sarif", "--format", "sarif"],
        ["report", "merge", "old.sarif", "new.sarif"],
      ] {
        for profile in ["generic", "github", "gitlab", "azure"] {
          let outcome = try await Program.run(
            try #require(Tollgate.path), command + ["--sarif-profile", profile], in: directory.path)
          #expect(schema.errors(in: try JSONValue(outcome.outputBytes)) == [], "\(command) \(profile)")
        }
      }
    }
  }

  @Test("merges to the same bytes in any order")
  func merge() async throws {
    try await Self.withReports { directory in
      let one = try await Tollgate.run("report", "merge", "old.sarif", "new.sarif", in: directory)
      let two = try await Tollgate.run("report", "merge", "new.sarif", "old.sarif", in: directory)
      #expect(one.status == 0 && one.outputBytes == two.outputBytes)
      #expect(try JSONValue(one.outputBytes)["runs"][0]["results"].elements.count == 5)
    }
  }

  @Test("says what is new, gone and moved, and exits with 1 for new findings when it is asked to")
  func diff() async throws {
    try await Self.withReports { directory in
      let outcome = try await Tollgate.run("report", "diff", "old.sarif", "new.sarif", in: directory)
      #expect(outcome.status == 0)
      #expect(outcome.output.hasSuffix("1 new, 0 gone, 2 moved, 0 unchanged\n"))
      #expect(outcome.output.contains("~ b.py:1:6 -> c.py:1:6  critical"))
      let strict = try await Tollgate.run("report", "diff", "old.sarif", "new.sarif", "--exit-code", in: directory)
      #expect(strict.status == 1 && strict.output == outcome.output)
      let same = try await Tollgate.run("report", "diff", "new.sarif", "new.sarif", "--exit-code", in: directory)
      #expect(same.status == 0 && same.output == "0 new, 0 gone, 0 moved, 3 unchanged\n")
    }
  }

  @Test("counts")
  func stats() async throws {
    try await Self.withReports { directory in
      let text = try await Tollgate.run("report", "stats", "old.sarif", "new.sarif", in: directory)
      #expect(text.status == 0 && text.output.contains("slack-bot-token"))
      let json = try await Tollgate.run("report", "stats", "new.sarif", "--json", in: directory)
      #expect(try JSONValue(json.outputBytes)["findings"]["total"].number == 3)
    }
  }

  @Test("what can not be read is an error of its own", arguments: ["convert", "merge", "diff", "stats"])
  func unreadable(command: String) async throws {
    try await Self.withReports { directory in
      try directory.write("{}", to: "no.sarif")
      for (file, status) in [("no.sarif", 2), ("absent.sarif", 64)] {
        let files = command == "diff" ? ["new.sarif", file] : [file]
        let outcome = try await Program.run(
          try #require(Tollgate.path), ["report", command] + files, in: directory.path)
        #expect(outcome.status == Int32(status) && outcome.error.hasPrefix("tollgate: "), "\(outcome.error)")
      }
    }
  }

  @Test("the summary of a GitHub step is added to, any other file replaced")
  func stepSummary() async throws {
    try await Self.withReports { directory in
      try directory.write("before\n", to: "summary.md")
      let environment = ["GITHUB_STEP_SUMMARY": directory.path(of: "summary.md")]
      for _ in 0..<2 {
        _ = try await Tollgate.shell(
          "\"$T\" report convert new.sarif --quiet --report github-summary=$GITHUB_STEP_SUMMARY", in: directory,
          environment: environment)
      }
      let text = String(decoding: try #require(directory.bytes(of: "summary.md")), as: UTF8.self)
      #expect(text.hasPrefix("before\n## ") && text.ranges(of: "## tollgate: 3 findings").count == 2)
    }
  }

  @Test("SARIF is written for the service that is named, with the category")
  func profiles() async throws {
    try await Self.withReports { directory in
      let gitHub = try await Tollgate.run(
        "scan", "tree", "--format", "sarif", "--sarif-profile", "github", "--category", "web", in: directory)
      #expect(try JSONValue(gitHub.outputBytes)["runs"][0]["automationDetails"]["id"].text == "web/")
      let wrong = try await Tollgate.run("scan", "tree", "--sarif-profile", "gitea", in: directory)
      #expect(wrong.status == 64 && wrong.error.contains("generic"))
    }
  }

  @Test("links are shown in a terminal that opens them alone")
  func links() async throws {
    try await Self.withReports { directory in
      let outcome = try await Tollgate.shell(
        "\"$T\" scan tree --color always", in: directory, environment: ["FORCE_HYPERLINK": "1"])
      #expect(outcome.output.contains("\u{1B}]8;;file://") && outcome.output.contains("/tree/a.py\u{1B}\\"))
      for environment in [
        ["FORCE_HYPERLINK": "0"], ["TERM": "dumb", "KITTY_WINDOW_ID": "1"], ["CI": "true", "KITTY_WINDOW_ID": "1"], [:],
      ] {
        let plain = try await Tollgate.shell("\"$T\" scan tree --color always", in: directory, environment: environment)
        #expect(!plain.output.contains("\u{1B}]8"), "\(environment)")
      }
      let piped = try await Tollgate.shell("\"$T\" scan tree", in: directory, environment: ["FORCE_HYPERLINK": "1"])
      #expect(!piped.output.contains("\u{1B}"))
    }
  }
}
