import Findings
import RulePacks
import Scanning
import Sources
import TestSupport
import Testing

@Suite("Credentials of two halves")
struct PairTests {
  private static func random(_ seed: UInt64, _ count: Int, of alphabet: String) -> String {
    var random = SeededGenerator(seed: seed)
    return random.text(count, of: alphabet)
  }

  private static let base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
  private static let base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
  private static let id = "AK" + "IA" + random(1, 16, of: base32)
  private static let secret = random(2, 40, of: base64)
  private static let hex = random(3, 32, of: "0123456789abcdef")

  @Test("are one finding at the secret, with the place of the id, and surer than by itself")
  func aws() async throws {
    let report = await Scan.text("[default]\naws_access_key_id = \(Self.id)\naws_secret_access_key = \(Self.secret)\n")
    let finding = try #require(report.findings.first)
    #expect(report.places == ["aws-secret-access-key 3:25-3:65"])
    #expect(finding.confidence == .high && finding.severity == .critical)
    #expect(finding.alsoMatched.contains("aws-access-key-id"))
    #expect(finding.relatedLocations.map(\.message) == ["the access key id"])
    #expect(finding.relatedLocations.first?.location.region.start == Position(line: 2, column: 21))
    #expect(finding.message.hasSuffix("Found together with the access key id."))
    #expect(Leak(of: [Self.id, Self.secret]).found(in: "\(report)") == nil)
  }

  @Test("are each a finding where only one is there")
  func alone() async {
    #expect(await Scan.text("id = \(Self.id)\n").ruleIDs == ["aws-access-key-id"])
    let secret = await Scan.text("aws_secret_access_key = \(Self.secret)\n")
    #expect(secret.ruleIDs == ["aws-secret-access-key"])
    #expect(secret.findings.first?.confidence == .medium && secret.findings.first?.relatedLocations.isEmpty == true)
  }

  @Test("are found together where the secret has no name")
  func unnamed() async {
    #expect(await Scan.text("ci,\(Self.id),\(Self.secret)\n").ruleIDs == ["aws-unnamed-secret-access-key"])
  }

  @Test("count the other half that is no credential by itself")
  func twilio() async throws {
    let text = "TWILIO_ACCOUNT_SID=AC\(Self.hex)\nTWILIO_AUTH_TOKEN=\(Self.random(4, 32, of: "0123456789abcdef"))\n"
    let report = await Scan.text(text)
    #expect(report.ruleIDs == ["twilio-auth-token"])
    #expect(report.findings.first?.relatedLocations.map(\.message) == ["the account SID"])
    #expect(Leak(of: ["AC" + Self.hex]).found(in: "\(report)") == nil)
  }

  @Test("take in what generic rules find of the other half")
  func key() async throws {
    let text = "TWILIO_API_KEY=SK\(Self.hex)\nTWILIO_API_SECRET=\(Self.secret.prefix(32))\n"
    let report = await Scan.text(text)
    #expect(report.ruleIDs == ["twilio-api-key"])
    #expect(report.findings.first?.alsoMatched == ["twilio-api-key-id", "generic-unquoted-credential"])
  }

  @Test("stay two findings where a comment accepts the id by itself")
  func accepted() async throws {
    let word = "tollgate" + ":ignore"
    let text =
      "a = \(Self.id) # \(word) aws-access-key-id -- of the documentation\naws_secret_access_key = \(Self.secret)\n"
    let report = await Scan.text(text)
    #expect(report.ruleIDs == ["aws-access-key-id", "aws-secret-access-key"])
    #expect(report.findings.map(\.isSuppressed) == [true, false])
  }

  @Test("of several profiles belong each to its own")
  func profiles() async {
    var text = ""
    for seed in UInt64(10)..<14 {
      text += "[profile\(seed)]\naws_access_key_id = AK" + "IA\(Self.random(seed, 16, of: Self.base32))\n"
      text += "aws_secret_access_key = \(Self.random(seed, 40, of: Self.base64))\n"
    }
    let report = await Scan.text(text)
    #expect(report.findings.map { $0.location.region.start.line } == [3, 6, 9, 12])
    #expect(report.findings.compactMap { $0.relatedLocations.first?.location.region.start.line } == [2, 5, 8, 11])
  }

  @Test("rules that gave way are named, the most specific first, and their comments still suppress")
  func alsoMatched() async throws {
    let token = MadeUpCredential.gitHubToken(6)
    let report = await Scan.text("api_key = \"\(token)\"\n")
    #expect(report.findings.first?.alsoMatched == ["generic-quoted-credential", "generic-quoted-key"])
    let word = "tollgate" + ":ignore"
    let suppressed = await Scan.text("api_key = \"\(token)\" # \(word) gitleaks/generic-api-key -- a sample\n")
    #expect(suppressed.findings.map(\.suppression?.reason) == ["a sample"])
  }

  @Test("a chain of very many values that overlap keeps those of the first rule, each with one that gave way")
  func chain() async throws {
    func rule(_ id: String, _ keyword: String, _ pattern: String) -> String {
      """
        - id: \(id)
          title: T
          severity: low
          confidence: high
          level: warn
          phase: code
          tags: [secret]
          on: text
          keywords: [\(keyword)]
          pattern: '\(pattern)'
          filters: []
          message: M.
          why: W.
          fix: F.

      """
    }
    let pack = "pack: p\nrules:\n" + rule("first", "ppp", "ppp[0-9]{8}qqq") + rule("second", "qqq", "qqq[0-9]{8}ppp")
    let rules = try RulePackReader(checksPatterns: false).read(Array(pack.utf8), file: "p.yaml")
    let engine = Engine(library: try RuleLibrary([rules]), tool: "t", version: "1")
    let text = String(repeating: "ppp12345678qqq12345678", count: 20_000) + "ppp"
    let files = MemoryFiles([(SourcePath("a"), Array(text.utf8))])
    let report = await engine.scan(.memory(files), options: Scan.options())
    #expect(report.findings.count == 20_000)
    #expect(report.findings.allSatisfy { $0.ruleID == "first" && $0.alsoMatched == ["second"] })
  }
}
