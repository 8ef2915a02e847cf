import Findings
import Gating
import TestSupport

/// Findings, rules and policies for the tests of the gate.
enum Sample {
  static let day = Day(number: 20_782)  // 2026-11-25

  static func rule(_ id: String, _ severity: Severity = .high, level: Level = .deny, tags: [String] = []) -> Rule {
    Rule(
      id: id, pack: "pack", title: id, severity: severity, confidence: .high, level: level, phase: .code, tags: tags,
      aliases: ["other/\(id)"], message: "m", why: "w", fix: "f")
  }

  static func finding(
    _ id: String = "token", _ severity: Severity = .high, path: String = "src/a.py", digest: String? = nil,
    ordinal: Int = 1, level: Level = .deny, confidence: Confidence = .high, proof: Proof? = nil,
    lineHash: String? = "a1b2c3:1", line: Int = 1, novelty: Novelty? = nil, suppression: Suppression? = nil,
    message: String = "A value stands in the file"
  ) -> Finding {
    let start = Position(line: line, column: 1)
    return Finding(
      ruleID: id, severity: severity, confidence: confidence, level: level, message: message,
      location: Location(path: SourcePath(path), region: Region(start: start, end: start)), proof: proof,
      fingerprint: Fingerprint(digest: digest ?? Self.digest(id), ordinal: ordinal), lineHash: lineHash,
      suppression: suppression, novelty: novelty)
  }

  /// 32 hexadecimal digits that follow from a text.
  static func digest(_ text: String) -> String { Digest.hex(Digest.sha256(Array(text.utf8)).prefix(16)) }

  static func report(_ findings: [Finding], rules: [Rule]? = nil, notifications: [Notification] = []) -> Report {
    let ids = Set(findings.map(\.ruleID)).sorted()
    return Report(
      tool: "tollgate", version: "1", rules: rules ?? ids.map { rule($0) }, findings: findings,
      notifications: notifications, coverage: Report.Coverage(files: 10, bytes: 100))
  }

  static func policy(_ text: String, files: [String: String] = [:]) throws -> Policy {
    try Policy(Array(text.utf8), file: ".tollgate.yml") { files[$0].map { Array($0.utf8) } }
  }

  /// What a policy says of one finding.
  static func decision(
    _ text: String, _ finding: Finding, rules: [Rule]? = nil, stage: String = "main", asOf: Day = day,
    baseline: Baseline? = nil, files: [String: String] = [:]
  ) throws -> Decision {
    let gate = Gate(
      policy: try policy(text, files: files), stage: Stage(stage) ?? .main, asOf: asOf, baseline: baseline)
    return gate.decide(report([finding], rules: rules)).decisions[0]
  }
}
