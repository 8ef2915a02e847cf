import Findings
import Gating
import Reporting
import TestSupport
import Testing
import Tollgate

/// SARIF that other programs wrote over one small repository: zizmor 1, checkov 3, bandit 1, kingfisher 2. Their texts of code
/// are taken out, all else is as they wrote it.
@Suite("Reports of other tools")
struct ForeignReportTests {
  private static let tools = ["zizmor", "checkov", "bandit", "kingfisher"]

  private static func reports() throws -> [Report] {
    try tools.map { try SARIFReader.read(try #require(Repository.bytes("Fixtures/foreign/\($0).sarif"))) }
  }

  /// The file that bandit and kingfisher looked at, with a value of its own.
  private static func own() async throws -> Report {
    let text = "import subprocess, sys\n\nTOKEN = \"\(MadeUpCredential.gitHubToken(3))\"\n"
    return try await PolicyScanner().scan(
      ScanRequest(.files([ScanRequest.File(path: "src/app.py", bytes: Array(text.utf8))])))
  }

  private static func decide(_ policy: String, _ reports: [Report], baseline: Baseline? = nil) throws -> Verdict {
    let gate = Gate(
      policy: try Policy(Array(policy.utf8), file: "p.yml"), asOf: Day(number: 20_782), baseline: baseline)
    return gate.decide(Report(merging: reports))
  }

  @Test("are decided on under one policy")
  func onePolicy() throws {
    let policy = """
      version: 1
      require: {tools: [zizmor, checkov, bandit, kingfisher]}
      rules:
        - {id: workflows, match: {packs: zizmor, severity: ">= high"}, then: deny}
        - {id: images, match: {rules: "CKV_DOCKER_*"}, then: warn}
        - {id: rest, match: {}, then: audit}
      """
    let reports = try Self.reports()
    let verdict = try Self.decide(policy, reports)
    #expect(verdict.decisions.count == 18)
    #expect(verdict.decisions.count { $0.effect == .warn } == 4)
    #expect(
      Set(verdict.blocking.map(\.ruleID)) == [
        "zizmor/dangerous-triggers", "zizmor/template-injection", "zizmor/unpinned-uses",
      ])
    #expect(verdict.gaps.isEmpty)
    let missing = try Self.decide(policy, Array(reports.dropFirst()))
    #expect(missing.outcome == .incomplete)
  }

  @Test("say together with our own what is one problem")
  func joined() async throws {
    let own = try await Self.own()
    #expect(own.findings.count == 1)
    let verdict = try Self.decide("version: 1", [own] + Self.reports())
    let same = verdict.decisions.filter { $0.because.contains { $0.kind == "same-as" } }
    #expect(Set(same.map(\.finding.ruleID)) == ["B105", "betterleaks.github-pat"])
    #expect(verdict.blocking.contains { $0.fingerprint == own.findings[0].fingerprint })
    // Line 4 of the file holds another password, which bandit alone tells of.
    #expect(verdict.decisions.count { $0.finding.ruleID == "B105" && $0.effect != .off } == 1)
    // A baseline that knows ours knows theirs.
    let known = try Self.decide("version: 1", [own] + Self.reports(), baseline: Baseline(own))
    #expect(
      known.decisions.filter {
        $0.finding.location.region.start.line == 3 && $0.finding.location.path == SourcePath("src/app.py")
      }.allSatisfy { $0.state == .existing })
  }

  @Test("are known again from an earlier report")
  func baseline() throws {
    let reports = try Self.reports()
    var baseline = Baseline(Report(merging: reports))
    let known = try Self.decide("version: 1", reports, baseline: baseline)
    #expect(known.decisions.allSatisfy { $0.state == .existing })
    #expect(known.outcome == .passed)
    baseline = Baseline(Report(merging: Array(reports.dropFirst())))
    baseline.knownRules = []
    #expect(try Self.decide("version: 1", reports, baseline: baseline).outcome == .failed)
  }
}
