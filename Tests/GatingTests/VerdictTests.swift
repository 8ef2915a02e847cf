import Findings
import Gating
import Testing

@Suite("Verdicts")
struct VerdictTests {
  private static func gate(_ text: String, stage: String = "main", baseline: Baseline? = nil) throws -> Gate {
    Gate(policy: try Sample.policy(text), stage: Stage(stage) ?? .main, asOf: Sample.day, baseline: baseline)
  }

  // MARK: Stages

  @Test(
    "judge what the stage is about",
    arguments: [
      ("changed-lines", [Effect.deny, .warn, .deny]), ("changed-files", [.deny, .deny, .deny]),
      ("new", [.deny, .warn, .deny]), ("all", [.deny, .deny, .deny]),
    ])
  func scope(scope: String, effects: [Effect]) throws {
    let text = "version: 1\nrules: [{id: all, match: {}, then: deny}]\nstages: {check: {scope: \(scope)}}"
    let report = Sample.report([
      Sample.finding("a", novelty: .new), Sample.finding("b", novelty: .existing), Sample.finding("c"),
    ])
    #expect(try Self.gate(text, stage: "check").decide(report).decisions.map(\.effect) == effects)
  }

  // MARK: Budgets

  @Test("break budgets by count, by points and by an increase")
  func budgets() throws {
    let findings = [
      Sample.finding("a", .critical), Sample.finding("b", .medium), Sample.finding("c", .medium),
      Sample.finding("d", .low),
    ]
    let text = """
      version: 1
      rules: [{id: all, match: {}, then: warn}]
      budgets:
        - {id: mediums, match: {severity: medium}, max: 1}
        - {id: points, match: {}, unit: points, max: 15}
        - {id: advice, match: {severity: low}, max: 0, then: warn}
        - {id: more, match: {severity: medium}, noIncrease: true}
        - {id: elsewhere, match: {}, max: 0, stages: release}
      """
    let baseline = Baseline(
      Sample.report([findings[1], Sample.finding("gone", .medium)], rules: [Sample.rule("gone", .medium)]), key: [])
    let verdict = try Self.gate(text, baseline: baseline).decide(
      Sample.report(findings, rules: [Sample.rule("gone", .medium)]))
    #expect(verdict.budgets.map(\.id) == ["mediums", "points", "advice", "more"])
    #expect(verdict.budgets.map(\.used) == [2, 15, 1, 2])
    #expect(verdict.budgets.map(\.isBroken) == [true, false, true, false])
    #expect(verdict.budgets[3].before == 2)
    #expect(verdict.outcome == .failed)
    #expect(verdict.reasons == ["budget mediums is broken: 2 findings, limit 1"])
    // Without a baseline nobody knows.
    let unknown = try Self.gate("version: 1\nbudgets: [{id: more, match: {}, noIncrease: true}]").decide(
      Sample.report([]))
    #expect(unknown.outcome == .incomplete)
  }

  @Test("lower a budget as time goes", arguments: [(-1, 10), (0, 8), (6, 8), (7, 6), (28, 0), (900, 0)])
  func ratchet(days: Int, limit: Int) throws {
    let text = """
      version: 1
      budgets: [{id: a, match: {}, max: 10, decrease: {by: 2, everyDays: 7, from: 2026-11-25}}]
      """
    var gate = try Self.gate(text)
    gate.asOf = Sample.day.adding(days)
    #expect(gate.decide(Sample.report([])).budgets[0].limit == limit)
  }

  // MARK: Coverage

  struct Coverage: Sendable, CustomTestStringConvertible {
    var require: String
    var gaps: [String]
    var testDescription: String { require }
  }

