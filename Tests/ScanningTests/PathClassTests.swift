import Findings
import TestSupport
import Testing

@testable import Scanning

@Suite("Where a file stands")
struct PathClassTests {
  @Test(
    "tells tests, examples, documentation and the code of others",
    arguments: [
      ("src/app.py", nil), ("tests/test_app.py", .test), ("pkg/auth/auth_test.go", .test), ("web/login.spec.ts", .test),
      ("src/test/java/a/B.java", .test), ("examples/run.sh", .example), ("config/app.example.yml", .example),
      ("docs/setup.txt", .documentation), ("README.md", .documentation), ("vendor/lib/tests/a.go", .vendored),
      ("web/node_modules/a/index.js", .vendored), ("src/contest/app.py", nil), ("latest/app.py", nil),
    ] as [(String, PathClass?)])
  func classes(path: String, expected: PathClass?) {
    #expect(PathClass(SourcePath(path)) == expected)
  }

  @Test("never makes a note of a finding", arguments: Severity.allCases)
  func lowered(severity: Severity) {
    let lowered = PathClass.lowered(severity)
    #expect(lowered <= severity)
    #expect((lowered == .note) == (severity == .note))
  }

  @Test("lowers what a text rule finds, says so, and leaves what is proved")
  func findings() async throws {
    let password = MadeUpCredential.password(4)
    let line = Array("DB_PASSWORD = \"\(password)\"\n".utf8)
    let report = await Scan.files([("app.py", line), ("tests/test_app.py", line)])
    try #require(report.findings.count == 2)
    #expect(report.findings[0].severity == .medium)
    #expect(report.findings[1].severity == .low)
    #expect(report.findings[1].message.contains("test code"))
    let token = Array("t = \"\(MadeUpCredential.gitHubToken(4))\"\n".utf8)
    let proved = await Scan.files([("app.py", token), ("tests/test_app.py", token)])
    #expect(Set(proved.findings.map(\.severity)).count == 1)
  }
}
