package import Findings

/// Compares the gate of the side that a change starts from with the gate that the change would put in its place.
package struct WeakeningCheck {
  /// So many are named in a message.
  private static let namedCount = 5
  /// So many patterns of paths are tried.
  private static let samplePathCount = 40

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
    let settings = weakenedSettings
    if !flips.isEmpty || !rules.isEmpty || !settings.isEmpty {
      findings.append(finding(flips: flips, rules: rules, settings: settings))
    }
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
    let paths = samplePaths
    for (index, rule) in rules.enumerated() {
      // Each on a line of its own: what stands in one place might be taken for one problem.
      let start = Position(line: index + 1, column: 1)
      for path in paths {
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

  /// Paths that the policies may tell apart: one for each of their patterns.
  private var samplePaths: [String] {
    var paths: Set<String> = []
    func add(_ match: FindingMatch) {
      for glob in match.paths where !glob.text.contains("[") {
        let words = glob.text.split(separator: "/").map { part in
          part == "**" ? "x" : String(part.map { $0 == "*" || $0 == "?" ? "x" : $0 })
        }
        paths.insert(words.joined(separator: "/"))
      }
      for part in match.any + match.all + match.none { add(part) }
    }
    for layer in base.policy.layers + head.policy.layers {
      for rule in layer.rules { add(rule.match) }
      for override in layer.overrides { add(override.match) }
    }
    return ["file", "src/file"] + paths.sorted().prefix(Self.samplePathCount)
  }

  /// What the head's policy would no longer look at, or no longer be asked about.
  private var weakenedSettings: [String] {
    var words: [String] = []
    let (before, after) = (base.policy.scanSettings, head.policy.scanSettings)
    let excludes = after.excludes.filter { !before.excludes.contains($0) }
    if !excludes.isEmpty {
      words.append("would no longer scan \(excludes.prefix(Self.namedCount).joined(separator: ", "))")
    }
    if after.usesBuiltInRules == false, before.usesBuiltInRules != false {
      words.append("would no longer use the built-in rules")
    }
    let (stage, newStage) = (base.policy.settings(of: base.stage), head.policy.settings(of: base.stage))
    if stage.policyFrom == .base, newStage.policyFrom == .head {
      words.append("would let changes decide over themselves in stage \(base.stage)")
    }
    let (trust, newTrust) = (base.policy.trust, head.policy.trust)
    if let weakening = newTrust.weakening, weakening < trust.weakening ?? .deny {
      words.append("would make a weaker gate a matter of \(weakening)")
    }
    return words
  }

  // MARK: Findings

  private func finding(flips: [Finding], rules: [String], settings: [String]) -> Finding {
    var sentences = settings
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
