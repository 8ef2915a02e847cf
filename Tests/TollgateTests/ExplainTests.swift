import TestSupport
import Testing

@testable import Tollgate

@Suite("Explanations")
struct ExplainTests {
  private static let scanner = Result { () throws(RulePackError) in try PolicyScanner() }

  private static func explain(
    _ name: String, _ text: String, line: Int? = nil, column: Int? = nil,
    _ change: (inout ExplainRequest) -> Void = { _ in }
  ) async throws -> Explanation {
    try await TemporaryDirectory.with { directory in
      try directory.write(text, to: name)
      var request = ExplainRequest(file: "\(directory.path)/\(name)", line: line, column: column)
      change(&request)
      return try await scanner.get().explain(request)
    }
  }

  @Test(
    "read places as compilers write them",
    arguments: [
      ("a.py", "a.py", nil, nil), ("a.py:12", "a.py", 12, nil), ("a.py:12:3", "a.py", 12, 3),
      ("dir:1/a.py:12", "dir:1/a.py", 12, nil), ("a:1:2:3", "a:1", 2, 3), ("there:7", "there:7", nil, nil),
      ("a.py:x", "a.py:x", nil, nil),
    ] as [(String, String, Int?, Int?)])
  func places(text: String, file: String, line: Int?, column: Int?) throws {
    let request = try #require(ExplainRequest(parsing: text, exists: { $0 == "there:7" }))
    #expect(request.file == file && request.line == line && request.column == column)
  }

  @Test("refuse places that there are not", arguments: ["", ":3", "a.py:0", "a.py:3:0"])
  func noPlaces(text: String) {
    #expect(ExplainRequest(parsing: text) == nil)
  }

