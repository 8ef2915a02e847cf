internal import Findings
internal import RulePacks
internal import Views

/// Turns the matches in one file into findings: one for each credential, with place, snippet, identity and suppression.
struct FindingAssembly {
  /// In characters; what is longer is no reason but an essay.
  private static let maxReasonLength = 300

  private let path: SourcePath
  private let rules: RuleSets
  private let documentMatches: [DocumentRuleSet.Match]
  private let matches: [TextRuleSet.Match]
  private let fingerprintKey: [UInt8]
  private let lines: LineIndex
  private let snippets: SnippetBuilder
  private let pathClass: PathClass?

  init(
    text: Span<UInt8>, path: SourcePath, rules: RuleSets, matches: [TextRuleSet.Match],
    documentMatches: [DocumentRuleSet.Match], fingerprintKey: [UInt8]
  ) {
    self.path = path
    pathClass = PathClass(path)
    self.rules = rules
    self.documentMatches = documentMatches
    self.fingerprintKey = fingerprintKey
    lines = LineIndex(text)
    let (hidden, values) = SnippetBuilder.spans(of: matches, in: text)
    // Matches that lose against others hold values too: they are hidden before they are dropped.
    snippets = SnippetBuilder(lines: lines, hidden: hidden, values: values)
    self.matches = Self.withoutOverlaps(matches, rules: rules.text.rules)
  }

  /// - Parameter markers: the matches of ``SuppressionComment/pattern``.
  func findings(markers: [[Range<Int>?]], in text: Span<UInt8>) -> [Finding] {
    var comments: [SuppressionComment] = []
    for groups in markers {
      if let comment = SuppressionComment(groups: groups, in: text, lines: lines) { comments.append(comment) }
    }
    var findings: [Finding] = []
    for match in matches { findings.append(finding(of: match, in: text)) }
    for match in documentMatches { findings.append(finding(of: match, in: text)) }
    findings.sort { Self.order($0) < Self.order($1) }
    findings += suppress(&findings, by: comments, in: text)
    findings.sort { Self.order($0) < Self.order($1) }
    addLineHashes(to: &findings, in: text)
    FindingOrder.number(&findings)
    return findings
  }

  private static func order(_ finding: Finding) -> (Position, Position, String) {
    (finding.location.region.start, finding.location.region.end, finding.ruleID)
  }

  /// One credential, one finding: of matches whose values overlap, that of the most certain rule stays.
  private static func withoutOverlaps(_ matches: [TextRuleSet.Match], rules: [TextRule]) -> [TextRuleSet.Match] {
    func rank(_ match: TextRuleSet.Match) -> (Int, Confidence, Severity, Int) {
      let rule = rules[match.rule].metadata
      return (match.proof == .proved ? 1 : 0, rule.confidence, rule.severity, -match.rule)
    }
    var kept: [TextRuleSet.Match] = []
    // Only what lies together can overlap: a file may hold a hundred thousand matches.
    var cluster: [TextRuleSet.Match] = []
    var clusterEnd = 0
    func keepBestOfCluster() {
      let start = kept.count
      for match in cluster.sorted(by: { rank($0) > rank($1) })
      where !kept[start...].contains(where: { $0.secret.overlaps(match.secret) }) {
        kept.append(match)
      }
    }
    for match in matches.sorted(by: { $0.secret.lowerBound < $1.secret.lowerBound }) {
      if match.secret.lowerBound >= clusterEnd {
        keepBestOfCluster()
        cluster = []
      }
      cluster.append(match)
      clusterEnd = max(clusterEnd, match.secret.upperBound)
    }
    keepBestOfCluster()
    return kept
  }

