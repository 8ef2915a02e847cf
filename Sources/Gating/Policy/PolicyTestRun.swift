internal import Findings

/// What came of running the cases of a policy.
public struct PolicyTestRun: Sendable {
  public var count: Int
  /// The cases that did not come out as written, and where they stand.
  public var failures: [PolicyDiagnostic]

  /// Runs the cases that the file of the innermost layer holds, under the whole policy.
  ///
  /// - Parameter asOf: the day for cases that name none.
  public init(_ policy: Policy, asOf: Day) {
    let tests = policy.layers.last?.tests ?? []
    count = tests.count
    failures = tests.compactMap { test in
      let day = test.asOf ?? asOf
      let gate = Gate(policy: policy, stage: Stage(test.stage) ?? .main, asOf: day)
      let report = Report(tool: "tollgate", version: "", rules: [test.rule], findings: [test.finding])
      var judge = Judge(gate, report, settings: policy.settings(of: gate.stage), matching: nil)
      let standing = Judge.Standing(
        state: test.state, basis: "the test says so", firstSeen: test.ageInDays.map { day.adding(-$0) })
      let decision = judge.decision(on: test.finding, standing)
      guard let fault = Self.fault(decision, test) else { return nil }
      return PolicyDiagnostic(
        file: test.file, position: test.position, message: "test \"\(PlainText.line(test.name))\": \(fault)")
    }
  }

  private static func fault(_ decision: Decision, _ test: PolicyTest) -> String? {
    let chain = decision.because.map(\.text).joined(separator: "; ")
    if decision.effect != test.expected {
      return "the effect is \(decision.effect), not \(test.expected): \(chain)"
    }
    guard let by = test.by else { return nil }
    let deciders = decision.because.compactMap { if case .rule(_, let id, _) = $0 { id } else { nil } }
    return deciders.contains(by) ? nil : "rule \(by) did not decide: \(chain)"
  }
}
