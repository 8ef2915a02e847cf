public import Findings
public import Gating
internal import Sources

extension ScanGate {
  /// What the gate says of a report, and the report with what the gate knows: states, exceptions, findings about the gate's
  /// own files.
  ///
  /// - Throws: `PolicyError` when the baseline is in error, `ScanRequestError` when the base cannot be scanned.
  public func decide(_ report: Report, scanner: PolicyScanner) async throws -> (verdict: Verdict, report: Report) {
    let gate = try await gate(scanner: scanner)
    var report = report
    if let headPolicy, let headFiles {
      let head = try await self.gate(headPolicy, headFiles, scanner: scanner)
      report.add(WeakeningCheck(base: gate, head: head).findings(in: report, changedPaths: changedPaths))
    } else if !policy.isBuiltIn {
      report.add(WeakeningCheck(base: gate, head: gate).findings(in: report, changedPaths: changedPaths))
    }
    let verdict = gate.decide(report)
    return (verdict, verdict.applied(to: report))
  }

  /// The gate itself, for those who decide more than once.
  public func gate(scanner: PolicyScanner) async throws -> Gate {
    try await gate(policy, files, scanner: scanner)
  }

  /// What the gate says of reports that were written before. Nothing is scanned, so that a baseline can only be a file.
  public func decide(
    _ report: Report, fingerprintKey: [UInt8]
  ) throws(PolicyError) -> (verdict: Verdict, report: Report) {
    let gate = try gate(fingerprintKey: fingerprintKey)
    let verdict = gate.decide(report)
    return (verdict, verdict.applied(to: report))
  }

  /// The gate for reports that were written before.
  public func gate(fingerprintKey: [UInt8]) throws(PolicyError) -> Gate {
    let key = PolicyScanner.fingerprintKey(fingerprintKey)
    return Gate(
      policy: policy, replacingRules: gateRequest.threshold, stage: gateRequest.stage, asOf: gateRequest.asOf,
      baseline: try storedBaseline(policy, files, key: key), reach: .whole, fingerprintKey: key)
  }

  private func gate(_ policy: Policy, _ files: GateFiles, scanner: PolicyScanner) async throws -> Gate {
    let baseline = try await baseline(policy, files, scanner: scanner)
    return Gate(
      policy: policy, replacingRules: gateRequest.threshold, stage: gateRequest.stage, asOf: gateRequest.asOf,
      baseline: baseline, reach: reach(forBaseline: baseline != nil), fingerprintKey: scanner.fingerprintKey)
  }

  private var changedPaths: [SourcePath] {
    guard let base, let paths = try? base.changedPaths() else { return [] }
    return paths.sorted()
  }
}

extension Report {
  /// Adds findings about the gate itself, behind all others.
  mutating func add(_ findings: [Finding]) {
    if findings.isEmpty { return }
    self.findings += findings
    let known = Set(rules.map(\.id))
    rules = (rules + GateRules.all.filter { !known.contains($0.id) }).sorted { $0.id < $1.id }
  }
}
