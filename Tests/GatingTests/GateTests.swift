import Findings
import Gating
import Testing

@Suite("Gate")
struct GateTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var findings: [Finding] = []
    var failOn: Severity? = .high
    var files: Int? = 3
    var hasError = false
    var outcome: Verdict.Outcome
    var blocking = 0
    var testDescription: String { name }
  }

  static func finding(_ severity: Severity, _ level: Level = .deny, isSuppressed: Bool = false) -> Finding {
    Finding(
      ruleID: "rule", severity: severity, confidence: .high, level: level, message: "A value stands in the file",
      location: Location(
        path: SourcePath("a"),
        region: Region(start: Position(line: 1, column: 1), end: Position(line: 1, column: 2))),
      fingerprint: Fingerprint(digest: "d", ordinal: 1),
      suppression: isSuppressed ? Suppression(kind: .inSource, reason: "test data") : nil)
  }

  static let cases = [
    Case(name: "nothing found", outcome: .passed),
    Case(name: "at the threshold", findings: [finding(.high)], outcome: .failed, blocking: 1),
    Case(name: "above it", findings: [finding(.critical), finding(.high)], outcome: .failed, blocking: 2),
    Case(name: "below it", findings: [finding(.medium), finding(.low), finding(.note)], outcome: .passed),
    Case(name: "the lowest threshold", findings: [finding(.note)], failOn: .note, outcome: .failed, blocking: 1),
    Case(name: "suppressed", findings: [finding(.critical, isSuppressed: true)], outcome: .passed),
    Case(name: "warn blocks at the threshold", findings: [finding(.high, .warn)], outcome: .failed, blocking: 1),
    Case(name: "warn below the threshold does not block", findings: [finding(.medium, .warn)], outcome: .passed),
    Case(name: "audit never blocks", findings: [finding(.critical, .audit)], outcome: .passed),
    Case(name: "no threshold", findings: [finding(.critical)], failOn: nil, outcome: .passed),
    Case(name: "scanner failed", hasError: true, outcome: .incomplete),
    Case(name: "scanner failed, no threshold", failOn: nil, hasError: true, outcome: .incomplete),
    Case(name: "nothing scanned", files: 0, outcome: .incomplete),
    Case(name: "coverage not told", files: nil, outcome: .passed),
    Case(
      name: "failed wins over incomplete", findings: [finding(.high)], hasError: true, outcome: .failed, blocking: 1),
    Case(name: "below it and incomplete", findings: [finding(.low)], hasError: true, outcome: .incomplete),
  ]

  static func report(_ row: Case, error: String = "permission denied") -> Report {
    Report(
      tool: "t", version: "1", findings: row.findings,
      notifications: row.hasError
        ? [Notification(kind: .unreadable, level: .error, message: error, path: SourcePath("b"))] : [],
      coverage: row.files.map { Report.Coverage(files: $0, bytes: 9) })
  }

  @Test("decides by severity, level, suppression and completeness", arguments: cases)
  func decision(row: Case) {
    let verdict = Gate(failOn: row.failOn).decide(Self.report(row))
    #expect(verdict.outcome == row.outcome)
    #expect(verdict.blocking.count == row.blocking)
    #expect(!verdict.reasons.isEmpty)
    #expect(verdict.exitCode == [.passed: 0, .failed: 1, .incomplete: 2][row.outcome])
    #expect(verdict.description.split(separator: "\n").count <= 2)
  }

  @Test("says what blocked and what to do next")
  func text() {
    let failed = Gate(failOn: .high).decide(
      Self.report(Case(name: "", findings: [Self.finding(.high), Self.finding(.critical)], outcome: .failed)))
    #expect(
      failed.description == """
        gate failed: 2 findings at or above high (--fail-on high)
        Mend each finding, or suppress it with a reason.
        """)
    let both = Gate(failOn: .low).decide(
      Self.report(Case(name: "", findings: [Self.finding(.high)], hasError: true, outcome: .failed)))
    #expect(
      both.description.hasPrefix(
        "gate failed: 1 finding at or above low (--fail-on low); the scan is incomplete: b: permission denied\n"))
    let passed = Gate(failOn: .medium).decide(Self.report(Case(name: "", outcome: .passed)))
    #expect(passed.description == "gate passed: no finding at or above medium (--fail-on medium)")
    let never = Gate(failOn: nil).decide(Self.report(Case(name: "", outcome: .passed)))
    #expect(never.description == "gate passed: findings do not fail it (--fail-on never)")
  }

  @Test("does not let a report's message reach the terminal unescaped")
  func hostileReason() {
    let row = Case(name: "", hasError: true, outcome: .incomplete)
    let verdict = Gate(failOn: .high).decide(Self.report(row, error: "\u{1B}[2Jx\n\u{202E}y"))
    #expect(verdict.reasons == ["the scan is incomplete: b: \\u{1B}[2Jx\\n\\u{202E}y"])
  }
}
