/// What a rule says of itself: everything but how it matches.
public struct Rule: Hashable, Sendable {
  /// Kebab-case, unique over all loaded packs, never reused for something else.
  public var id: String
  /// The pack that the rule came from.
  public var pack: String
  /// A noun phrase of at most 80 characters.
  public var title: String
  public var severity: Severity
  public var confidence: Confidence
  public var level: Level
  public var phase: Phase
  /// Free words; `cwe-N` names a weakness of https://cwe.mitre.org.
  public var tags: [String]
  /// What other tools call the same rule, as `tool/id`.
  public var aliases: [String]
  /// One sentence for the person who reads a finding.
  public var message: String
  /// What can happen.
  public var why: String
  /// What to do about it.
  public var fix: String
  /// Pages to read, best first.
  public var references: [String]

  public init(
    id: String, pack: String, title: String, severity: Severity, confidence: Confidence, level: Level, phase: Phase,
    tags: [String] = [], aliases: [String] = [], message: String, why: String, fix: String, references: [String] = []
  ) {
    self.id = id
    self.pack = pack
    self.title = title
    self.severity = severity
    self.confidence = confidence
    self.level = level
    self.phase = phase
    self.tags = tags
    self.aliases = aliases
    self.message = message
    self.why = why
    self.fix = fix
    self.references = references
  }

  /// The numbers of the weaknesses named by `cwe-N` tags, in the order of the tags.
  public var weaknesses: [Int] {
    tags.compactMap { tag in tag.hasPrefix("cwe-") ? Int(tag.dropFirst(4)) : nil }
  }
}
