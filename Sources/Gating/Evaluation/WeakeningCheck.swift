package import Findings

/// Compares the gate of the side that a change starts from with the gate that the change would put in its place.
package struct WeakeningCheck {
  /// So many are named in a message.
  private static let namedCount = 5

  private let base: Gate
  private let head: Gate

  package init(base: Gate, head: Gate) {
    self.base = base
    self.head = head
  }

  /// Findings about the gate's own files.
  package func findings(in report: Report, changedPaths: [SourcePath]) -> [Finding] {
    var findings = protectedFiles(changedPaths)
    // Most changes leave these files alone.
    if base.inputs == head.inputs { return findings }
    let flips = flips(in: report)
    let rules = weakenedRules(report.rules)
    if !flips.isEmpty || !rules.isEmpty { findings.append(finding(flips: flips, rules: rules)) }
    return findings
  }

  /// The findings that the head's files would let through, and the base's do not.
  package func flips(in report: Report) -> [Finding] {
    let (before, after) = (base.decide(report).decisions, head.decide(report).decisions)
    return zip(before, after).filter { $0.effect == .deny && $1.effect < .deny }.map { $0.0.finding }
  }

  /// The rules whose new findings the head's policy would let through, whatever is found today.
  private func weakenedRules(_ rules: [Rule]) -> [String] {
    var report = Report(tool: "", version: "", rules: rules)
    for (index, rule) in rules.enumerated() {
      // Each on a line of its own: what stands in one place might be taken for one problem.
      let start = Position(line: index + 1, column: 1)
      for path in ["file", "src/file"] {
        var finding = Finding(
          ruleID: rule.id, severity: rule.severity, confidence: rule.confidence, level: rule.level,
          message: rule.message,
          location: Location(path: SourcePath(path), region: Region(start: start, end: start)),
          fingerprint: Fingerprint(digest: rule.id, ordinal: 1))
        finding.novelty = .new
        report.findings.append(finding)
      }
    }
    func effects(_ gate: Gate) -> [Decision] {
      var gate = gate
      gate.baseline = nil
      return gate.decide(report).decisions
    }
    let pairs = zip(effects(base), effects(head)).filter { $0.effect == .deny && $1.effect < .deny }
    return Set(pairs.map { $0.0.finding.ruleID }).sorted()
  }

  // MARK: Findings

  private func finding(flips: [Finding], rules: [String]) -> Finding {
    var sentences: [String] = []
    if !flips.isEmpty {
      let named = flips.prefix(Self.namedCount).map {
        "\($0.location.path):\($0.location.region.start.line) (\($0.ruleID))"
      }
      let rest = flips.count > named.count ? " and \(flips.count - named.count) more" : ""
      sentences.append("would let pass what is denied now: \(named.joined(separator: ", "))\(rest)")
    }
    if !rules.isEmpty {
      let named = rules.prefix(Self.namedCount).joined(separator: ", ")
      let rest = rules.count > Self.namedCount ? " and \(rules.count - Self.namedCount) more" : ""
      sentences.append("would no longer deny new findings of \(named)\(rest)")
    }
    let path = head.policy.layers.last.map { $0.file == BuiltInPolicy.file ? ".tollgate.yml" : $0.file } ?? ""
    let text = "The change of the gate's files " + sentences.joined(separator: ", and ") + "."
    return finding(of: GateRules.weakened, path: SourcePath(path), message: text)
  }

  private func protectedFiles(_ changedPaths: [SourcePath]) -> [Finding] {
    let globs = base.policy.trust.protected
    return changedPaths.filter { path in globs.contains { $0.matches(path) } }.map { path in
      finding(
        of: GateRules.protectedFile, path: path, message: "The change touches \(path), which the policy protects.")
    }
  }

  private func finding(of rule: Rule, path: SourcePath, message: String) -> Finding {
    let start = Position(line: 1, column: 1)
    var finding = Finding(
      ruleID: rule.id, severity: rule.severity, confidence: rule.confidence, level: rule.level, message: message,
      location: Location(path: path, region: Region(start: start, end: start)),
      fingerprint: Fingerprint(ruleID: rule.id, matchedText: path.bytes, key: base.fingerprintKey))
    // It is about the change, and the change brought it.
    finding.novelty = .new
    return finding
  }
}
