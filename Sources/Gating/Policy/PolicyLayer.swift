package import Findings

/// Where a stage takes policy, baseline and exceptions from.
package enum PolicyOrigin: String, CaseIterable, Sendable {
  /// From the side that a change starts from: it cannot decide over itself.
  case base
  /// From what is scanned.
  case head
}

/// Which findings a stage judges, from the narrowest on.
package enum StageScope: String, CaseIterable, Comparable, Sendable {
  case changedLines = "changed-lines"
  case changedFiles = "changed-files"
  case new, all

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  package static func < (left: StageScope, right: StageScope) -> Bool { left.rank < right.rank }
}

/// What a policy says of one stage.
package struct StageSettings: Sendable {
  package var scope: StageScope?
  package var policyFrom: PolicyOrigin?
  package var budgets: [Budget] = []
  package var requirements = Requirements()
  package var isOverridable = false
}

/// How long a finding may stay before the policy takes hold of it.
package struct Grace: Sendable {
  /// Days from the day on which the baseline first knew the finding.
  package var days: [Severity: Int] = [:]
  /// For findings of rules that are new to the baseline.
  package var ruleNew: (days: Int, from: Day?)?
  package var isOverridable = false
}

/// Where the known findings are.
package struct BaselineSettings: Sendable {
  package enum Source: String, CaseIterable, Sendable {
    case file, sarif, none
    case mergeBase = "merge-base"
  }

  package var source: Source
  package var path: String?
}

/// What a policy says of exceptions.
package struct ExceptionSettings: Sendable {
  package var files: [String] = []
  /// The most days that an exception may last, by the severity of the finding.
  package var caps: [Severity: Int] = [:]
  /// How many days before its end an exception is told of.
  package var warnBefore: Int?
  package var unused: Effect?
  package var list: [PolicyException] = []
  package var isOverridable = false
}

/// Which comments in the scanned files suppress findings.
package enum InlineSuppressions: String, CaseIterable, Comparable, Sendable {
  case allow
  /// Those of findings that a change did not bring.
  case existing
  case ignore

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  package static func < (left: InlineSuppressions, right: InlineSuppressions) -> Bool { left.rank < right.rank }
}

/// What a policy says of its own safety.
package struct TrustSettings: Sendable {
  package var policyFrom: PolicyOrigin?
  /// Files whose change is told of.
  package var protected: [PathGlob] = []
  /// What happens when a change weakens the gate.
  package var weakening: Effect?
  package var inlineSuppressions: InlineSuppressions?
}

/// What a policy says of the scan.
package struct ScanSettings: Sendable {
  package var rulePaths: [String] = []
  package var usesBuiltInRules: Bool?
  package var excludes: [String] = []
}

/// What a policy says of how verdicts are shown; it has no effect on them.
package struct ReportSettings: Sendable {
  /// How many findings of each kind a verdict lists for people.
  package var limit: Int?
  /// Whom to ask, for those who are stopped.
  package var contact: String?
}

/// One policy file.
package struct PolicyLayer: Sendable {
  package var id: String
  /// As it is named to people.
  package var file: String
  /// SHA-256 of the file, in hexadecimal.
  package var digest: String
  package var scan = ScanSettings()
  package var overrides: [PolicyOverride] = []
  package var rules: [PolicyRule] = []
  package var stages: [String: StageSettings] = [:]
  package var budgets: [Budget] = []
  package var requirements = Requirements()
  package var grace = Grace()
  package var baseline: BaselineSettings?
  package var exceptions = ExceptionSettings()
  package var trust = TrustSettings()
  package var report = ReportSettings()
  package var tests: [PolicyTest] = []

  package init(id: String, file: String, digest: String) {
    self.id = id
    self.file = file
    self.digest = digest
  }
}