  @Test(
    "are incomplete when not enough was looked at",
    arguments: [
      Coverage(require: "{tools: tollgate}", gaps: []),
      Coverage(require: "{tools: [tollgate, zizmor]}", gaps: ["tools"]),
      Coverage(require: "{packs: pack}", gaps: ["packs"]), Coverage(require: "{files: 10}", gaps: []),
      Coverage(require: "{files: 11}", gaps: ["files"]), Coverage(require: "{notScanned: 2}", gaps: []),
      Coverage(require: "{notScanned: 1}", gaps: ["notScanned"]),
      Coverage(require: "{notScanned: 10%}", gaps: ["notScanned"]),
      Coverage(require: "{notScanned: 20%}", gaps: []),
      Coverage(require: "{limits: {too-large: 0}}", gaps: ["too-large"]),
      Coverage(require: "{limits: {too-large: 1, excluded: 1, unparsable: 0}}", gaps: []),
    ])
  func coverage(row: Coverage) throws {
    let notifications = [
      Notification(kind: .tooLarge, level: .warning, message: "large"),
      Notification(kind: .excluded, level: .note, message: "left out"),
      Notification(kind: .binary, level: .note, message: "binary"),
    ]
    for text in ["version: 1\nrequire: \(row.require)", "version: 1\nstages: {main: {require: \(row.require)}}"] {
      let verdict = try Self.gate(text).decide(Sample.report([], notifications: notifications))
      #expect(verdict.gaps.map(\.requirement) == row.gaps)
      #expect(verdict.outcome == (row.gaps.isEmpty ? .passed : .incomplete))
      #expect(verdict.exitCode == (row.gaps.isEmpty ? 0 : 2))
      #expect(verdict.notifications.map(\.kind) == ["binary", "excluded", "too-large"])
    }
  }

  // MARK: Grace

  @Test("let findings stay for a while", arguments: [(0, Effect.warn), (10, .warn), (11, .deny)])
  func grace(days: Int, effect: Effect) throws {
    let finding = Sample.finding()
    let baseline = Baseline(Sample.report([finding]), since: Sample.day, key: [])
    let text = "version: 1\nrules: [{id: all, match: {}, then: deny}]\ngrace: {high: 10}"
    let decision = try Sample.decision(text, finding, asOf: Sample.day.adding(days), baseline: baseline)
    #expect(decision.effect == effect)
    // Of unknown age there is no grace.
    #expect(try Sample.decision(text, finding).effect == .deny)
  }

  @Test("give newer rules their own grace", arguments: [(4, Effect.warn), (5, .warn), (6, .deny)])
  func ruleGrace(days: Int, effect: Effect) throws {
    let baseline = Baseline(Sample.report([Sample.finding("old")]), key: [])
    let text = """
      version: 1
      rules: [{id: all, match: {}, then: deny}]
      grace: {rule-new: {days: 5, from: 2026-11-25}}
      """
    let decision = try Sample.decision(text, Sample.finding("young"), asOf: Sample.day.adding(days), baseline: baseline)
    #expect(decision.state == .ruleNew)
    #expect(decision.effect == effect)
  }

  // MARK: Forecast

