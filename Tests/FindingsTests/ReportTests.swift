import Findings
import Testing

@Suite("Report and its values")
struct ReportTests {
  private func report(_ levels: [Notification.Level], files: Int?) -> Report {
    Report(
      tool: "t", version: "1",
      notifications: levels.enumerated().map {
        Notification(kind: .unreadable, level: $1, message: "denied", path: SourcePath("f\($0)"))
      },
      coverage: files.map { Report.Coverage(files: $0, bytes: 1) })
  }

  @Test("is incomplete when the scanner failed somewhere or scanned nothing")
  func completeness() {
    #expect(report([], files: 3).isComplete)
    #expect(report([.note, .warning], files: 3).isComplete)
    #expect(report([], files: nil).isComplete)
    #expect(report([], files: 0).incompleteReason == "no file was scanned")
    #expect(report([.note, .error], files: 3).incompleteReason == "f1: denied")
    #expect(report([.error, .error, .error], files: 3).incompleteReason == "f0: denied (and 2 more)")
  }

  @Test("severities follow the ranges of security-severity", arguments: Severity.allCases)
  func scores(severity: Severity) {
    #expect(Severity(score: severity.score) == severity)
  }

  @Test(
    "a score becomes the severity of its range",
    arguments: zip(
      [0, 0.1, 3.9, 4, 6.9, 7, 8.9, 9, 10],
      [Severity.note, .low, .low, .medium, .medium, .high, .high, .critical, .critical]))
  func ranges(score: Double, severity: Severity) {
    #expect(Severity(score: score) == severity)
  }

  @Test("a fingerprint reads back what it writes and refuses all else")
  func fingerprints() {
    let fingerprint = Fingerprint(ruleID: "r", matchedText: Array("secret".utf8), key: [1])
    #expect(fingerprint.digest.count == 32)
    #expect(Fingerprint(fingerprint.description) == fingerprint)
    #expect(Fingerprint(ruleID: "r", matchedText: Array("secret".utf8), key: [2]) != fingerprint)
    for text in ["", ":", "a:", ":1", "a:0", "a:-1", "a:b", "a:1:2"] { #expect(Fingerprint(text) == nil) }
  }

  @Test("digests are those of the standards")
  func digests() {
    // FIPS 180-4's example and RFC 4231, test case 2.
    #expect(Digest.hex(Digest.sha256(Array("abc".utf8))).hasPrefix("ba7816bf8f01cfea414140de5dae2223"))
    let code = Digest.hmac(Array("what do ya want for nothing?".utf8), key: Array("Jefe".utf8))
    #expect(Digest.hex(code).hasPrefix("5bdcc146bf60754e6a042426089575c7"))
  }

  @Test("a rule's weaknesses are the numbers of its tags")
  func weaknesses() {
    let rule = Rule(
      id: "r", pack: "p", title: "t", severity: .low, confidence: .low, level: .audit, phase: .code,
      tags: ["secret", "cwe-798", "cwe-x", "cwe-1"], message: "m", why: "w", fix: "f")
    #expect(rule.weaknesses == [798, 1])
  }
}
