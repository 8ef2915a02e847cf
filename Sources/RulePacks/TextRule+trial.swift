package import Findings
package import Matching

/// What a text rule makes of one place where a keyword of it stands.
package struct TextRuleTrial: Sendable {
  package let keyword: String
  /// Where the keyword stands, in bytes.
  package let place: Range<Int>
  /// `nil` when the pattern does not match around the keyword.
  package let match: Match?

  /// A match of the pattern, and what its value was put through.
  package struct Match: Sendable {
    package let secret: Secret
    /// What a finding points to, in bytes.
    package let place: Range<Int>
    /// `nil` when the rule has no proof.
    package let verification: TokenProof.Verification?
    /// Of the value without its fixed prefix, in bits for each byte.
    package let entropy: Double
    /// The filters that take the value for something else.
    package let rejections: [ValueFilter]
    package let fires: Bool
  }
}

extension TextRule {
  /// Looks at a text as a scan does, and keeps what each keyword led to.
  ///
  /// - Parameters:
  ///   - path: of the file that the bytes are, for filters that ask what kind of file it is.
  ///   - limit: the most keywords that are looked at.
  package func trials(
    on bytes: [UInt8], path: SourcePath? = nil, limit: Int
  ) throws(PrefilterError) -> [TextRuleTrial] {
    let matches = try matches(in: bytes, path: path)
    return keywords(in: bytes, limit: limit).map { keyword, place in
      let match = matches.first { $0.whole.lowerBound <= place.lowerBound && place.upperBound <= $0.whole.upperBound }
      return TextRuleTrial(keyword: keyword, place: place, match: match?.match)
    }
  }

  private func matches(
    in bytes: [UInt8], path: SourcePath?
  ) throws(PrefilterError) -> [(whole: Range<Int>, match: TextRuleTrial.Match)] {
    let set = try TextRuleSet([self], scale: .small)
    var setScratch = try set.makeScratch()
    var firing: Set<Range<Int>> = []
    set.scan(bytes.span, path: path, scratch: &setScratch) {
      firing.insert($0.secret)
    } fault: { _ in
    }
    let patterns = try PatternSet([pattern], scale: .small)
    var scratch = try patterns.makeScratch()
    var found: [PatternSet.Match] = []
    patterns.scan(bytes.span, scratch: &scratch) {
      found.append($0)
    } fault: { _ in
    }
    let secretGroup = (try? pattern.group(self.secretGroup)) ?? 0
    let placeGroup = (try? pattern.group(self.placeGroup)) ?? 0
    return found.map { found in
      let range = found.groups[secretGroup] ?? found.range
      let value = Array(bytes[range])
      let prefix = patterns.publicPrefixLength(of: value, pattern: 0, group: secretGroup)
      let body = value.dropFirst(prefix)
      let context = context(of: found, value: range, in: bytes.span) { path.map { FileTraits(path: $0) } }
      let match = TextRuleTrial.Match(
        secret: Secret(value, publicPrefixLength: prefix), place: found.groups[placeGroup] ?? range,
        verification: proof?.verify(value), entropy: Entropy.bitsPerByte(of: body),
        rejections: filters.filter { $0.rejects(body, in: context) }, fires: firing.contains(range))
      return (found.range, match)
    }
  }

  /// Where keywords stand, in any case, in the order of the text.
  private func keywords(in bytes: [UInt8], limit: Int) -> [(keyword: String, place: Range<Int>)] {
    let text = bytes.map(\.asciiLowercased)
    var hits: [(keyword: String, place: Range<Int>)] = []
    for keyword in pattern.anchors {
      let wanted = keyword.utf8.map(\.asciiLowercased)
      guard let first = wanted.first, wanted.count <= text.count else { continue }
      var count = 0
      for offset in 0...(text.count - wanted.count)
      where text[offset] == first && text[offset..<(offset + wanted.count)].elementsEqual(wanted) {
        hits.append((keyword, offset..<(offset + wanted.count)))
        count += 1
        if count == limit { break }
      }
    }
    return Array(hits.sorted { $0.place.lowerBound < $1.place.lowerBound }.prefix(limit))
  }
}
