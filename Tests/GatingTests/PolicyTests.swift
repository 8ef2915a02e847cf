import Findings
import Gating
import Testing

@Suite("Policies")
struct PolicyTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var match: String
    var holds: Bool
    var testDescription: String { "\(match) \(holds ? "matches" : "does not match")" }

    init(_ match: String, _ holds: Bool) {
      self.match = match
      self.holds = holds
    }
  }

  static let matches = [
    Case("{}", true), Case("{rules: github-token}", true), Case("{rules: 'github-*'}", true),
    Case("{rules: [a, 'git?ub-*']}", true), Case("{rules: token}", false), Case("{rules: '*token'}", true),
    Case("{aliases: 'other/*'}", true), Case("{aliases: 'another/*'}", false), Case("{tags: secret}", true),
    Case("{tags: hygiene}", false), Case("{packs: pack}", true), Case("{packs: p}", false),
    Case("{paths: src}", true), Case("{paths: '*.py'}", true), Case("{paths: src/*.py}", false),
    Case("{paths: 'src/**/*.py'}", true), Case("{paths: [lib, docs]}", false), Case("{severity: high}", true),
    Case("{severity: '>= medium'}", true), Case("{severity: '> high'}", false), Case("{severity: [low, high]}", true),
    Case("{severity: '< high'}", false), Case("{confidence: '<= medium'}", true), Case("{confidence: high}", false),
    Case("{level: deny}", true), Case("{level: [audit, warn]}", false), Case("{phase: code}", true),
    Case("{phase: deploy}", false), Case("{state: new}", true), Case("{state: [existing, moved]}", false),
    Case("{proof: proved}", true), Case("{proof: [shaped, none]}", false), Case("{credential: true}", true),
    Case("{credential: false}", false), Case("{cwe: 798}", true), Case("{cwe: [CWE-79, 798]}", true),
    Case("{cwe: 79}", false), Case("{stages: main}", true), Case("{stages: 'pull-*'}", false),
    Case("{fingerprints: \(Sample.digest("x"))}", true), Case("{fingerprints: '\(Sample.digest("x")):1'}", true),
    Case("{fingerprints: '\(Sample.digest("x")):2'}", false), Case("{fingerprints: \(Sample.digest("y"))}", false),
    Case("{age: {atLeast: 0}}", false), Case("{rules: 'github-*', paths: docs}", false),
    Case("{any: [{paths: docs}, {rules: 'github-*'}]}", true), Case("{any: [{paths: docs}, {rules: a}]}", false),
    Case("{all: [{paths: src}, {rules: 'github-*'}]}", true), Case("{all: [{paths: src}, {rules: a}]}", false),
    Case("{not: {paths: docs}}", true), Case("{not: {paths: src}}", false),
    Case("{when: 'finding.rule == \"github-token\" && finding.line == 7'}", true),
    Case("{when: 'finding.path.glob(\"src/**\")'}", true), Case("{when: 'finding.score > 8.0'}", false),
    Case("{when: '798 in finding.cwe && \"secret\" in finding.tags'}", true),
    Case("{when: 'has(finding.age)'}", false), Case("{when: 'stage == \"main\" && today == \"2026-11-25\"'}", true),
    // What fails does not match.
    Case("{when: 'finding.nothing == 1'}", false), Case("{when: 'finding.line'}", false),
    Case("{when: '[1][5] == 1'}", false),
  ]

  @Test("match by every condition", arguments: matches)
  func match(row: Case) throws {
    let finding = Sample.finding(
      "github-token", path: "src/deep/a.py", digest: Sample.digest("x"), confidence: .medium, proof: .proved, line: 7)
    let decision = try Sample.decision(
      "{version: 1, rules: [{id: a, match: \(row.match), then: off}]}", finding,
      rules: [Sample.rule("github-token", tags: ["secret", "cwe-798"])])
    #expect(decision.effect == (row.holds ? .off : .deny))
  }

  @Test(
    "decide by the built-in rules",
    arguments: [
      (Sample.finding(), Effect.deny), (Sample.finding("a", .critical), .deny), (Sample.finding("a", .medium), .warn),
      (Sample.finding("a", .low), .warn), (Sample.finding("a", .note), .audit),
      (Sample.finding(level: .warn), .warn), (Sample.finding(level: .audit), .audit),
      (Sample.finding(confidence: .low), .warn), (Sample.finding(proof: .disproved), .audit),
      (Sample.finding("a", .critical, novelty: .existing), .warn), (Sample.finding(novelty: .new), .deny),
      (Sample.finding(suppression: Suppression(kind: .inSource, reason: "test data")), .off),
    ])
  func builtIn(finding: Finding, effect: Effect) {
    let verdict = Gate(policy: .builtIn, asOf: Sample.day).decide(Sample.report([finding]))
    #expect(verdict.decisions[0].effect == effect)
    #expect(verdict.outcome == (effect == .deny ? .failed : .passed))
  }

  @Test("take the first rule that matches, until its last day")
  func order() throws {
    let text = """
      version: 1
      rules:
        - {id: a, match: {rules: token}, then: audit, until: 2026-11-25}
        - {id: b, match: {rules: tok*}, then: deny}
      """
    #expect(try Sample.decision(text, Sample.finding()).effect == .audit)
    let later = try Sample.decision(text, Sample.finding(), asOf: Sample.day.adding(1))
    #expect(later.effect == .deny)
    #expect(later.because.contains(.rule(layer: "policy", id: "b", effect: .deny)))
  }

  @Test("give findings other words before their rules look")
  func overrides() throws {
    let text = """
      version: 1
      overrides:
        - {match: {paths: tests}, severity: low}
        - {match: {rules: token, severity: low}, confidence: low, level: audit}
      """
    let decision = try Sample.decision(text, Sample.finding(path: "tests/a.py"))
    #expect(decision.effect == .audit)
    #expect(decision.finding.severity == .low && decision.finding.level == .audit)
    #expect(try Sample.decision(text, Sample.finding(path: "src/a.py")).effect == .deny)
  }

  // MARK: Layers

  struct Layers: Sendable, CustomTestStringConvertible {
    var upper: String
    var lower: String
    var effect: Effect
    var isNotLoosened = false
    var testDescription: String { "\(upper) above \(lower)" }
  }

  @Test(
    "tighten in a lower layer, and loosen only what is overridable",
    arguments: [
      Layers(upper: "then: warn", lower: "then: deny", effect: .deny),
      Layers(upper: "then: deny", lower: "then: warn", effect: .deny, isNotLoosened: true),
      Layers(upper: "then: deny, overridable: true", lower: "then: warn", effect: .warn),
      Layers(upper: "then: deny, overridable: true", lower: "then: off", effect: .off),
      Layers(upper: "then: deny", lower: "then: deny, overridable: true", effect: .deny),
    ])
  func layers(row: Layers) throws {
    let lower = "version: 1\nextends: [{path: org.yml}]\nrules: [{id: b, match: {}, \(row.lower)}]"
    let upper = "version: 1\nid: org\nrules: [{id: a, match: {}, \(row.upper)}]"
    let decision = try Sample.decision(lower, Sample.finding(), files: ["org.yml": upper])
    #expect(decision.effect == row.effect)
    #expect(decision.because.contains { $0.kind == "not-loosened" } == row.isNotLoosened)
  }

  @Test("a third layer cannot loosen what the second tightened, nor lower words what upper rules see")
  func threeLayers() throws {
    let files = [
      "org.yml": "version: 1\nid: org\nrules: [{id: a, match: {severity: high}, then: deny}]",
      "team.yml":
        "version: 1\nid: team\nextends: [{path: org.yml}]\nrules: [{id: b, match: {severity: medium}, then: deny}]",
    ]
    let own = """
      version: 1
      extends: [{path: team.yml}]
      overrides: [{match: {}, severity: note}]
      rules: [{id: c, match: {}, then: off}]
      """
    #expect(try Sample.decision(own, Sample.finding("x", .high), files: files).effect == .deny)
    #expect(try Sample.decision(own, Sample.finding("x", .medium), files: files).effect == .deny)
    #expect(try Sample.decision(own, Sample.finding("x", .low), files: files).effect == .off)
  }

  @Test("an extended file must have the digest that is asked for")
  func digest() throws {
    let upper = "version: 1\n"
    let digest = Digest.hex(Digest.sha256(Array(upper.utf8)))
    _ = try Sample.policy("version: 1\nextends: [{path: org.yml, sha256: \(digest)}]", files: ["org.yml": upper])
    #expect {
      _ = try Sample.policy(
        "version: 1\nextends: [{path: org.yml, sha256: \(digest)}]", files: ["org.yml": upper + "#"])
    } throws: { "\($0)".contains(".tollgate.yml:2:11: org.yml has changed: its sha256 is ") }
  }

  @Test("a cycle of layers is refused")
  func cycle() {
    #expect(throws: PolicyError.self) {
      _ = try Sample.policy("version: 1\nextends: [{path: .tollgate.yml}]", files: [".tollgate.yml": "version: 1"])
    }
  }
}
