internal import Findings
internal import Matching

/// Runs the examples of rules: each rule alone, on its own examples.
package enum RuleExampleTest {
  /// What came of the examples of some rules.
  package struct Outcome: Sendable {
    package var rules = 0
    package var examples = 0
    package var failures: [PackDiagnostic] = []
  }

  package static func run(_ packs: [RulePack]) throws(RulePackError) -> Outcome {
    var outcome = Outcome()
    for pack in packs {
      for rule in pack.rules {
        outcome.rules += 1
        let set: TextRuleSet
        var scratch: TextRuleSet.Scratch
        do throws(PrefilterError) {
          set = try TextRuleSet([rule], scale: .small)
          scratch = try set.makeScratch()
        } catch {
          let diagnostic = PackDiagnostic(file: pack.file, position: rule.position, message: "\(error)")
          throw RulePackError(diagnostics: [diagnostic])
        }
        for example in rule.examples {
          outcome.examples += 1
          if let failure = failure(of: example, rule: rule, set: set, scratch: &scratch) {
            outcome.failures.append(
              PackDiagnostic(file: pack.file, position: example.position, message: failure))
          }
        }
      }
    }
    return outcome
  }

  private static func failure(
    of example: RuleExample, rule: TextRule, set: TextRuleSet, scratch: inout TextRuleSet.Scratch
  ) -> String? {
    var matches = 0
    var fault: String?
    let text = Array(example.text.utf8)
    set.scan(text.span, scratch: &scratch) { _ in
      matches += 1
    } fault: {
      fault = $0.message
    }
    if let fault { return "rule \(rule.metadata.id) gave up on its example: \(fault)" }
    switch example.expectation {
    case .fires: return matches == 0 ? "rule \(rule.metadata.id) does not fire on this example" : nil
    case .silent: return matches > 0 ? "rule \(rule.metadata.id) fires on this example" : nil
    }
  }
}
