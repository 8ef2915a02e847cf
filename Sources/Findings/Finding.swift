/// One thing that a rule found in one place.
public struct Finding: Hashable, Sendable {
  public var ruleID: String
  /// The rule's severity, or less where the content says so (a disproved credential is a note).
  public var severity: Severity
  public var confidence: Confidence
  public var level: Level
  /// One sentence, plain text, without any value.
  public var message: String
  public var location: Location
  /// Other places that have to do with it, in the order in which the rule names them.
  public var relatedLocations: [RelatedLocation]
  public var snippet: Snippet?
  public var secret: Secret?
  /// `nil` for findings that are not about a credential.
  public var proof: Proof?
  /// What had to be decoded to see the credential, outermost first; empty where it stands as it is. Then ``location`` is
  /// that of its encoded form.
  public var encodings: [Encoding] = []
  public var fingerprint: Fingerprint
  /// GitHub's `primaryLocationLineHash`; `nil` where the finding is about no line.
  public var lineHash: String?
  public var suppression: Suppression?
  /// The ids of the rules that matched the same credential, or a part of it, and gave way to this one; the most specific
  /// first.
  public var alsoMatched: [String] = []
  /// `nil` unless a change was scanned.
  public var novelty: Novelty?
  /// `nil` until a gate has decided.
  public var state: FindingState?
  /// `nil` unless a repository's history or index was scanned.
  public var provenance: Provenance?
  /// Ways to mend it, the best first.
  public var fixes: [Fix] = []

  public init(
    ruleID: String, severity: Severity, confidence: Confidence, level: Level, message: String, location: Location,
    relatedLocations: [RelatedLocation] = [], snippet: Snippet? = nil, secret: Secret? = nil, proof: Proof? = nil,
    fingerprint: Fingerprint, lineHash: String? = nil, suppression: Suppression? = nil, novelty: Novelty? = nil,
    provenance: Provenance? = nil
  ) {
    self.ruleID = ruleID
    self.severity = severity
    self.confidence = confidence
    self.level = level
    self.message = message
    self.location = location
    self.relatedLocations = relatedLocations
    self.snippet = snippet
    self.secret = secret
    self.proof = proof
    self.fingerprint = fingerprint
    self.lineHash = lineHash
    self.suppression = suppression
    self.novelty = novelty
    self.provenance = provenance
  }

  public var isSuppressed: Bool { suppression != nil }
}
