internal import Findings

/// Runs the examples of rules: each rule alone, on its own examples.
package enum RuleExampleTest {
  /// What came of the examples of some rules.
  package struct Outcome: Sendable {
    package var rules = 0
    package var examples = 0
    package var failures: [PackDiagnostic] = []
  }

  package static func run(_ packs: [RulePack]) -> Outcome {
    var outcome = Outcome()
    for pack in packs {
      for rule in pack.rules {
        outcome.rules += 1
        for example in rule.examples {
          outcome.examples += 1
          if let failure = failure(of: example, rule: rule) {
            outcome.failures.append(PackDiagnostic(file: pack.file, position: example.position, message: failure))
          }
        }
      }
    }
    return outcome
  }

  private static func failure(of example: RuleExample, rule: any PackRule) -> String? {
    let fires: Bool
    do throws(RuleExample.Failure) {
      fires = try rule.fires(on: example)
    } catch {
      return "rule \(rule.metadata.id) cannot tell on its example: \(error.message)"
    }
    switch example.expectation {
    case .fires: return fires ? nil : "rule \(rule.metadata.id) does not fire on this example"
    case .silent: return fires ? "rule \(rule.metadata.id) fires on this example" : nil
    }
  }
}
