internal import Documents
internal import Findings

extension PolicyReader {
  /// Cases: a made-up finding and what must come of it.
  func readTests(_ top: SettingReader) -> [PolicyTest] {
    let keys = ["name", "finding", "stage", "asOf", "expect", "by"]
    return top.list("tests").compactMap { node in
      guard let reader = SettingReader(node, of: "a test", keys: keys, top.complaints),
        let name = reader.text("name", isRequired: true),
        let expected = reader.choice("expect", as: Effect.self, isRequired: true)
      else { return nil }
      let asOf = reader.day("asOf")
      let findingKeys = [
        "rule", "path", "severity", "confidence", "level", "state", "proof", "tags", "aliases", "pack", "phase",
        "message", "age", "fingerprint",
      ]
      guard let finding = reader.mapping("finding", keys: findingKeys) else {
        if !reader.has("finding") { reader.complaints.add("a test has a finding", at: node.position) }
        return nil
      }
      let severity = finding.choice("severity", as: Severity.self) ?? .high
      let confidence = finding.choice("confidence", as: Confidence.self) ?? .high
      let level = finding.choice("level", as: Level.self) ?? .deny
      let proof = finding.choice("proof", as: FindingMatch.ProofWord.self) ?? .none
      let id = finding.text("rule") ?? "any-rule"
      let rule = Rule(
        id: id, pack: finding.text("pack") ?? "", title: id, severity: severity, confidence: confidence, level: level,
        phase: finding.choice("phase", as: Phase.self) ?? .code, tags: finding.texts("tags").map(\.text),
        aliases: finding.texts("aliases").map(\.text), message: "", why: "", fix: "")
      let start = Position(line: 1, column: 1)
      return PolicyTest(
        name: name,
        finding: Finding(
          ruleID: id, severity: severity, confidence: confidence, level: level, message: finding.text("message") ?? "",
          location: Location(
            path: SourcePath(finding.text("path") ?? "file"), region: Region(start: start, end: start)),
          proof: Proof(rawValue: proof.rawValue),
          fingerprint: finding.text("fingerprint").flatMap { Fingerprint($0) }
            ?? Fingerprint(digest: "test", ordinal: 1)),
        rule: rule, state: finding.choice("state", as: FindingState.self) ?? .new,
        stage: reader.text("stage") ?? Stage.main.name, asOf: asOf,
        ageInDays: finding.count("age"), expected: expected, by: reader.text("by"), file: top.complaints.file,
        position: node.position)
    }
  }
}
