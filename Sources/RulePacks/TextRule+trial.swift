package import Findings
package import Matching

/// What a text rule makes of one place where a keyword of it stands.
package struct TextRuleTrial: Sendable {
  package let keyword: String
  /// Where the keyword stands, in bytes.
  package let place: Range<Int>
  /// What the match that holds the keyword was put through; `nil` when the pattern does not match around it.
  package let evaluation: TextTrace.Evaluation?
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
    let set = try TextRuleSet([self] + partners, scale: .small)
    var scratch = try set.makeScratch()
    let trace = TextTrace()
    set.scan(bytes.span, path: path, scratch: &scratch, match: { _ in }, fault: { _ in }, trace: trace)
    var trials: [TextRuleTrial] = []
    var last: TextTrace.Evaluation?
    for attempt in trace.attempts where attempt.rule == 0 && trials.count < limit {
      if case .matched(let evaluation) = attempt.outcome { last = evaluation }
      let keyword = keyword(at: attempt.anchor, in: bytes) ?? ""
      let place = attempt.anchor..<min(bytes.count, attempt.anchor + keyword.utf8.count)
      // Two keywords of a rule may begin at one place.
      if trials.last?.place.lowerBound == place.lowerBound { continue }
      let isHeld = last.map { $0.range.lowerBound <= place.lowerBound && place.upperBound <= $0.range.upperBound }
      trials.append(TextRuleTrial(keyword: keyword, place: place, evaluation: isHeld == true ? last : nil))
    }
    return trials
  }

  /// The longest of the rule's keywords that stands at a place, in whatever case.
  package func keyword(at offset: Int, in bytes: [UInt8]) -> String? {
    let rest = bytes[min(offset, bytes.count)...]
    return pattern.anchors.filter { keyword in
      keyword.utf8.count <= rest.count
        && zip(keyword.utf8, rest).allSatisfy { $0.asciiLowercased == $1.asciiLowercased }
    }.max { $0.utf8.count < $1.utf8.count }
  }
}