  @Test("tell of each keyword in the line what it led to, and what the gate does")
  func reported() async throws {
    let token = MadeUpCredential.gitHubToken(8)
    let told = try await Self.explain("a.py", "x = 1\napi_key = \"\(token)\"\n", line: 2)
    #expect(told.isScanned && told.classification == "text, UTF-8" && told.findings.count == 1)
    let own = try #require(told.attempts.first { $0.rule == "github-personal-access-token" })
    guard case .reported = own.outcome else { return #expect(Bool(false), "\(own.outcome)") }
    #expect(own.steps.map(\.source) == ["pattern", "proof"])
    let generic = try #require(told.attempts.first { $0.rule == "generic-quoted-credential" })
    guard case .gaveWay("github-personal-access-token", false) = generic.outcome else {
      return #expect(Bool(false), "\(generic.outcome)")
    }
    #expect(generic.steps.map(\.source) == ["pattern", "filter secret"])
    #expect(told.findings[0].isBlocking && told.findings[0].gate.hasPrefix("fails the gate"))
    #expect(Leak(of: [token]).found(in: "\(told)") == nil)
    #expect(try await Self.explain("a.py", "x = 1\napi_key = \"\(token)\"\n", line: 1).attempts.isEmpty)
  }

  @Test("tell why nothing is reported")
  func silent() async throws {
    let placeholder = try await Self.explain("a.py", "api_key = \"your-billing-api-key-123\"\n", line: 1)
    #expect(placeholder.findings.isEmpty)
    let attempt = try #require(placeholder.attempts.first { $0.rule == "generic-quoted-credential" })
    guard case .silent(let reason) = attempt.outcome else { return #expect(Bool(false)) }
    #expect(reason.hasPrefix("the value is no credential: secret"))
    let none = try await Self.explain("a.py", "api_key = load()\n", line: 1)
    #expect(
      none.attempts.allSatisfy {
        if case .silent("the pattern does not match around the keyword") = $0.outcome { true } else { false }
      } && !none.attempts.isEmpty)
    let binary = try await Self.explain("a.bin", "api\u{0}_key", line: 1)
    #expect(
      !binary.isScanned && binary.classification?.hasPrefix("binary") == true && binary.notes == ["note: binary file"])
    let large = try await Self.explain("a.py", "api_key = load()\n", line: 1) { $0.maxFileBytes = 3 }
    #expect(!large.isScanned && large.notes.count == 1)
    let excluded = try await Self.explain("a.py", "x\n") { $0.excludes = ["*.py"] }
    #expect(!excluded.isScanned && !excluded.notes.isEmpty)
    await #expect(throws: ScanRequestError.self) {
      _ = try await Self.scanner.get().explain(ExplainRequest(file: "/no/such"))
    }
  }

  @Test("narrow to a column")
  func column() async throws {
    let token = MadeUpCredential.gitHubToken(9)
    let text = "é = '\(token)'; token = x\n"
    let first = try await Self.explain("a.py", text, line: 1, column: 10)
    #expect(first.attempts.contains { $0.rule == "github-personal-access-token" } && first.findings.count == 1)
    let other = try await Self.explain("a.py", text, line: 1, column: 51)
    #expect(!other.attempts.contains { $0.rule == "github-personal-access-token" } && other.findings.isEmpty)
  }

  @Test("tell of comments, ours and others'")
  func comments() async throws {
    let token = MadeUpCredential.gitHubToken(10)
    let text = "x = '\(token)' # gitleaks" + ":allow\n"
    let told = try await Self.explain("a.py", text, line: 1)
    #expect(told.comments.map(\.tool) == ["gitleaks"] && told.comments[0].effect.hasPrefix("suppresses github"))
    #expect(told.findings[0].gate.hasPrefix("does not count"))
    let forbidden = try await Self.explain("a.py", text, line: 1) { $0.honoursForeignSuppressions = false }
    #expect(forbidden.findings[0].isBlocking && forbidden.comments[0].effect.contains("not honoured"))
    let unused = try await Self.explain("a.py", "# tollgate" + ":ignore github-personal-access-token -- why\n", line: 1)
    #expect(unused.comments.map(\.effect).first?.hasPrefix("suppresses nothing") == true)
  }

  /// Every example of every built-in rule, in one file for each, and each of them in one large file.
  private static func texts() throws -> [(String, String)] {
    var texts: [(String, String)] = []
    var all = ""
    for rule in try RuleLibrary(RuleLibrary.builtIn(isChecked: true)).rules {
      for (index, example) in rule.examples.enumerated() {
        texts.append((example.path ?? "\(rule.metadata.id)-\(index).txt", example.text))
        all += example.text + "\n"
      }
    }
    texts.append(("all.txt", all))
    for path in ["README.md", "docs/writing-rules.md", "rules/secrets/cloud.yaml", "Package.swift"] {
      if let bytes = Repository.bytes(path) { texts.append((path, String(decoding: bytes, as: UTF8.self))) }
    }
    return texts
  }

  @Test("say the same as the scan: no finding without an attempt that is reported, and none the other way")
  func agrees() async throws {
    let scanner = try Self.scanner.get()
    try await TemporaryDirectory.with { directory in
      var count = 0
      for (index, (name, text)) in try Self.texts().enumerated()
      where index % 20 == 0 || !name.hasSuffix(".txt") || name == "all.txt" {
        let path = "\(index)/\(name)"
        try directory.write(text, to: path)
        let file = "\(directory.path)/\(path)"
        let report = try await scanner.scan(ScanRequest(.paths([file])))
        let told = try await scanner.explain(ExplainRequest(file: file))
        #expect(told.findings.map(\.finding) == report.findings)
        let reported = told.attempts.filter { if case .reported = $0.outcome { true } else { false } }.map(\.rule)
          .sorted()
        let found = report.findings.filter { $0.secret != nil }.map(\.ruleID).sorted()
        #expect(reported.difference(from: found).isEmpty, "\(name)")
        let fired = told.elements.filter { if case .fires = $0.attempt.outcome { true } else { false } }.map(\.rule)
        #expect(
          Set(fired)
            == Set(report.findings.filter { $0.secret == nil }.map(\.ruleID)).subtracting([
              "suppression-unused", "suppression-without-reason",
            ]))
        count += report.findings.count
      }
      #expect(count > 400)
    }
  }
}
