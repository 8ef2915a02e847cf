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
  }

  package func makeScratch() throws(PrefilterError) -> Scratch {
    Scratch(patterns: try patterns.makeScratch())
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
  }

  /// A rule that gave up at a place.
  package struct Fault: Sendable {
    package let rule: Int
    package let offset: Int
    package let message: String
  }

  /// Calls `match` for each place where a rule fires, ordered by rule and then by place, then `marker` with the groups
  /// of each match of the marker.
  ///
  /// - Parameter path: of the file that the bytes are, for filters that ask what kind of file it is.
  package func scan(
    _ bytes: Span<UInt8>, path: SourcePath? = nil, scratch: inout Scratch, match: (Match) -> Void,
    marker: ([Range<Int>?]) -> Void = { _ in }, fault: (Fault) -> Void
  ) {
    var traits: FileTraits?
    patterns.scan(bytes, scratch: &scratch.patterns) { found in
      if found.pattern == rules.count {
        marker(found.groups)
      } else if let result = evaluate(found, in: bytes, path: path, traits: &traits) {
        match(result)
      }
    } fault: { problem in
      fault(Fault(rule: problem.pattern, offset: problem.offset, message: problem.message))
    }
  }

  /// Proof, entropy and filters: what PCRE2 cannot say.
  private func evaluate(
    _ found: PatternSet.Match, in bytes: Span<UInt8>, path: SourcePath?, traits: inout FileTraits?
  ) -> Match? {
    let rule = rules[found.pattern]
    let secretGroup = (try? rule.pattern.group(rule.secretGroup)) ?? 0
    guard let secret = found.groups[secretGroup] ?? found.groups[0] else { return nil }
    let placeGroup = (try? rule.pattern.group(rule.placeGroup)) ?? 0
    let place = found.groups[placeGroup] ?? secret
    let value = Array(bytes.extracting(secret))
    let prefixLength = patterns.publicPrefixLength(of: value, pattern: found.pattern, group: secretGroup)
    let verification = rule.proof?.verify(value)
    if verification?.proof != .proved {
      // What is the same in all values of a kind (`sk_test_`) says nothing about this one.
      let body = value.dropFirst(prefixLength)
      if let least = rule.minEntropy, Entropy.bitsPerByte(of: body) < least { return nil }
      let context = rule.context(of: found, value: secret, in: bytes) {
        if traits == nil { traits = path.map { FileTraits(path: $0) } }
        return traits
      }
      if rule.filters.contains(where: { $0.rejects(body, in: context) }) { return nil }
    }
    return Match(
      rule: found.pattern, place: place, secret: secret, publicPrefixLength: prefixLength,
      proof: verification?.proof ?? .shaped, evidence: verification?.evidence)
  }
}

extension TextRule {
  /// What stands around a value, where a filter of the rule asks for it. The group `name` is the name of the value.
  func context(
    of found: PatternSet.Match, value: Range<Int>, in bytes: Span<UInt8>, file: () -> FileTraits?
  ) -> MatchContext? {
    guard filters.contains(where: \.readsContext) else { return nil }
    let name = (try? pattern.group("name")).flatMap { found.groups[$0] }
    return MatchContext(name: name, value: value, in: bytes, file: file())
  }

  package func fires(on example: RuleExample) throws(RuleExample.Failure) -> Bool {
    var matches = 0
    var fault: String?
    do throws(PrefilterError) {
      let set = try TextRuleSet([self], scale: .small)
      var scratch = try set.makeScratch()
      let text = Array(example.text.utf8)
      set.scan(text.span, path: example.path.map { SourcePath($0) }, scratch: &scratch) { _ in
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
