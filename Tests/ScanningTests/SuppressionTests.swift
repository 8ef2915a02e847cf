import Findings
import Scanning
import TestSupport
import Testing

@Suite("Suppression comments")
struct SuppressionTests {
  private static let token = MadeUpCredential.gitHubToken(5)
  /// In two parts, so that this file holds no directive.
  private static let word = "tollgate" + ":ignore"

  private static func reasons(_ text: String) async -> [String?] {
    await Scan.text(text).findings.map { $0.suppression?.reason }
  }

  @Test(
    "may be of any language",
    arguments: [
      "x = 'T' # W R -- a reason", "x = 'T'; // W R -- a reason", "<x>T</x> <!-- W R -- a reason -->",
      "x = 'T'; /* W R -- a reason */", "x = 'T' -- W R -- a reason", "{{ x }} T {{!-- W R -- a reason --}}",
      "T {# W R -- a reason #}", "T <%# W R -- a reason %>", "\"T\", \"W R -- a reason\"", "T ; W\tR  --  a reason  ",
      "T # W R--a reason", "/* W R -- a reason */ x = 'T'; /* more */",
      // The line before, whatever its indentation and line end.
      "# W R -- a reason\nx = 'T'", "  // W R -- a reason\r\nx = 'T'", "<!-- W R -- a reason -->\n\t'T'",
      // Lists, spaces, other tools' names.
      "T # W other-rule,R -- a reason", "T # W other-rule, R -- a reason", "T # W R, other-rule -- a reason",
      "T # W gitleaks/github-pat -- a reason",
    ])
  func styles(line: String) async {
    let text = line.replacing("W", with: Self.word).replacing("R", with: github).replacing("T", with: Self.token)
    let report = await Scan.text(text + "\n")
    #expect(report.ruleIDs == [github])
    #expect(report.findings.first?.suppression == Suppression(kind: .inSource, reason: "a reason"))
  }

  @Test(
    "suppress nothing without a reason, and that is reported",
    arguments: [
      "T # W R", "T # W R --", "T # W R -- ", "T # W R - reason", "T /* W R */", "T /* W R -- */",
      "T <!-- W R -->", "T <!-- W R -- -->", "# W R\nT",
    ])
  func noReason(line: String) async {
    let text = line.replacing("W", with: Self.word).replacing("R", with: github).replacing("T", with: Self.token)
    let report = await Scan.text(text + "\n")
    #expect(Set(report.ruleIDs) == [github, "suppression-without-reason"])
    #expect(report.findings.allSatisfy { !$0.isSuppressed })
    #expect(report.findings.first { $0.ruleID != github }?.severity == .low)
  }

  @Test(
    "that suppress nothing are reported",
    arguments: ["# W R -- why", "T2 # W R -- why", "# W R -- why\n\nT", "T\n# W R -- why", "T # W other-rule -- why"])
  func unused(text: String) async throws {
    let text = text.replacing("W", with: Self.word).replacing("R", with: github)
      .replacing("T2", with: MadeUpCredential.slackToken(5)).replacing("T", with: Self.token)
    let report = await Scan.text(text + "\n")
    let unused = try #require(report.findings.first { $0.ruleID == "suppression-unused" })
    #expect(unused.severity == .note && unused.level == .audit)
    #expect(report.findings.allSatisfy { !$0.isSuppressed })
  }

  @Test("behind a finding speak of that line alone")
  func sameLine() async {
    let comment = "# \(Self.word) \(github) -- why"
    #expect(await Self.reasons("\(Self.token) \(comment)\n\(Self.token)\n") == ["why", nil])
    #expect(await Self.reasons("\(comment)\n\(Self.token)\n\(Self.token)\n") == ["why", nil])
    #expect(await Self.reasons("\(comment)\n\(Self.token) \(Self.token)\n") == ["why", "why"])
  }

  @Test("speak of the rules that they name alone")
  func otherRules() async {
    let slack = MadeUpCredential.slackToken(5)
    let line = "\(Self.token) \(slack)"
    #expect(await Self.reasons("\(line) # \(Self.word) slack-bot-token -- why\n") == [nil, "why"])
    #expect(await Self.reasons("\(line) # \(Self.word) slack-bot-token,\(github) -- why\n") == ["why", "why"])
    #expect(
      await Self.reasons("\(line) # \(Self.word) slack-bot-token -- a # \(Self.word) \(github) -- b\n").contains(nil))
  }

  @Test("before a private key speak of its first line")
  func key() async {
    let key = MadeUpCredential.privateKey(5).joined(separator: "\n")
    #expect(await Self.reasons("# \(Self.word) private-key -- of the tests\n\(key)\n") == ["of the tests"])
  }

  @Test("that are only written about are none")
  func documentation() async {
    for text in ["W RULE[,RULE] -- reason", "`W`: see below", "W <rule> -- reason", "W", "W\n", "W ", "W -- x"] {
      let report = await Scan.text(text.replacing("W", with: Self.word) + "\n")
      #expect(report.findings.isEmpty, "\(text)")
    }
  }

  @Test("do not bring the value into the report by way of the reason")
  func valueInReason() async {
    let leak = Leak(of: [Self.token])
    let report = await Scan.text("x = '\(Self.token)' # \(Self.word) \(github) -- \(Self.token) is revoked\n")
    #expect(report.findings.contains { $0.isSuppressed })
    #expect(leak.found(in: "\(report)") == nil)
    let inWord = await Scan.text("x = '\(Self.token)' # \(Self.word) \(github) -- z\(Self.token)z is revoked\n")
    #expect(leak.found(in: "\(inWord)") == nil)
  }

  @Test("never steer a terminal by their reason")
  func controls() async {
    let report = await Scan.text("\(Self.token) # \(Self.word) \(github) -- a\u{1B}[2Jb\n")
    #expect(report.findings.first?.isSuppressed == true)
  }
}
