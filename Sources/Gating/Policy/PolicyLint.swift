public import Findings

extension Policy {
  /// What is no error in a policy and yet is likely to be a mistake, or will become one.
  ///
  /// - Parameter rules: the rules that will look; patterns that name none of them are told of.
  public func lint(rules: [Rule], asOf: Day) -> [PolicyDiagnostic] {
    var complaints: [PolicyDiagnostic] = []
    let ids = rules.map { Array($0.id.utf8) }
    for layer in layers.dropFirst() {
      func add(_ message: String, at position: Position) {
        complaints.append(PolicyDiagnostic(file: layer.file, position: position, message: message))
      }
      for rule in layer.rules {
        for pattern in rule.match.ruleIDs where !ids.contains(where: pattern.matches) {
          add("rule \(rule.id): no rule is called \(pattern.text); is it one of another tool?", at: rule.position)
        }
        if let until = rule.until, until < asOf {
          add("rule \(rule.id) ended on \(until): take it out", at: rule.position)
        }
        if rule.then < .warn, rule.match.isEverything, rule.until == nil {
          add("rule \(rule.id) lets everything pass that no rule before it matched", at: rule.position)
        }
      }
      if layer.tests.isEmpty, !layer.rules.isEmpty {
        add("the policy has no tests: a change of it can go unnoticed", at: Position(line: 1, column: 1))
      }
    }
    let caps = exceptionSettings.caps
    let soon = exceptionSettings.warnBefore ?? 14
    for exception in allExceptions {
      var message: String?
      if exception.expires < asOf {
        message = "ended on \(exception.expires): take it out, or accept the finding anew"
      } else if exception.expires.number - asOf.number <= soon {
        message = "ends on \(exception.expires)"
      } else if let cap = caps.values.max(), caps.count == Severity.allCases.count,
        exception.expires > exception.created.adding(cap)
      {
        message = "is longer than the policy allows for any severity"
      }
      if let message {
        complaints.append(
          PolicyDiagnostic(
            file: exception.file, position: exception.position, message: "exception \(exception.id) \(message)"))
      }
    }
    return complaints
  }
}