  private func finding(of match: TextRuleSet.Match, in text: Span<UInt8>) -> Finding {
    let rule = rules.text.rules[match.rule].metadata
    let secret = match.secretValue(in: text)
    var finding = Finding(
      ruleID: rule.id, severity: rule.severity, confidence: rule.confidence, level: rule.level, message: rule.message,
      location: location(of: match.place, in: text), snippet: snippets.snippet(of: match.place, in: text),
      secret: secret, proof: match.proof,
      // White space does not count, so that an indented key stays the same key.
      fingerprint: Fingerprint(
        ruleID: rule.id, matchedText: secret.exposedBytes.filter { $0 > 0x20 }, key: fingerprintKey))
    switch (match.proof, match.evidence) {
    case (.proved, let evidence?):
      finding.confidence = .high
      finding.message += " Proved: \(evidence)."
    case (.disproved, let evidence?):
      finding.severity = .note
      finding.confidence = .low
      finding.message += " Disproved: \(evidence), so it is edited, documentation or test data."
    case (.shaped, let evidence?): finding.message += " Not proved: \(evidence)."
    default: break
    }
    // What is proved to be a credential is one wherever it stands.
    if let pathClass, match.proof != .proved, finding.severity > .low {
      finding.severity = PathClass.lowered(finding.severity)
      finding.message += " It stands in \(pathClass.rawValue) and counts less there."
    }
    return finding
  }

  private func finding(of match: DocumentRuleSet.Match, in text: Span<UInt8>) -> Finding {
    Finding(
      ruleID: match.rule.id, severity: match.severity, confidence: match.confidence, level: match.level,
      message: snippets.masked(match.message), location: location(of: match.place, in: text),
      relatedLocations: match.related.map { related(of: $0, in: text) },
      snippet: snippets.snippet(of: match.place, in: text),
      fingerprint: Fingerprint(
        ruleID: match.rule.id, matchedText: match.identity.filter { $0 > 0x20 }, key: fingerprintKey))
  }

  private func related(of related: DocumentRuleSet.Related, in text: Span<UInt8>) -> RelatedLocation {
    let message = snippets.masked(related.message)
    let file = related.origin.file
    guard file.path != path else {
      return RelatedLocation(location: location(of: related.origin.place, in: text), message: message)
    }
    let bytes = file.bytes
    let other = bytes.span
    let region = LineIndex(other).region(of: related.origin.place, in: other)
    return RelatedLocation(location: Location(path: file.path, region: region), message: message)
  }

  private func location(of place: Range<Int>, in text: Span<UInt8>) -> Location {
    Location(path: path, region: lines.region(of: place, in: text))
  }

  /// Marks what the comments suppress and returns findings about the comments themselves.
  private func suppress(
    _ findings: inout [Finding], by comments: [SuppressionComment], in text: Span<UInt8>
  ) -> [Finding] {
    var complaints: [Finding] = []
    let byLine = Dictionary(grouping: findings.indices) { findings[$0].location.region.start.line }
    for comment in comments {
      guard let range = comment.reason else {
        // Without a reason it may be a sentence about such comments; the id of a rule tells.
        guard rules.metadata.values.contains(where: comment.names) else { continue }
        complaints.append(complaint(EngineRules.suppressionWithoutReason, about: comment, in: text))
        continue
      }
      func named(onLine line: Int) -> [Int] {
        (byLine[line] ?? []).filter { index in rules.metadata[findings[index].ruleID].map(comment.names) == true }
      }
      // A comment behind a finding speaks of that line only; one that stands alone speaks of the next.
      var chosen = named(onLine: comment.line)
      if chosen.isEmpty { chosen = named(onLine: comment.line + 1) }
      if chosen.isEmpty {
        complaints.append(complaint(EngineRules.unusedSuppression, about: comment, in: text))
        continue
      }
      // Somebody may write down what the value was.
      let reason = String(snippets.shown(range, in: text).prefix(Self.maxReasonLength))
      for index in chosen { findings[index].suppression = Suppression(kind: .inSource, reason: reason) }
    }
    return complaints
  }

  private func complaint(_ rule: Rule, about comment: SuppressionComment, in text: Span<UInt8>) -> Finding {
    let names = comment.rules.joined(separator: ",")
    return Finding(
      ruleID: rule.id, severity: rule.severity, confidence: rule.confidence, level: rule.level, message: rule.message,
      location: location(of: comment.range, in: text), snippet: snippets.snippet(of: comment.range, in: text),
      fingerprint: Fingerprint(ruleID: rule.id, matchedText: Array(names.utf8), key: fingerprintKey))
  }

  private func addLineHashes(to findings: inout [Finding], in text: Span<UInt8>) {
    let wanted = Set(findings.map(\.location.region.start.line))
    let hashes = LineHash.hashes(of: text, lines: wanted)
    for index in findings.indices { findings[index].lineHash = hashes[findings[index].location.region.start.line] }
  }
}
