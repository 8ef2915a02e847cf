package import Findings
package import Matching

/// Text rules ready to look at bytes together.
package final class TextRuleSet: Sendable {
  package let rules: [TextRule]
  private let patterns: PatternSet

  /// - Parameter marker: a pattern that is no rule but is looked for in the same pass; see `scan`.
  package init(
    _ rules: [TextRule], marker: AnchoredPattern? = nil, scale: PatternSet.Scale = .large
  ) throws(PrefilterError) {
    self.rules = rules
    patterns = try PatternSet(rules.map(\.pattern) + (marker.map { [$0] } ?? []), scale: scale)
  }

  /// The memory that one worker needs; never shared.
  package struct Scratch: ~Copyable {
    fileprivate var patterns: PatternSet.Scratch
    fileprivate let asOf: Timestamp?
  }

  /// - Parameter asOf: the time by which credentials are taken for expired; `nil`: none is.
  package func makeScratch(asOf: Timestamp? = nil) throws(PrefilterError) -> Scratch {
    Scratch(patterns: try patterns.makeScratch(), asOf: asOf)
  }

  /// A place where a rule fires.
  package struct Match: Sendable {
    /// The index in ``TextRuleSet/rules``.
    package let rule: Int
    /// What the finding points to, in bytes.
    package let place: Range<Int>
    /// Where the credential stands, in bytes.
    package let secret: Range<Int>
    /// How many of the credential's first bytes are the same in all of its kind.
    package let publicPrefixLength: Int
    package let proof: Proof
    /// What the proof rests on, in a few words; `nil` when the rule has none.
    package let evidence: String?
    /// What the credential tells of itself.
    package let facts: [TokenProof.Fact]
  }

  /// A rule that gave up at a place.
  package struct Fault: Sendable {
    package let rule: Int
    package let offset: Int
    package let message: String
  }

  /// Calls `match` for each place where a rule fires, ordered by rule and then by place, then `marker` with the groups
  /// of each match of the marker.
  package func scan(
    _ bytes: Span<UInt8>, scratch: inout Scratch, match: (Match) -> Void, marker: ([Range<Int>?]) -> Void = { _ in },
    fault: (Fault) -> Void
  ) {
    let asOf = scratch.asOf
    patterns.scan(bytes, scratch: &scratch.patterns) { found in
      if found.pattern == rules.count {
        marker(found.groups)
      } else if let result = evaluate(found, in: bytes, asOf: asOf) {
        match(result)
      }
    } fault: { problem in
      fault(Fault(rule: problem.pattern, offset: problem.offset, message: problem.message))
    }
  }

  /// Proof, entropy and filters: what PCRE2 cannot say.
  private func evaluate(_ found: PatternSet.Match, in bytes: Span<UInt8>, asOf: Timestamp?) -> Match? {
    let rule = rules[found.pattern]
    let secretGroup = (try? rule.pattern.group(rule.secretGroup)) ?? 0
    guard let secret = found.groups[secretGroup] ?? found.groups[0] else { return nil }
    let placeGroup = (try? rule.pattern.group(rule.placeGroup)) ?? 0
    let place = found.groups[placeGroup] ?? secret
    let value = Array(bytes.extracting(secret))
    let prefixLength = patterns.publicPrefixLength(of: value, pattern: found.pattern, group: secretGroup)
    let verification = rule.verification(of: value, at: secret, in: bytes, asOf: asOf)
    if verification?.proof != .proved {
      // What is the same in all values of a kind (`sk_test_`) says nothing about this one.
      let body = value.dropFirst(prefixLength)
      if let least = rule.minEntropy, Entropy.bitsPerByte(of: body) < least { return nil }
      if rule.filters.contains(where: { $0.rejects(body) }) { return nil }
    }
    return Match(
      rule: found.pattern, place: place, secret: secret, publicPrefixLength: prefixLength,
      proof: verification?.proof ?? .shaped, evidence: verification.flatMap { $0.evidence.isEmpty ? nil : $0.evidence },
      facts: verification?.facts ?? [])
  }
}

extension TextRule {
  /// What the rule's proof says of a credential that stands at `place`; `nil` when the rule has none.
  func verification(
    of value: [UInt8], at place: Range<Int>, in bytes: Span<UInt8>, asOf: Timestamp?
  ) -> TokenProof.Verification? {
    guard let proof else { return nil }
    let start = max(0, place.lowerBound - proof.reach)
    let end = min(bytes.count, place.upperBound + proof.reach)
    return proof.verify(
      TokenProof.Subject(
        value, before: Array(bytes.extracting(start..<place.lowerBound)),
        after: Array(bytes.extracting(place.upperBound..<end)), asOf: asOf))
  }

  package func fires(on example: RuleExample) throws(RuleExample.Failure) -> Bool {
    var matches = 0
    var fault: String?
    do throws(PrefilterError) {
      let set = try TextRuleSet([self], scale: .small)
      var scratch = try set.makeScratch()
      let text = Array(example.text.utf8)
      set.scan(text.span, scratch: &scratch) { _ in
        matches += 1
      } fault: {
        fault = $0.message
      }
    } catch {
      fault = error.description
    }
    if let fault { throw RuleExample.Failure(message: fault) }
    return matches > 0
  }
}
