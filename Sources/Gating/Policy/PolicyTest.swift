package import Findings

/// A case in a policy file: a made-up finding, and what the policy must do with it.
package struct PolicyTest: Sendable {
  package var name: String
  package var finding: Finding
  package var rule: Rule
  package var state: FindingState
  package var stage: String
  package var asOf: Day?
  package var ageInDays: Int?
  package var expected: Effect
  /// The rule of the policy that must have decided.
  package var by: String?
  package var file: String
  package var position: Position
}
