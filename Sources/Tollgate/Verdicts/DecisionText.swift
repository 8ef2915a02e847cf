internal import Findings
public import Gating

/// The whole chain from a finding to its effect, for people.
public func explanation(of decision: Decision, in verdict: Verdict) -> String {
  let finding = decision.finding
  var lines = [
    "\(VerdictText.place(of: finding))  \(finding.severity)  \(finding.ruleID)",
    "  fingerprint  \(finding.fingerprint)",
    "  effect       \(decision.effect) in stage \(verdict.stage) as of \(verdict.asOf)"
      + (decision.isExcused ? ", \(decision.unexcused) without its excuse" : ""),
    "  because",
  ]
  for (index, reason) in decision.because.enumerated() { lines.append("    \(index + 1). \(reason.text)") }
  for text in [decision.message, decision.fix].compactMap({ $0 }) { lines.append("  \(VerdictText.line(text))") }
  return lines.joined(separator: "\n") + "\n"
}
