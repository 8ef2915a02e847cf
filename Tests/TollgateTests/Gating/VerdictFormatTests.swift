import Findings
import Gating
import TestSupport
import Testing
import Tollgate

@Suite("Verdicts in their forms")
struct VerdictFormatTests {
  private static let policy = """
    version: 1
    id: shop
    overrides: [{match: {paths: b.py}, severity: medium}]
    rules:
      - {id: late, match: {rules: slack-bot-token}, then: deny, message: "No tokens @here | please", fix: Ask us.}
    budgets: [{id: few, match: {}, max: 0, then: warn}]
    require: {limits: {binary: 0}}
    exceptions:
      list:
        - {id: one, match: {rules: npm-access-token, paths: c.py}, reason: it is for tests, owner: me, created: 2026-11-20, expires: 2026-12-01}
    """

  private static func report(workers: Int) async throws -> Report {
    var files = [
      ("a.py", "x = '\(MadeUpCredential.slackToken(1))'\n"), ("b.py", "x = '\(MadeUpCredential.gitHubToken(1))'\n"),
      ("c.py", "x = '\(MadeUpCredential.npmToken(1))'\n"), ("d.bin", "\0\0\0"),
    ].map { ScanRequest.File(path: $0.0, bytes: Array($0.1.utf8)) }
    for index in 0..<40 {
      files.append(
        ScanRequest.File(
          path: "e\(index).py", bytes: Array("x = '\(MadeUpCredential.slackToken(UInt64(index)))'\n".utf8)))
    }
    var request = ScanRequest(.files(files))
    request.workers = workers
    return try await PolicyScanner().scan(request)
  }

  private static func verdict(workers: Int = 2) async throws -> Verdict {
    let policy = try Policy(Array(policy.utf8), file: ".tollgate.yml")
    return Gate(policy: policy, asOf: Day(number: 20_782)).decide(try await report(workers: workers))
  }

  @Test("are the same bytes whatever the number of workers", arguments: VerdictFormat.allCases)
  func stable(format: VerdictFormat) async throws {
    let first = render(try await Self.verdict(workers: 1), as: format)
    for workers in [2, 3, 8] { #expect(render(try await Self.verdict(workers: workers), as: format) == first) }
  }

  @Test("JSON is as its schema says")
  func schema() async throws {
    let json = try JSONValue(render(try await Self.verdict(), as: .json))
    let schema = JSONSchema(try JSONValue(try #require(Repository.bytes("docs/verdict.schema.json"))))
    #expect(schema.errors(in: json) == [])
    #expect(json["outcome"].text == "failed")
    #expect(json["findings"].elements.count == 43)
    #expect(json["exceptions"][0]["status"].text == "expiring")
    #expect(json["coverage"]["gaps"][0]["requirement"].text == "binary")
    let empty = Gate(failOn: .high).decide(Report(tool: "t", version: "1"))
    #expect(schema.errors(in: try JSONValue(render(empty, as: .json))) == [])
  }

  /// The validator is https://pypi.org/project/jsonschema/.
  @Test("JSON is as another program's validator says")
  func otherValidator() async throws {
    let probe = try await Program.run("/usr/bin/env", ["python3", "-c", "import jsonschema"])
    // Visible in the output of the tests: nothing was checked.
    guard probe.status == 0 else {
      print("skipped: python3 has no module jsonschema")
      return
    }
    try await TemporaryDirectory.with { directory in
      try directory.write(render(try await Self.verdict(), as: .json), to: "v.json")
      let program = """
        import json, sys, jsonschema
        schema = json.load(open(sys.argv[1]))
        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema.Draft202012Validator(schema).validate(json.load(open(sys.argv[2])))
        """
      let outcome = try await Program.run(
        "/usr/bin/env",
        ["python3", "-c", program, Repository.root + "/docs/verdict.schema.json", directory.path(of: "v.json")])
      #expect(outcome.status == 0, "\(outcome.error)")
    }
  }

  @Test("Markdown holds no markup and no mention from the scanned files or the policy")
  func markdown() async throws {
    let text = String(decoding: render(try await Self.verdict(), as: .markdown), as: UTF8.self)
    #expect(text.hasPrefix("### ❌ Gate failed\n"))
    #expect(text.contains("No tokens @\u{200B}here \\| please"))
    #expect(!text.contains("@here"))
    #expect(text.contains("<details><summary>Excused: 1</summary>"))
  }

  @Test("the text says what blocks, what is excused by whom until when, and what ends next")
  func text() async throws {
    let text = String(decoding: render(try await Self.verdict(), as: .text), as: UTF8.self)
    #expect(text.hasPrefix("gate failed: 41 findings denied by policy shop in stage main; "))
    #expect(text.contains("  a.py:1:6  slack-bot-token  "))
    #expect(text.contains("      No tokens @here | please\n      Ask us.\n"))
    #expect(text.contains("  … and 21 more\n"))
    #expect(text.contains("  c.py:1:6  npm-access-token: exception one of me until 2026-12-01: it is for tests\n"))
    #expect(text.contains("ends next: exception one of me on 2026-12-01, in 6 days\n"))
  }

  @Test("a forecast is a calendar that others read")
  func calendar() async throws {
    let policy = try Policy(Array(Self.policy.utf8), file: ".tollgate.yml")
    let gate = Gate(policy: policy, asOf: Day(number: 20_782))
    let forecast = gate.forecast(try await Self.report(workers: 2), days: 90)
    let text = String(decoding: render(forecast, as: .ics), as: UTF8.self)
    #expect(text.hasPrefix("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"))
    #expect(text.contains("DTSTART;VALUE=DATE:20261202\r\n"))
    #expect(text.split(separator: "\r\n").allSatisfy { $0.utf8.count <= 75 })
    let json = try JSONValue(render(forecast, as: .json))
    #expect(json["events"][0]["day"].text == "2026-12-02")
    #expect(json["events"][0]["exceptions"][0].text == "one")
  }
}
