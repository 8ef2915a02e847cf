import TestSupport
import Testing
import Tollgate

@Suite("A report that is written as SARIF and read again")
struct RoundTripTests {
  private static let ignore = "tollgate" + ":ignore"

  static let contents: [(name: String, text: String)] = [
    ("clean", "nothing\n"), ("critical", MadeUpCredential.gitHubToken(30)), ("high", MadeUpCredential.slackToken(30)),
    ("disproved", MadeUpCredential.brokenGitHubToken(30)),
    ("warn", "password = \"\(MadeUpCredential.password(30))\""),
    ("suppressed", "\(MadeUpCredential.slackToken(30)) # \(ignore) slack-bot-token -- why"),
    ("audit", "# \(ignore) slack-bot-token -- why"), ("web", MadeUpCredential.jsonWebToken(30)), ("binary", "\0"),
  ]

  @Test("gives the same verdict", arguments: contents.map(\.name), Severity.allCases)
  func verdict(name: String, severity: Severity) async throws {
    let text = Self.contents.first { $0.name == name }?.text ?? ""
    let report = try await PolicyScanner().scan(ScannerTests.request([("a b/é.txt", text + "\n")]))
    let read = try SARIFReader.read(render(report, as: .sarif))
    let gate = Gate(failOn: severity)
    let (before, after) = (gate.decide(report), gate.decide(read))
    #expect(after.outcome == before.outcome)
    #expect(after.blocking.map(\.fingerprint) == before.blocking.map(\.fingerprint))
    #expect(read.findings.map(\.location.path) == report.findings.map(\.location.path))
    #expect(read.findings.map(\.location.region.start) == report.findings.map(\.location.region.start))
    #expect(read.findings.map(\.isSuppressed) == report.findings.map(\.isSuppressed))
    #expect(read.coverage == report.coverage)
  }
}