  @Test("are known before: ends of exceptions, of grace, of rules, and steps of budgets")
  func forecast() throws {
    let baseline = Baseline(Sample.report([Sample.finding("graced")]), since: Sample.day, key: [])
    let text = """
      version: 1
      rules:
        - {id: pause, match: {rules: paused}, then: audit, until: 2026-12-10}
        - {id: all, match: {}, then: deny}
      grace: {high: 20}
      budgets: [{id: few, match: {rules: graced}, max: 2, decrease: {by: 1, everyDays: 30, from: 2026-11-20}}]
      exceptions:
        list:
          - {id: one, match: {fingerprints: '\(Sample.digest("excused"))'}, reason: it is made up for a test, owner: me, created: 2026-11-01, expires: 2026-12-01}
      """
    let report = Sample.report([Sample.finding("excused"), Sample.finding("graced"), Sample.finding("paused")])
    var gate = try Self.gate(text, baseline: baseline)
    // The baseline knows all rules.
    gate.baseline?.knownRules = []
    #expect(gate.decide(report).outcome == .passed)
    let forecast = gate.forecast(report, days: 60)
    #expect(
      forecast.events.map {
        "\($0.day) \($0.rising.map(\.finding.ruleID)) \($0.broken.map(\.id)) \($0.ended.map(\.id))"
      } == [
        "2026-12-02 [\"excused\"] [] [\"one\"]", "2026-12-11 [\"paused\"] [] []", "2026-12-16 [\"graced\"] [] []",
        "2026-12-20 [] [\"few\"] []",
      ])
    #expect(forecast.firstFailure == Day("2026-12-02"))
    // What is foretold is what comes.
    for event in forecast.events {
      gate.asOf = event.day
      #expect(gate.decide(report).outcome == event.outcome)
    }
  }

  @Test("foretell each day where an expression asks for it")
  func forecastByExpression() throws {
    let text = "version: 1\nrules: [{id: a, match: {when: 'today < \"2026-12-24\"'}, then: audit}]"
    let forecast = try Self.gate(text).forecast(Sample.report([Sample.finding()]), days: 90)
    #expect(forecast.events.map(\.day) == [Day("2026-12-24")])
  }

  // MARK: Protection

  @Test("tell of a change that would let pass what is denied")
  func weakening() throws {
    let base = try Self.gate("version: 1")
    let head = try Self.gate("version: 1\nrules: [{id: off, match: {rules: token}, then: off}]")
    let report = Sample.report([Sample.finding(), Sample.finding("other", .low)])
    let findings = WeakeningCheck(base: base, head: head).findings(in: report, changedPaths: [])
    #expect(findings.map(\.ruleID) == ["policy-weakened"])
    #expect(findings[0].message.contains("src/a.py:1 (token)"))
    #expect(findings[0].message.contains("no longer deny new findings of token"))
    // The other way round it is tightened.
    #expect(WeakeningCheck(base: head, head: base).findings(in: report, changedPaths: []).isEmpty)
    var judged = report
    judged.findings += findings
    #expect(base.decide(judged).decisions.last?.effect == .deny)
    let mild = try Self.gate("version: 1\ntrust: {weakening: warn}").decide(judged)
    #expect(mild.decisions.last?.effect == .warn)
  }

  @Test(
    "tell of what is loosened for some paths, for the scan, or for the next change",
    arguments: [
      ("rules: [{id: pay, match: {paths: 'pay/**/*.py'}, then: off}]", "no longer deny new findings of token"),
      ("overrides: [{match: {paths: pay}, severity: low}]", "no longer deny new findings of token"),
      ("exclude: [pay]", "would no longer scan pay"),
      ("packs: {builtIn: false}", "would no longer use the built-in rules"),
      ("trust: {policyFrom: head}", "would let changes decide over themselves in stage pull-request"),
      ("trust: {weakening: audit}", "would make a weaker gate a matter of audit"),
    ])
  func loosening(text: String, words: String) throws {
    let base = try Self.gate("version: 1", stage: "pull-request")
    let head = try Self.gate("version: 1\n" + text, stage: "pull-request")
    let report = Sample.report([], rules: [Sample.rule("token")])
    let findings = WeakeningCheck(base: base, head: head).findings(in: report, changedPaths: [])
    #expect(findings.count == 1)
    #expect(findings.first?.message.contains(words) == true, "\(findings.first?.message ?? "")")
    #expect(WeakeningCheck(base: head, head: base).findings(in: report, changedPaths: []).isEmpty)
  }

  @Test("do not call a policy weaker that denies everything, whatever rules have in common")
  func tightening() throws {
    let base = try Self.gate("version: 1")
    let head = try Self.gate("version: 1\nrules: [{id: all, match: {}, then: deny}]")
    var rules = ["a", "b"].map { Sample.rule($0) }
    rules[0].pack = "one"
    rules[1].aliases = ["one/a"]
    let report = Sample.report([], rules: rules)
    #expect(WeakeningCheck(base: base, head: head).findings(in: report, changedPaths: []).isEmpty)
    #expect(WeakeningCheck(base: head, head: base).findings(in: report, changedPaths: []).isEmpty)
  }

  @Test("tell of protected files that a change touches")
  func protectedFiles() throws {
    let gate = try Self.gate("version: 1\ntrust: {protected: [CODEOWNERS]}")
    let paths = ["a", ".tollgate.yml", ".tollgate/exceptions.yml", "docs/CODEOWNERS"].map { SourcePath($0) }
    let findings = WeakeningCheck(base: gate, head: gate).findings(in: Sample.report([]), changedPaths: paths)
    #expect(findings.map(\.location.path) == Array(paths[1...]))
  }
}

@Suite("Findings of several tools")
struct FindingJoinTests {
  private static func rule(_ id: String, tool: String, tags: [String] = [], aliases: [String] = [], title: String = "")
    -> Rule
  {
    Rule(
      id: id, pack: tool, title: title, severity: .high, confidence: .high, level: .deny, phase: .code, tags: tags,
      aliases: aliases, message: "", why: "", fix: "")
  }

  private static func decisions(_ findings: [Finding], _ rules: [Rule], policy: String = "version: 1") throws
    -> [Decision]
  {
    var report = Sample.report(findings, rules: rules)
    report.packs = [Report.Pack(name: "keys", digest: "0", ruleCount: 1)]
    return Gate(policy: try Sample.policy(policy), asOf: Sample.day).decide(report).decisions
  }

