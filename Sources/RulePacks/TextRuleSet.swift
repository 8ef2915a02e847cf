package import Findings
package import Matching

/// Text rules ready to look at bytes together.
package final class TextRuleSet: Sendable {
  package let rules: [TextRule]
  private let patterns: PatternSet
  /// Whether a rule has other halves, or is one: its matches are joined when all are known.
  private let isJoined: [Bool]

  /// - Parameter marker: a pattern that is no rule but is looked for in the same pass; see `scan`.
  package init(
    _ rules: [TextRule], marker: AnchoredPattern? = nil, scale: PatternSet.Scale = .large
  ) throws(PrefilterError) {
    self.rules = rules
    let partners = Set(rules.flatMap { $0.partners.map(\.metadata.id) })
    isJoined = rules.map { !$0.near.isEmpty || partners.contains($0.metadata.id) }
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
    package var place: Range<Int>
    /// Where the credential stands, in bytes.
    package var secret: Range<Int>
    /// How many of the credential's first bytes are the same in all of its kind.
    package let publicPrefixLength: Int
    package let proof: Proof
    /// What the proof rests on, in a few words; `nil` when the rule has none.
    package let evidence: String?
    /// The other halves that were found near it.
    package var parts: [Part] = []
    /// `nil` where the credential stands in the text as it is.
    package var decoding: Decoding?
    /// What the credential tells of itself.
    package let facts: [TokenProof.Fact]
  }

  /// The other half of a credential.
  package struct Part: Sendable {
    /// Where it stands, in bytes.
    package let secret: Range<Int>
    /// The rule that found it; `nil` where it was the owner's own pattern.
    package let rule: Int?
    package let publicPrefixLength: Int
    /// What it is, in a few words.
    package let message: String
  }

  /// How a credential was written that had to be decoded.
  package struct Decoding: Sendable {
    /// What was undone, outermost first.
    package let encodings: [Encoding]
    /// The credential itself.
    package let value: [UInt8]

    package init(encodings: [Encoding], value: [UInt8]) {
      self.encodings = encodings
      self.value = value
    }
  }

  /// A rule that gave up at a place.
  package struct Fault: Sendable {
    package let rule: Int
    package let offset: Int
    package let message: String
  }

  /// Calls `match` for each place where a rule fires, ordered by rule and then by place, and `marker` with the groups of
  /// each match of the marker; last come the matches of rules with other halves (`near`), and of those that are such.
  ///
  /// - Parameters:
  ///   - path: of the file that the bytes are, for filters that ask what kind of file it is.
  ///   - trace: is told what each keyword led to.
  package func scan(
    _ bytes: Span<UInt8>, path: SourcePath? = nil, scratch: inout Scratch, match: (Match) -> Void,
    marker: ([Range<Int>?]) -> Void = { _ in }, fault: (Fault) -> Void, trace: TextTrace? = nil
  ) {
    var open: [Match] = []
    var traits: FileTraits?
    let asOf = scratch.asOf
    let observe: ((PatternSet.Attempt) -> Void)? = trace.map { trace in
      { [markerIndex = rules.count] attempt in if attempt.pattern != markerIndex { trace.note(attempt) } }
    }
    patterns.scan(
      bytes, scratch: &scratch.patterns,
      match: { found in
        if found.pattern == rules.count {
          marker(found.groups)
        } else if let result = evaluate(
          found, in: bytes, path: path, traits: &traits, asOf: asOf, trace: trace)
        {
          if isJoined[result.rule] { open.append(result) } else { match(result) }
        }
      },
      fault: { problem in
        fault(Fault(rule: problem.pattern, offset: problem.offset, message: problem.message))
      }, observe: observe)
    guard !open.isEmpty else { return }
    var search = NearSearch(rules)
    let joined = search.join(open, in: bytes, fault: fault)
    trace?.note(joined: joined, of: open, rules: rules)
    for result in joined { match(result) }
  }

  /// Proof, entropy and filters: what PCRE2 cannot say.
  private func evaluate(
    _ found: PatternSet.Match, in bytes: Span<UInt8>, path: SourcePath?, traits: inout FileTraits?, asOf: Timestamp?,
    trace: TextTrace?
  ) -> Match? {
    let rule = rules[found.pattern]
    let secretGroup = (try? rule.pattern.group(rule.secretGroup)) ?? 0
    guard let secret = found.groups[secretGroup] ?? found.groups[0] else { return nil }
    let placeGroup = (try? rule.pattern.group(rule.placeGroup)) ?? 0
    let place = found.groups[placeGroup] ?? secret
    let value = Array(bytes.extracting(secret))
    let prefixLength = patterns.publicPrefixLength(of: value, pattern: found.pattern, group: secretGroup)
    let verification = rule.verification(of: value, at: secret, in: bytes, asOf: asOf)
    var isCredential = true
    var told = trace.map { _ in
      TextTrace.Evaluation(
        range: found.range, secret: Secret(value, publicPrefixLength: prefixLength), secretRange: secret, place: place,
        verification: verification)
    }
    if verification?.proof != .proved {
      // What is the same in all values of a kind (`sk_test_`) says nothing about this one.
      let body = value.dropFirst(prefixLength)
      if let least = rule.minEntropy {
        let bits = Entropy.bitsPerByte(of: body)
        told?.entropy = (bits, least)
        if bits < least { isCredential = false }
      }
      let context = rule.context(of: found, value: secret, in: bytes) {
        if traits == nil { traits = path.map { FileTraits(path: $0) } }
        return traits
      }
      // Who asks why wants to hear all filters.
      for filter in rule.filters where isCredential || trace != nil {
        let isRejecting = filter.rejects(body, in: context)
        told?.filters.append((filter, isRejecting))
        if isRejecting { isCredential = false }
      }
    }
    if var told {
      told.fires = isCredential
      trace?.note(told)
    }
    guard isCredential else { return nil }
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
      let set = try TextRuleSet([self] + partners, scale: .small)
      var scratch = try set.makeScratch()
      let text = Array(example.text.utf8)
      set.scan(text.span, path: example.path.map { SourcePath($0) }, scratch: &scratch) { match in
        if match.rule == 0 { matches += 1 }
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
