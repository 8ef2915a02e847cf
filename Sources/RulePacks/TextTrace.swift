package import Findings
package import Matching

/// What the text rules made of one text, keyword by keyword: written by the scan itself when somebody asks why.
///
/// A scan without a trace makes none of this.
package final class TextTrace {
  /// One place where a keyword of a rule stands, and what it led to.
  package struct Attempt: Sendable {
    /// The index in ``TextRuleSet/rules``.
    package let rule: Int
    /// Where the keyword stands, in bytes of the text.
    package let anchor: Int
    package var outcome: Outcome
    /// Where the text that was looked at comes from; `nil` for the text of the file itself.
    package let source: Source?

    package var isMatch: Bool { if case .matched = outcome { true } else { false } }
  }

  /// What a decoder yielded: offsets of the attempt and its evaluation count bytes of that.
  package struct Source: Sendable {
    /// The outermost first.
    package let decoders: [String]
    /// Where the encoded text stands in the text of the file, in bytes.
    package let place: Range<Int>
    package let text: [UInt8]

    package init(decoders: [String], place: Range<Int>, text: [UInt8]) {
      self.decoders = decoders
      self.place = place
      self.text = text
    }
  }

  package enum Outcome: Sendable {
    /// The keyword stands within a match that the rule has made already.
    case withinLastMatch
    /// No match starts in `starts`.
    case silent(starts: ClosedRange<Int>)
    /// The pattern gave up.
    case gaveUp
    case matched(Evaluation)
  }

  /// What a match was put through.
  package struct Evaluation: Sendable {
    package let range: Range<Int>
    /// The credential.
    package let secret: Secret
    package let secretRange: Range<Int>
    /// What a finding points to.
    package let place: Range<Int>
    /// `nil` when the rule has no proof.
    package var verification: TokenProof.Verification?
    /// Of the credential without its fixed prefix, and what the rule asks for; `nil` where nobody asked.
    package var entropy: (bits: Double, least: Double)?
    /// The filters that were asked, and whether they took the value for something else.
    package var filters: [(filter: ValueFilter, isRejecting: Bool)] = []
    /// What was found of the other halves; `nil` when the rule knows none.
    package var near: Near?
    package var fires = true

    /// The filters that took the value for something else.
    package var rejections: [ValueFilter] { filters.filter(\.isRejecting).map(\.filter) }

    /// Whether the entropy is too low.
    package var isTooOrderly: Bool { entropy.map { $0.bits < $0.least } ?? false }

    package struct Near: Sendable {
      package var found: [TextRuleSet.Part]
      /// A part that the rule needs, and that is not there.
      package var isMissing: Bool
    }
  }

  package private(set) var attempts: [Attempt] = []
  private var openMatches: [Int: [Range<Int>: Int]] = [:]

  package init() {}

  func note(_ attempt: PatternSet.Attempt) {
    let outcome: Outcome
    switch attempt.outcome {
    case .withinLastMatch: outcome = .withinLastMatch
    case .silent(let starts, _): outcome = .silent(starts: starts)
    case .gaveUp: outcome = .gaveUp
    // What the evaluation says takes its place.
    case .matched: outcome = .gaveUp
    }
    attempts.append(Attempt(rule: attempt.pattern, anchor: attempt.anchor, outcome: outcome, source: nil))
  }

  /// Takes over what the scan of a decoder's yield noted.
  package func add(_ attempt: Attempt, from source: Source) {
    attempts.append(Attempt(rule: attempt.rule, anchor: attempt.anchor, outcome: attempt.outcome, source: source))
  }

  /// The evaluation of the match that was noted last.
  func note(_ evaluation: Evaluation) {
    guard !attempts.isEmpty else { return }
    attempts[attempts.count - 1].outcome = .matched(evaluation)
    openMatches[attempts[attempts.count - 1].rule, default: [:]][evaluation.secretRange] = attempts.count - 1
  }

  /// What the search for other halves gave for matches that would have fired.
  func note(joined: [TextRuleSet.Match], of asked: [TextRuleSet.Match], rules: [TextRule]) {
    let found = Dictionary(
      joined.map { (Key(rule: $0.rule, secret: $0.secret), $0.parts) }, uniquingKeysWith: { first, _ in first })
    for match in asked where !rules[match.rule].near.isEmpty {
      guard let index = openMatches[match.rule]?[match.secret],
        case .matched(var evaluation) = attempts[index].outcome
      else { continue }
      let parts = found[Key(rule: match.rule, secret: match.secret)]
      evaluation.near = Evaluation.Near(found: parts ?? [], isMissing: parts == nil)
      if parts == nil { evaluation.fires = false }
      attempts[index].outcome = .matched(evaluation)
    }
  }

  private struct Key: Hashable {
    var rule: Int
    var secret: Range<Int>
  }
}
