internal import Findings
internal import Matching

/// Joins the matches of rules with `near` with their other halves.
struct NearSearch: ~Copyable {
  /// How much text may be looked at for one file, so that a line of a hundred thousand keys costs no minute.
  private static let maxSearchedBytes = 32 << 20
  /// The nearest that are looked at for one credential.
  private static let maxCandidates = 8

  private let rules: [TextRule]
  private let indexes: [String: Int]
  private var scratch: PatternScratch?
  private var searchedBytes = 0

  init(_ rules: [TextRule]) {
    self.rules = rules
    indexes = Dictionary(
      rules.enumerated().map { ($1.metadata.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  private struct Candidate {
    var distance: Int
    var owner: Int
    var secret: Range<Int>
    var rule: Int?
    var prefixLength: Int
  }

  /// - Parameters:
  ///   - matches: those of rules that have `near`, and of rules that are named there.
  ///   - fault: is told where the search was given up.
  /// - Returns: the matches with their parts, without those that need a part and have none.
  mutating func join(
    _ matches: [TextRuleSet.Match], in text: Span<UInt8>, fault: (TextRuleSet.Fault) -> Void
  ) -> [TextRuleSet.Match] {
    var joined = matches
    var isKept = [Bool](repeating: true, count: matches.count)
    var placesOfRule: [Int: [Int]] = [:]
    for index in matches.indices { placesOfRule[matches[index].rule, default: []].append(index) }
    for (rule, owners) in placesOfRule.sorted(by: { $0.key < $1.key }) {
      for part in rules[rule].near {
        var candidates: [Candidate] = []
        for owner in owners {
          candidates += self.candidates(
            for: part, of: owner, in: matches, others: placesOfRule, text: text, fault: fault)
        }
        candidates.sort {
          ($0.distance, $0.secret.lowerBound, $0.owner) < ($1.distance, $1.secret.lowerBound, $1.owner)
        }
        var hasPart: Set<Int> = []
        var taken: Set<Range<Int>> = []
        // One to one, the nearest first; what is required may be shared.
        for isShared in part.isRequired ? [false, true] : [false] {
          for candidate in candidates where !hasPart.contains(candidate.owner) {
            guard isShared || !taken.contains(candidate.secret) else { continue }
            hasPart.insert(candidate.owner)
            taken.insert(candidate.secret)
            joined[candidate.owner].parts.append(
              TextRuleSet.Part(
                secret: candidate.secret, rule: candidate.rule, publicPrefixLength: candidate.prefixLength,
                message: part.message))
          }
        }
        if part.isRequired { for owner in owners where !hasPart.contains(owner) { isKept[owner] = false } }
      }
    }
    return joined.indices.filter { isKept[$0] }.map { joined[$0] }
  }

  private mutating func candidates(
    for part: NearPart, of owner: Int, in matches: [TextRuleSet.Match], others: [Int: [Int]], text: Span<UInt8>,
    fault: (TextRuleSet.Fault) -> Void
  ) -> [Candidate] {
    let match = matches[owner]
    guard searchedBytes < Self.maxSearchedBytes else {
      if part.isRequired {
        fault(
          TextRuleSet.Fault(
            rule: match.rule, offset: match.secret.lowerBound,
            message: "the file holds too many places to look for \(part.message)"))
      }
      return []
    }
    let window = NearWindow.range(around: match.secret, lines: part.lines, in: text)
    searchedBytes += window.count
    var found: [Candidate] = []
    func add(_ secret: Range<Int>, rule: Int?, prefixLength: Int) {
      guard !secret.overlaps(match.secret) else { return }
      let distance =
        secret.lowerBound >= match.secret.upperBound
        ? secret.lowerBound - match.secret.upperBound : match.secret.lowerBound - secret.upperBound
      found.append(
        Candidate(distance: distance, owner: owner, secret: secret, rule: rule, prefixLength: prefixLength))
    }
    switch part.target {
    case .rule(let name):
      guard let rule = indexes[name], let places = others[rule] else { return [] }
      // In the order of the file, and without overlap: they are of one rule.
      var low = places.partitioned { matches[$0].secret.lowerBound >= window.lowerBound }
      while low < places.count, matches[places[low]].secret.upperBound <= window.upperBound {
        let other = matches[places[low]]
        add(other.secret, rule: rule, prefixLength: other.publicPrefixLength)
        low += 1
      }
    case .pattern(let pattern, let name):
      if scratch == nil { scratch = PatternScratch(matchLimit: 200_000) }
      let group = (try? pattern.group(name)) ?? 0
      guard
        let outcome = scratch?.places(
          of: pattern, group: group, in: text, within: window, limit: 4 * Self.maxCandidates)
      else { return [] }
      if let message = outcome.fault {
        fault(TextRuleSet.Fault(rule: match.rule, offset: match.secret.lowerBound, message: message))
      }
      for place in outcome.places { add(place, rule: nil, prefixLength: 0) }
    }
    found.sort { ($0.distance, $0.secret.lowerBound) < ($1.distance, $1.secret.lowerBound) }
    let column = NearWindow.column(of: match.secret.lowerBound, in: text)
    return found.prefix(Self.maxCandidates).filter { candidate in
      let gap =
        candidate.secret.lowerBound >= match.secret.upperBound
        ? match.secret.upperBound..<candidate.secret.lowerBound : candidate.secret.upperBound..<match.secret.lowerBound
      return !NearWindow.isDivided(gap, column: column, in: text)
    }
  }
}

extension PatternScratch {
  fileprivate mutating func places(
    of pattern: BoundedPattern, group: Int, in text: Span<UInt8>, within range: Range<Int>, limit: Int
  ) -> BoundedPattern.Outcome {
    pattern.places(ofGroup: group, in: text, within: range, limit: limit, scratch: &self)
  }
}

extension Array {
  /// The first index whose element holds; all elements behind it hold too.
  fileprivate func partitioned(_ holds: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
