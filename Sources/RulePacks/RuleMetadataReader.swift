internal import Documents
internal import Findings

/// Reads the keys that all rules have.
struct RuleMetadataReader {
  /// In the order in which packs write them; each kind of rule puts its own between `on` and `message`.
  static let leadingKeys = [
    "id", "title", "severity", "confidence", "level", "phase", "tags", "aliases", "on",
  ]
  static let trailingKeys = ["message", "why", "fix", "references", "examples"]

  static let minFiringExamples = 2
  static let minSilentExamples = 3
  static let maxTitleLength = 80

  let pack: String

  func read(_ rule: MappingReader) -> Rule? {
    // Every key is asked for before the first missing one ends the reading, so that all complaints come at once.
    let id = rule.identifier("id")
    let title = rule.text("title")
    let severity = rule.choice("severity", as: Severity.self)
    let confidence = rule.choice("confidence", as: Confidence.self)
    let level = rule.choice("level", as: Level.self)
    let phase = rule.choice("phase", as: Phase.self)
    let tags = rule.texts("tags", isRequired: true)
    let message = rule.text("message")
    let why = rule.text("why")
    let fix = rule.text("fix")
    if let title, title.count > Self.maxTitleLength {
      rule.complain("title is longer than \(Self.maxTitleLength) characters", at: "title")
    }
    guard let id, let title, let severity, let confidence, let level, let phase, let message, let why, let fix else {
      return nil
    }
    return Rule(
      id: id, pack: pack, title: title, severity: severity, confidence: confidence, level: level, phase: phase,
      tags: tags, aliases: rule.texts("aliases"), message: message, why: why, fix: fix,
      references: rule.texts("references"))
  }

  /// Complains when a rule has too few examples.
  static func checkExamples(of packRule: any PackRule, _ rule: MappingReader, diagnostics: DiagnosticCollector) {
    let examples = packRule.readExamples(diagnostics: diagnostics)
    let firing = examples.count { $0.expectation == .fires }
    let silent = examples.count - firing
    if firing < minFiringExamples || silent < minSilentExamples {
      let message =
        "rule \(packRule.metadata.id) has \(firing) firing and \(silent) silent examples; "
        + "it needs \(minFiringExamples) and \(minSilentExamples)"
      rule.complain(message, at: "examples")
    }
  }
}