  private static func finding(
    _ rule: String, path: String = "a", line: Int = 1, message: String = "m", proof: Proof? = nil
  ) -> Finding {
    Sample.finding(
      rule, path: path, digest: Sample.digest("\(rule)\(path)\(line)"), proof: proof, line: line, message: message)
  }

  @Test("about one credential are one problem; what else stands on the line is another")
  func credentials() throws {
    let rules = [
      Self.rule("token", tool: "keys"), Self.rule("github-pat", tool: "gitleaks"),
      Self.rule("hardcoded", tool: "bandit", tags: ["cwe-798"]),
      Self.rule("sql-injection", tool: "semgrep", tags: ["cwe-89"]),
    ]
    let found = [
      Self.finding("token", proof: .proved), Self.finding("github-pat"), Self.finding("hardcoded"),
      Self.finding("sql-injection"), Self.finding("github-pat", line: 9),
    ]
    let decisions = try Self.decisions(found, rules)
    #expect(decisions.map(\.effect) == [.deny, .off, .off, .deny, .deny])
    #expect(decisions[1].because.last?.kind == "same-as")
  }

  @Test("with a rule that is an alias of the other's, at the same place")
  func aliases() throws {
    let rules = [
      Self.rule("action-not-pinned", tool: "keys", aliases: ["zizmor/unpinned-uses", "checkov/CKV_GHA_7"]),
      Self.rule("zizmor/unpinned-uses", tool: "zizmor"), Self.rule("CKV_GHA_7", tool: "checkov"),
      Self.rule("unpinned-uses", tool: "other"),
    ]
    let found = ["action-not-pinned", "zizmor/unpinned-uses", "CKV_GHA_7", "unpinned-uses"].map { Self.finding($0) }
    #expect(try Self.decisions(found, rules).map(\.effect) == [.deny, .off, .off, .deny])
    #expect(
      try Self.decisions([found[0], Self.finding("CKV_GHA_7", path: "b")], rules).map(\.effect) == [.deny, .deny])
  }

  @Test("under several names of one advisory, and an exception for one of them excuses it")
  func advisories() throws {
    let rules = [
      Self.rule("CVE-2021-44228", tool: "trivy"),
      Self.rule("GHSA-jfh8-c2jp-5v3q", tool: "osv-scanner", tags: ["CVE-2021-44228"]),
      Self.rule("vulnerable", tool: "third"), Self.rule("CVE-2021-45046", tool: "osv-scanner"),
    ]
    let found = [
      Self.finding("CVE-2021-44228", path: "pom.xml"), Self.finding("GHSA-jfh8-c2jp-5v3q", path: "pom.xml", line: 7),
      Self.finding("vulnerable", path: "pom.xml", line: 9, message: "log4j 2.14: ghsa-jfh8-c2jp-5v3q"),
      Self.finding("CVE-2021-45046", path: "pom.xml"), Self.finding("CVE-2021-44228", path: "other/pom.xml"),
    ]
    #expect(try Self.decisions(found, rules).map(\.effect) == [.deny, .off, .off, .deny, .deny])
    let policy = """
      version: 1
      exceptions:
        list:
          - {id: one, match: {rules: "GHSA-jfh8-*", paths: pom.xml}, reason: it is not reachable, owner: me, created: 2026-11-20, expires: 2026-12-20}
      """
    let excused = try Self.decisions(found, rules, policy: policy)
    #expect(excused.map(\.effect) == [.off, .off, .off, .deny, .deny])
    #expect(excused[0].because.last?.kind == "exception")
  }

  @Test("what one tool says twice stays two")
  func twice() throws {
    let rules = [Self.rule("token", tool: "keys"), Self.rule("a-secret", tool: "kingfisher")]
    let found = [
      Self.finding("token", proof: .shaped), Sample.finding("a-secret", path: "a", digest: Sample.digest("1")),
      Sample.finding("a-secret", path: "a", digest: Sample.digest("2")),
    ]
    #expect(try Self.decisions(found, rules).map(\.effect) == [.deny, .off, .deny])
    // But a report that is given twice counts once.
    #expect(try Self.decisions([found[1], found[1]], rules).map(\.effect) == [.deny, .off])
  }
}
