@testable import Matching

/// The plain version of ``PatternSet``: each pattern over the whole buffer, from the end of each match to the next.
///
/// It knows no anchors and no windows. What `PatternSet` finds is right when it is what this finds.
struct ReferenceMatcher: ~Copyable {
  private let patterns: [Pattern]
  private var scratch = PatternScratch(matchLimit: 10_000_000)

  init(_ patterns: [AnchoredPattern]) throws(PatternError) {
    var compiled: [Pattern] = []
    for pattern in patterns { compiled.append(try Pattern(pattern.source)) }
    self.patterns = compiled
  }

  /// What a whole search came to.
  struct Result: Equatable {
    /// By pattern, then by place.
    var matches: [PatternSet.Match] = []
    /// Numbers of the patterns that reached a limit; comparing is only fair when there is none.
    var faults: [Int] = []
  }

  mutating func scan(_ bytes: [UInt8]) -> Result {
    var result = Result()
    for index in patterns.indices { scan(bytes, pattern: index, into: &result) }
    return result
  }

  private mutating func scan(_ bytes: [UInt8], pattern index: Int, into result: inout Result) {
    let pattern = patterns[index]
    let span = bytes.span
    var position = 0
    while position <= bytes.count {
      let outcome = scratch.firstMatch(of: pattern, in: span, starts: position...bytes.count, end: bytes.count)
      switch outcome {
      case .none: return
      case .fault:
        result.faults.append(index)
        return
      case .match(let range):
        result.matches.append(
          PatternSet.Match(pattern: index, groups: (0...pattern.groupCount).map { scratch.range(of: $0) }))
        // No pattern of a set matches the empty string, as each match holds an anchor.
        precondition(!range.isEmpty)
        position = range.upperBound
      }
    }
  }
}

/// The plain matcher and the sets of both scales over the same patterns.
struct MatcherComparison: ~Copyable {
  let patterns: [AnchoredPattern]
  /// How many matches have been compared: a comparison of nothing with nothing proves nothing.
  private(set) var matchCount = 0
  /// The patterns that have matched at least once.
  private(set) var matched: Set<Int> = []
  private let large: PatternSet
  private var largeScratch: PatternSet.Scratch
  private let small: PatternSet
  private var smallScratch: PatternSet.Scratch
  private var reference: ReferenceMatcher

  init(_ patterns: [AnchoredPattern]) throws {
    // All that can throw comes first: a half-made value without copies cannot be undone.
    let large = try PatternSet(patterns, scale: .large)
    let largeScratch = try large.makeScratch(matchLimit: 10_000_000)
    let small = try PatternSet(patterns, scale: .small)
    let smallScratch = try small.makeScratch(matchLimit: 10_000_000)
    let reference = try ReferenceMatcher(patterns)
    self.patterns = patterns
    self.large = large
    self.largeScratch = largeScratch
    self.small = small
    self.smallScratch = smallScratch
    self.reference = reference
  }

  /// What differs, for people; `nil` when all find the same. It shows places and no bytes: they may be credentials.
  mutating func difference(in bytes: [UInt8]) -> String? {
    let expected = reference.scan(bytes)
    matchCount += expected.matches.count
    matched.formUnion(expected.matches.map(\.pattern))
    var result = ReferenceMatcher.Result()
    large.scan(bytes.span, scratch: &largeScratch) {
      result.matches.append($0)
    } fault: {
      result.faults.append($0.pattern)
    }
    if let difference = difference(of: result, from: expected, size: bytes.count) { return "large: " + difference }
    result = ReferenceMatcher.Result()
    small.scan(bytes.span, scratch: &smallScratch) {
      result.matches.append($0)
    } fault: {
      result.faults.append($0.pattern)
    }
    return difference(of: result, from: expected, size: bytes.count).map { "small: " + $0 }
  }

  private func difference(
    of result: ReferenceMatcher.Result, from expected: ReferenceMatcher.Result, size: Int
  ) -> String? {
    guard result != expected else { return nil }
    if let index = (result.faults + expected.faults).first {
      return "a limit was reached by \(patterns[index].source)"
    }
    let missing = expected.matches.filter { !result.matches.contains($0) }
    let surplus = result.matches.filter { !expected.matches.contains($0) }
    let pattern = (missing + surplus).first.map { patterns[$0.pattern] }
    return """
      in a buffer of \(size) bytes: missing \(missing.prefix(3).map(Self.places)), \
      surplus \(surplus.prefix(3).map(Self.places)), pattern \(pattern?.source ?? "(order)"), \
      anchors \(pattern?.anchors ?? [])
      """
  }

  private static func places(_ match: PatternSet.Match) -> String {
    match.groups.map { $0.map { "\($0.lowerBound)..<\($0.upperBound)" } ?? "-" }.joined(separator: " ")
  }
}
