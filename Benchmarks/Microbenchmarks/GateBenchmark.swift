import Findings
import Gating

/// The gate on a large report: 25,000 findings, 2,000 entries of a baseline, 200 exceptions, a policy of ten rules.
enum GateBenchmark {
  private static let policy = """
    version: 1
    overrides: [{match: {paths: [legacy/**]}, confidence: low}]
    rules:
      - {id: a, match: {rules: ["rule-1*", "rule-7"], paths: [docs, "**/generated/*.py"]}, then: audit}
      - {id: b, match: {paths: ["*_test.py", tests, "src/**/fixtures/**"], severity: "<= high"}, then: audit}
      - {id: c, match: {cwe: [79, 89, 798], severity: critical, state: [new, spread]}, then: deny}
      - {id: d, match: {tags: "supply-*", phase: [build, release]}, then: warn}
      - {id: e, match: {any: [{paths: "api/*"}, {rules: "rule-2?"}], not: {level: audit}}, then: warn}
      - {id: f, match: {when: 'finding.severity == "critical" && finding.path.startsWith("src/")'}, then: deny}
      - {id: g, match: {state: [existing, moved]}, then: warn}
      - {id: h, match: {proof: disproved}, then: audit}
      - {id: i, match: {severity: ">= high"}, then: deny}
      - {id: j, match: {confidence: low}, then: audit}
    budgets: [{id: mediums, match: {severity: medium}, max: 100000}]
    grace: {critical: 7, high: 30}
    """

  static func run() {
    let severities: [Severity] = [.critical, .high, .medium, .low, .medium]
    let rules = (0..<250).map { number in
      Rule(
        id: "rule-\(number)", pack: "pack-\(number % 12)", title: "t", severity: severities[number % 5],
        confidence: .high,
        level: .deny, phase: .code, tags: ["secret", "cwe-\(number % 5 == 0 ? 798 : 1_000 + number)"], message: "m",
        why: "w",
        fix: "f")
    }
    func finding(_ number: Int) -> Finding {
      let rule = rules[number * 7 % 250]
      let start = Position(line: number % 900 + 1, column: 5)
      return Finding(
        ruleID: rule.id, severity: rule.severity, confidence: .high, level: .deny,
        message: "A message of a usual length.",
        location: Location(
          path: SourcePath("src/module\(number / 5 % 40)/part\(number / 5 % 7)/file\(number / 5).py"),
          region: Region(start: start, end: start)), proof: number % 3 == 0 ? .shaped : nil,
        fingerprint: Fingerprint(digest: Digest.hex(Digest.sha256(Array("\(number)".utf8)).prefix(16)), ordinal: 1),
        lineHash: "\(String(number &* 2_654_435_761, radix: 16)):1")
    }
    let report = Report(
      tool: "tollgate", version: "1",
      packs: (0..<12).map { Report.Pack(name: "pack-\($0)", digest: "0", ruleCount: 20) }, rules: rules,
      findings: (0..<25_000).map(finding),
      coverage: Report.Coverage(files: 5_000, bytes: 1))
    var known = report
    known.findings = (0..<2_000).map { finding($0 * 12) }
    let day = Day(number: 20_782)
    let baseline = Baseline(known, since: day.adding(-5))
    var exceptions = "exceptions:\n  list:\n"
    for number in 0..<200 {
      let match =
        number % 2 == 0
        ? "{fingerprints: '\(finding(number * 31).fingerprint)'}"
        : "{rules: rule-\(number), paths: 'src/module\(number % 40)/**'}"
      exceptions +=
        "    - {id: e\(number), match: \(match), reason: accepted for a while, owner: o, created: 2026-11-01, expires: 2026-12-20}\n"
    }
    do {
      let text = policy + "\n" + exceptions
      let gate = Gate(policy: try Policy(Array(text.utf8), file: "p"), asOf: day, baseline: baseline)
      var verdict = gate.decide(report)
      let seconds = Microbenchmarks.best { verdict = gate.decide(report) }
      let reading = Microbenchmarks.best { _ = try? Policy(Array(text.utf8), file: "p") }
      print("\n| gate | ms |\n|---|---|")
      print("| decide on 25,000 findings, 2,000 known, 200 exceptions | \(Microbenchmarks.rounded(seconds * 1e3)) |")
      print("| read the policy with 200 exceptions | \(Microbenchmarks.rounded(reading * 1e3)) |")
      let denied = verdict.decisions.count { $0.effect == .deny }
      let excused = verdict.decisions.count(where: \.isExcused)
      let existing = verdict.decisions.count { $0.state == .existing }
      print("| (\(denied) denied, \(excused) excused, \(existing) existing) | |")
    } catch {
      print("\(error)")
    }
  }
}
