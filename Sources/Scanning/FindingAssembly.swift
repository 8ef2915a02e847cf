internal import Findings
internal import Matching
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
  private let options: Options
  private let trace: FileTrace?
  private let lines: LineIndex
  private let snippets: SnippetBuilder
  private let pathClass: PathClass?

  struct Options {
    var fingerprintKey: [UInt8]
    /// Whether comments of other tools suppress.
    var honoursForeignSuppressions: Bool
  }

  /// A finding in the making.
  private struct Draft {
    var finding: Finding
    /// The rules that found it: the one that reports it, and those that matched the same value.
    var rules: [Rule]
    /// The lines of what was found, all of a value of several lines.
    var lines: ClosedRange<Int>
  }

  init(
    text: Span<UInt8>, path: SourcePath, rules: RuleSets, matches: [TextRuleSet.Match],
    documentMatches: [DocumentRuleSet.Match], options: Options, trace: FileTrace? = nil
  ) {
    self.path = path
    pathClass = PathClass(path)
    self.rules = rules
    self.documentMatches = documentMatches
    self.matches = matches
    self.options = options
    self.trace = trace
    lines = LineIndex(text)
    let (hidden, values) = SnippetBuilder.spans(of: matches, in: text)
    // Matches that lose against others hold values too: they are hidden before they are dropped.
    snippets = SnippetBuilder(lines: lines, hidden: hidden, values: values)
  }

  /// - Parameter markers: the matches of ``SuppressionComment/pattern``.
  func findings(markers: [[Range<Int>?]], in text: Span<UInt8>) -> [Finding] {
    var comments: [SuppressionComment] = []
    for groups in markers {
      if let comment = SuppressionComment(groups: groups, in: text, lines: lines) { comments.append(comment) }
    }
    var drafts: [Draft] = []
    for merged in merged(by: comments) { drafts.append(draft(of: merged, in: text)) }
    for match in documentMatches { drafts.append(draft(of: match, in: text)) }
    drafts.sort { Self.order($0.finding) < Self.order($1.finding) }
    let complaints = suppress(&drafts, by: comments, in: text)
    suppressByForeignComments(&drafts, in: text)
    var findings = drafts.map(\.finding) + complaints
    findings.sort { Self.order($0) < Self.order($1) }
    addLineHashes(to: &findings, in: text)
    FindingOrder.number(&findings)
    return findings
  }

  /// One credential, one match.
  private func merged(by comments: [SuppressionComment]) -> [MatchMerging.Merged] {
    let rules = rules.text.rules
    let excepted = Dictionary(grouping: comments.filter { $0.reason != nil }, by: \.line)
    let merging = MatchMerging(rules: rules) { match in
      guard !excepted.isEmpty else { return false }
      let line = lines.line(at: match.place.lowerBound)
      let near = (excepted[line] ?? []) + (excepted[line - 1] ?? [])
      return near.contains { $0.names(rules[match.rule].metadata) }
    }
    let merged = merging.merge(matches)
    guard let trace else { return merged }
    for winner in merged {
      for (losers, isOtherHalf) in [(winner.overlapped, false), (winner.joined, true)] {
        for loser in losers {
          trace.merges.append(
            FileTrace.Merge(
              rule: loser.rule, secret: loser.secret, winner: winner.match.rule, winnerSecret: winner.match.secret,
              isOtherHalf: isOtherHalf))
        }
      }
    }
    return merged
  }

  private static func order(_ finding: Finding) -> (Position, Position, String) {
    (finding.location.region.start, finding.location.region.end, finding.ruleID)
  }

  private func draft(of merged: MatchMerging.Merged, in text: Span<UInt8>) -> Draft {
    let match = merged.match
    let rule = rules.text.rules[match.rule].metadata
    var finding = finding(of: match, in: text)
    finding.alsoMatched = merged.alsoMatched(rules.text.rules)
    if !match.parts.isEmpty, match.proof != .disproved {
      finding.confidence = finding.confidence.raised
      for other in merged.joined where other.proof != .disproved {
        let other = rules.text.rules[other.rule].metadata
        finding.severity = max(finding.severity, other.severity)
        finding.level = max(finding.level, other.level)
      }
    }
    let last = max(match.place.upperBound, match.secret.upperBound) - 1
    return Draft(
      finding: finding, rules: [rule] + merged.overlapped.map { rules.text.rules[$0.rule].metadata },
      lines: finding.location.region.start
        .line...max(
          finding.location.region.start.line, lines.line(at: max(0, last))))
  }

  private func finding(of match: TextRuleSet.Match, in text: Span<UInt8>) -> Finding {
    let rule = rules.text.rules[match.rule].metadata
    let secret = match.secretValue(in: text)
    var finding = Finding(
      ruleID: rule.id, severity: rule.severity, confidence: rule.confidence, level: rule.level, message: rule.message,
      location: location(of: match.place, in: text),
      relatedLocations: match.parts.map {
        RelatedLocation(location: location(of: $0.secret, in: text), message: $0.message)
      },
      snippet: snippets.snippet(of: match.place, in: text), secret: secret, proof: match.proof,
      // White space does not count, so that an indented key stays the same key.
      fingerprint: Fingerprint(
        ruleID: rule.id, matchedText: secret.exposedBytes.filter { $0 > 0x20 }, key: options.fingerprintKey))
    finding.encodings = match.decoding?.encodings ?? []
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
    for fact in match.facts {
      finding.message += " " + fact.text
      if let limit = fact.limit { finding.severity = min(finding.severity, limit) }
    }
    if !match.parts.isEmpty {
      finding.message += " Found together with \(match.parts.map(\.message).joined(separator: ", "))."
    }
    // What is proved to be a credential is one wherever it stands.
    if let pathClass, match.proof != .proved, finding.severity > .low {
      finding.severity = PathClass.lowered(finding.severity)
      finding.message += " It stands in \(pathClass.rawValue) and counts less there."
    }
    return finding
  }

  private func draft(of match: DocumentRuleSet.Match, in text: Span<UInt8>) -> Draft {
    let location = location(of: match.place, in: text)
    let finding = Finding(
      ruleID: match.rule.id, severity: match.severity, confidence: match.confidence, level: match.level,
      message: snippets.masked(match.message), location: location,
      relatedLocations: match.related.map { related(of: $0, in: text) },
      snippet: snippets.snippet(of: match.place, in: text),
      fingerprint: Fingerprint(
        ruleID: match.rule.id, matchedText: match.identity.filter { $0 > 0x20 }, key: options.fingerprintKey))
    return Draft(
      finding: finding, rules: [match.rule], lines: location.region.start.line...location.region.end.line)
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
    _ drafts: inout [Draft], by comments: [SuppressionComment], in text: Span<UInt8>
  ) -> [Finding] {
    var complaints: [Finding] = []
    let byLine = Dictionary(grouping: drafts.indices) { drafts[$0].finding.location.region.start.line }
    func tell(_ comment: SuppressionComment, _ outcome: FileTrace.SuppressionStep.Outcome) {
      trace?.suppressions.append(FileTrace.SuppressionStep(tool: nil, line: comment.line, outcome: outcome))
    }
    for comment in comments {
      guard let range = comment.reason else {
        // Without a reason it may be a sentence about such comments; the id of a rule tells.
        guard rules.metadata.values.contains(where: comment.names) else { continue }
        complaints.append(complaint(EngineRules.suppressionWithoutReason, about: comment, in: text))
        tell(comment, .hasNoReason)
        continue
      }
      func named(onLine line: Int) -> [Int] {
        (byLine[line] ?? []).filter { drafts[$0].rules.contains(where: comment.names) }
      }
      // A comment behind a finding speaks of that line only; one that stands alone speaks of the next.
      var chosen = named(onLine: comment.line)
      if chosen.isEmpty { chosen = named(onLine: comment.line + 1) }
      if chosen.isEmpty {
        complaints.append(complaint(EngineRules.unusedSuppression, about: comment, in: text))
        tell(comment, .unused)
        continue
      }
      // Somebody may write down what the value was.
      let reason = String(snippets.shown(range, in: text).prefix(Self.maxReasonLength))
      for index in chosen {
        drafts[index].finding.suppression = Suppression(kind: .inSource, reason: reason)
        let finding = drafts[index].finding
        tell(comment, .suppresses(rule: finding.ruleID, line: finding.location.region.start.line))
      }
    }
    return complaints
  }

  /// Marks what comments of other tools suppress. One that suppresses nothing is not reported: its tool may need it.
  private func suppressByForeignComments(_ drafts: inout [Draft], in text: Span<UInt8>) {
    // A trace tells what the comments would do.
    guard options.honoursForeignSuppressions || trace != nil else { return }
    var foreign = ForeignSuppressions(path: path, lines: lines)
    for index in drafts.indices where drafts[index].finding.suppression == nil {
      let draft = drafts[index]
      let isSecret = draft.finding.secret != nil || draft.rules[0].tags.contains("secret")
      guard let comment = foreign.comment(on: draft.lines, rules: draft.rules, isSecret: isSecret, in: text) else {
        continue
      }
      var outcome = FileTrace.SuppressionStep.Outcome.forbidden
      if options.honoursForeignSuppressions {
        let words = String(snippets.shown(comment.range, in: text).prefix(Self.maxReasonLength))
        drafts[index].finding.suppression = Suppression(
          kind: .inSource, reason: "comment of \(comment.tool): \(words)", tool: comment.tool)
        outcome = .suppresses(rule: draft.finding.ruleID, line: draft.finding.location.region.start.line)
      }
      trace?.suppressions.append(
        FileTrace.SuppressionStep(
          tool: comment.tool, line: lines.line(at: comment.range.lowerBound), outcome: outcome))
    }
  }

  private func complaint(_ rule: Rule, about comment: SuppressionComment, in text: Span<UInt8>) -> Finding {
    let names = comment.rules.joined(separator: ",")
    return Finding(
      ruleID: rule.id, severity: rule.severity, confidence: rule.confidence, level: rule.level, message: rule.message,
      location: location(of: comment.range, in: text), snippet: snippets.snippet(of: comment.range, in: text),
      fingerprint: Fingerprint(ruleID: rule.id, matchedText: Array(names.utf8), key: options.fingerprintKey))
  }

  private func addLineHashes(to findings: inout [Finding], in text: Span<UInt8>) {
    let wanted = Set(findings.map(\.location.region.start.line))
    let hashes = LineHash.hashes(of: text, lines: wanted)
    for index in findings.indices { findings[index].lineHash = hashes[findings[index].location.region.start.line] }
  }
}
