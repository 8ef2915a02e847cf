internal import Findings

/// The policy that needs no file.
enum BuiltInPolicy {
  static let file = "built-in policy"

  /// In the language of policies, so that people can read what holds: `tollgate policy show`.
  static let text = """
    # What tollgate does where no policy says otherwise. Every part of it may be overridden.
    version: 1
    id: built-in

    rules:
      - id: disproved
        match: {proof: disproved}
        then: audit
        message: Its own checksum or structure says that it is no such credential.
        overridable: true
      - id: advice
        match: {any: [{level: audit}, {severity: note}]}
        then: audit
        overridable: true
      - id: known
        match: {state: [existing, moved, rule-new]}
        then: warn
        message: It was there before.
        overridable: true
      - id: hygiene
        match: {any: [{level: warn}, {severity: <= medium}, {confidence: low}]}
        then: warn
        overridable: true
      - id: serious
        match: {}
        then: deny
        overridable: true

    exceptions:
      caps: {critical: 90, high: 180, medium: 365}
      warnBefore: 14
      unused: warn
      overridable: true

    trust:
      weakening: deny
      protected: [.tollgate.yml, .tollgate/]
    """

  static let layer: PolicyLayer = {
    do throws(PolicyError) {
      return try PolicyReader().read(Array(text.utf8), file: file).layer
    } catch {
      // A test reads it.
      preconditionFailure("the built-in policy has errors: \(error)")
    }
  }()

  /// What `--fail-on` means.
  static func thresholdRules(_ severity: Severity?) -> [PolicyRule] {
    var rules: [PolicyRule] = []
    func add(_ id: String, _ then: Effect, _ change: (inout FindingMatch) -> Void) {
      var match = FindingMatch()
      change(&match)
      rules.append(
        PolicyRule(
          id: id, match: match, then: then, isOverridable: false, allowsExceptions: true,
          position: Position(line: 1, column: 1)))
    }
    add("advice", .audit) { $0.levels = [.audit] }
    add("known", .warn) { $0.states = [.existing, .moved] }
    if let severity {
      add("fail-on-\(severity)", .deny) { $0.severities = Set(Severity.allCases.filter { $0 >= severity }) }
    }
    add("below", .warn) { _ in }
    return rules
  }
}
