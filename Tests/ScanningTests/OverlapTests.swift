import Findings
import Scanning
import TestSupport
import Testing

@Suite("One credential, one finding")
struct OverlapTests {
  private static let token = MadeUpCredential.gitHubToken(4)

  @Test("the most certain rule reports a value that several rules match")
  func overlap() async {
    // Generic rules match the assignment, and the one for URLs the password.
    #expect(await Scan.text("api_key = \"\(Self.token)\"\n").ruleIDs == [github])
    #expect(await Scan.text("url = https://user:\(Self.token)@github.com/a/b\n").ruleIDs == [github])
    #expect(await Scan.text("Authorization: token \(Self.token)\n").ruleIDs == [github])
    #expect(await Scan.text("password: \(MadeUpCredential.password(4))\n").ruleIDs == ["generic-unquoted-password"])
  }

  @Test("values beside each other are found each by itself")
  func neighbours() async {
    let npm = MadeUpCredential.npmToken(4)
    #expect(await Scan.text("\(Self.token),\(npm)\n").ruleIDs == [github, "npm-access-token"])
    #expect(await Scan.text("\(Self.token) \(Self.token)\n").ruleIDs == [github, github])
  }

  struct Outcome: Sendable, CustomTestStringConvertible {
    var name: String
    var value: String
    var proof: Proof
    var severity: Severity
    var confidence: Confidence
    var words: String
    var testDescription: String { name }
  }

  static let outcomes = [
    Outcome(
      name: "a checksum that holds", value: token, proof: .proved, severity: .critical, confidence: .high,
      words: "Proved: its checksum holds."),
    Outcome(
      name: "a checksum that does not", value: MadeUpCredential.brokenGitHubToken(4), proof: .disproved,
      severity: .note, confidence: .low, words: "Disproved: its checksum does not hold"),
    Outcome(
      name: "a kind without a proof", value: MadeUpCredential.slackToken(4), proof: .shaped, severity: .high,
      confidence: .high, words: ""),
    Outcome(
      name: "a routable token", value: MadeUpCredential.gitLabToken(4), proof: .proved, severity: .critical,
      confidence: .high, words: "Proved: its checksum and length hold."),
    Outcome(
      name: "a web token", value: MadeUpCredential.jsonWebToken(4), proof: .proved, severity: .medium,
      confidence: .high, words: "Proved: its header and payload are valid."),
    Outcome(
      name: "a key", value: MadeUpCredential.privateKey(4).joined(separator: "\n"), proof: .proved,
      severity: .critical, confidence: .high, words: "Proved: it is a complete key."),
    Outcome(
      name: "a key with lines too few",
      value: (MadeUpCredential.privateKey(4).prefix(5) + MadeUpCredential.privateKey(4).suffix(3))
        .joined(separator: "\n"), proof: .shaped, severity: .critical, confidence: .high,
      words: "Not proved: it is cut short or edited"),
    Outcome(
      name: "a block that holds no key",
      value: ([MadeUpCredential.privateKey(4)[0]] + MadeUpCredential.privateKey(4)[2...]).joined(separator: "\n"),
      proof: .disproved, severity: .note, confidence: .low, words: "Disproved: its body is not a key"),
  ]

  @Test("what the proof says decides over severity, confidence and message", arguments: outcomes)
  func proof(row: Outcome) async throws {
    let report = await Scan.text("x = '\(row.value)'\n")
    let finding = try #require(report.findings.first)
    #expect(report.findings.count == 1)
    #expect(finding.proof == row.proof)
    #expect(finding.severity == row.severity)
    #expect(finding.confidence == row.confidence)
    #expect(row.words.isEmpty || finding.message.contains(row.words))
    let rule = try #require(report.rules.first { $0.id == finding.ruleID })
    #expect(finding.message.hasPrefix(rule.message))
    #expect(finding.level == rule.level)
  }

  @Test("a checksum that is right for another value proves nothing", arguments: 0..<UInt64(50))
  func edited(seed: UInt64) async {
    var random = SeededGenerator(seed: seed)
    var token = Array(MadeUpCredential.gitHubToken(seed).utf8)
    let place = 4 + random.below(36)
    token[place] = token[place] == UInt8(ascii: "Q") ? UInt8(ascii: "R") : UInt8(ascii: "Q")
    let report = await Scan.text("x = '\(String(decoding: token, as: UTF8.self))'\n")
    #expect(report.findings.map(\.severity) == [.note], "seed \(seed)")
  }

  @Test("no finding comes without its rule in the report")
  func rules() async {
    let report = await Scan.text("x\n")
    #expect(report.rules.map(\.id) == report.rules.map(\.id).sorted())
    #expect(Set(report.rules.map(\.id)).count == report.rules.count)
    #expect(report.rules.contains { $0.id == "suppression-unused" })
    #expect(report.packs.reduce(0) { $0 + $1.ruleCount } + 2 == report.rules.count)
  }
}
