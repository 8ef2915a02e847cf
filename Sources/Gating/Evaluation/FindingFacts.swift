internal import Expressions
internal import Findings

/// What is known of a rule of the scanner, in the form in which patterns are held against it; made once for each rule.
final class RuleFacts: Sendable {
  let id: [UInt8]
  let pack: [UInt8]
  let tags: [[UInt8]]
  let aliases: [[UInt8]]
  let weaknesses: Set<Int>
  let metadata: Rule?

  init(id: String, _ rule: Rule?) {
    self.id = Array(id.utf8)
    pack = Array((rule?.pack ?? "").utf8)
    tags = (rule?.tags ?? []).map { Array($0.utf8) }
    aliases = (rule?.aliases ?? []).map { Array($0.utf8) }
    weaknesses = Set(rule?.weaknesses ?? [])
    metadata = rule
  }
}

/// What the conditions of a policy see of one finding.
struct FindingFacts {
  let finding: Finding
  let rule: RuleFacts
  let state: FindingState
  var severity: Severity
  var confidence: Confidence
  var level: Level
  /// When the finding was first seen, as far as somebody wrote it down.
  let firstSeen: Day?
  let today: Day
  let todayText: String
  let stage: [UInt8]
  let stageName: String
  let pathComponents: [ArraySlice<UInt8>]

  var isCredential: Bool { finding.secret != nil || finding.proof != nil }

  var proof: FindingMatch.ProofWord {
    switch finding.proof {
    case .proved: .proved
    case .shaped: .shaped
    case .disproved: .disproved
    case nil: .none
    }
  }

  var ageInDays: Int? { firstSeen.map { max(0, today.number - $0.number) } }

  func isNamed(in fingerprints: Set<String>) -> Bool {
    fingerprints.contains(finding.fingerprint.digest) || fingerprints.contains(finding.fingerprint.description)
  }

  func isOf(_ phases: Set<Phase>) -> Bool { rule.metadata.map { phases.contains($0.phase) } ?? false }

  /// Whether an expression is true. What fails or cannot be known does not match: a rule that lets through must not
  /// do so by mistake, and the rules behind it still decide.
  func holds(_ program: Program) -> Bool {
    // In the order of `PolicyExpressions.variables`; without a look-up by name for each of many thousand findings.
    let variables: [Value?] = [.map(FindingValue(self)), .string(stageName), .string(todayText)]
    let value = try? program.evaluate(variables: variables, steps: PolicyExpressions.maxSteps)
    guard case .bool(true)? = value else { return false }
    return true
  }
}

/// What expressions of a policy can name.
package enum PolicyExpressions {
  /// Far more than a condition over one finding needs.
  static let maxSteps = 20_000

  static let variables = ["finding", "stage", "today"]

  static let environment = environment(functions: [])

  /// - Parameter functions: those that need libraries that a gate does not have: regular expressions.
  static func environment(functions: [Function]) -> Environment {
    Environment(
      variables: variables, functions: FunctionTable.standard.adding(functions), hasToleratesMissingParents: true)
  }
}

/// A finding as a value of an expression.
final class FindingValue: MapProvider {
  /// The members, in the order of the documentation.
  static let members = [
    "rule", "title", "message", "severity", "score", "confidence", "level", "state", "proof", "credential", "path",
    "line", "fingerprint", "pack", "phase", "tags", "aliases", "cwe", "age",
  ]

  private let facts: FindingFacts

  init(_ facts: FindingFacts) { self.facts = facts }

  var count: Int { Self.members.count }
  func key(at index: Int) -> Value { .string(Self.members[index]) }

  func value(for key: MapKey) -> Value? {
    if case .string(let name) = key { member(name) } else { nil }
  }

  func member(_ name: String) -> Value? {
    let finding = facts.finding
    let rule = facts.rule.metadata
    switch name {
    case "rule": return .string(finding.ruleID)
    case "title": return .string(rule?.title ?? "")
    case "message": return .string(finding.message)
    case "severity": return .string(facts.severity.rawValue)
    case "score": return .double(facts.severity.score)
    case "confidence": return .string(facts.confidence.rawValue)
    case "level": return .string(facts.level.rawValue)
    case "state": return .string(facts.state.rawValue)
    case "proof": return .string(facts.proof.rawValue)
    case "credential": return .bool(facts.isCredential)
    case "path": return .string(String(decoding: finding.location.path.bytes, as: UTF8.self))
    case "line": return .int(Int64(finding.location.region.start.line))
    case "fingerprint": return .string(finding.fingerprint.description)
    case "pack": return .string(rule?.pack ?? "")
    case "phase": return .string(rule?.phase.rawValue ?? "")
    case "tags": return .strings(rule?.tags ?? [])
    case "aliases": return .strings(rule?.aliases ?? [])
    case "cwe": return .list(facts.rule.weaknesses.sorted().map { .int(Int64($0)) })
    // Days since it was first seen; absent where nobody wrote that down.
    case "age": return facts.ageInDays.map { .int(Int64($0)) }
    default: return nil
    }
  }
}
