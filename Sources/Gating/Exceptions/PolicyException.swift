package import Findings

/// A risk that somebody accepted for some time.
package struct PolicyException: Sendable {
  package var id: String
  package var match: FindingMatch
  package var reason: String
  package var owner: String
  package var approvedBy: String?
  package var ticket: String?
  /// A label of OpenVEX, for reports.
  package var justification: String?
  package var created: Day
  /// The last day on which it holds.
  package var expires: Day
  package var evidence: Evidence
  package var file: String
  package var position: Position

  /// What must stay as it was: see the key `while`.
  package struct Evidence: Sendable, Hashable {
    /// ``Baseline/context(of:key:)`` of the finding.
    package var content: String?
    /// A version that the finding's message names.
    package var version: String?
    /// The finding is at most so bad.
    package var severity: Severity?
    /// The proof says the same.
    package var proof: FindingMatch.ProofWord?
  }

  /// What OpenVEX calls the reasons for "not affected"
  /// (https://github.com/openvex/spec/blob/main/OPENVEX-SPEC.md#status-justifications).
  enum Justification: String, CaseIterable {
    case componentNotPresent = "component_not_present"
    case vulnerableCodeNotPresent = "vulnerable_code_not_present"
    case notInExecutePath = "vulnerable_code_not_in_execute_path"
    case notControllable = "vulnerable_code_cannot_be_controlled_by_adversary"
    case inlineMitigations = "inline_mitigations_already_exist"
  }
}
