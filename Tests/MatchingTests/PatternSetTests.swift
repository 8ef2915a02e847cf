import RulePacks
import TestSupport
import Testing

@testable import Matching

/// The contract of ``PatternSet``: what a search of the whole buffer with each pattern finds, and nothing else.
@Suite("PatternSet finds what searching whole buffers finds")
struct PatternSetTests {
  @Test("with patterns that windows are easily wrong about")
  func nastyPatterns() throws {
    var comparison = try MatcherComparison(NastyPatterns.all)
    var buffers = BufferGenerator(pieces: NastyPatterns.pieces, seed: 1)
    for round in 0..<1_000 {
      let bytes = buffers.next(size: [4, 20, 80, 400, 1_000][round % 5])
      let difference = comparison.difference(in: bytes)
      try #require(difference == nil, "seed 1, round \(round)")
    }
    let silent = NastyPatterns.all.indices.filter { !comparison.matched.contains($0) }
    #expect(silent.map { NastyPatterns.all[$0].source }.isEmpty, "a pattern that never matched was not compared")
  }

  @Test("with each of those patterns alone")
  func nastyPatternsAlone() throws {
    for (index, pattern) in NastyPatterns.all.enumerated() {
      var comparison = try MatcherComparison([pattern])
      var buffers = BufferGenerator(pieces: NastyPatterns.pieces, seed: UInt64(index))
      for round in 0..<40 {
        let difference = comparison.difference(in: buffers.next(size: 200))
        #expect(difference == nil, "pattern \(index), round \(round)")
        if difference != nil { break }
      }
    }
  }

  @Test("with generated patterns", arguments: [11, 12, 13] as [UInt64])
  func generatedPatterns(seed: UInt64) throws {
    var generator = PatternGenerator(random: SeededGenerator(seed: seed))
    var buffers = BufferGenerator(pieces: PatternGenerator.pieces, seed: seed)
    var patterns: [AnchoredPattern] = []
    while patterns.count < 250 {
      let pattern = AnchoredPattern(generator.pattern(), anchors: generator.someAnchors())
      // Most have a match without an anchor, and are refused.
      if (try? pattern.check()) != nil { patterns.append(pattern) }
    }
    var comparison = try MatcherComparison(patterns)
    for round in 0..<60 {
      let bytes = buffers.next(size: [3, 12, 60, 250][round % 4])
      let difference = comparison.difference(in: bytes)
      try #require(difference == nil, "seed \(seed), round \(round)")
    }
    #expect(comparison.matched.count > patterns.count / 3)
  }

  @Test("wherever a buffer is cut")
  func everyPrefixAndSuffix() throws {
    var comparison = try MatcherComparison(NastyPatterns.all)
    var buffers = BufferGenerator(pieces: NastyPatterns.pieces, seed: 5)
    let bytes = buffers.next(size: 300)
    for cut in 0...bytes.count {
      let before = comparison.difference(in: Array(bytes.prefix(cut)))
      try #require(before == nil, "the first \(cut) bytes")
      let after = comparison.difference(in: Array(bytes.dropFirst(cut)))
      try #require(after == nil, "without the first \(cut) bytes")
    }
  }

  @Test("also when it holds no pattern, or the buffer no byte")
  func nothing() throws {
    var none = try MatcherComparison([])
    #expect(none.difference(in: Array("tok".utf8)) == nil)
    var all = try MatcherComparison(NastyPatterns.all)
    #expect(all.difference(in: []) == nil)
  }

  @Test("reports matches by pattern and place, with all groups")
  func order() throws {
    let patterns = [
      AnchoredPattern(#"(a)?tok(?<digit>\d)?"#, anchors: ["tok"]), AnchoredPattern("tok", anchors: ["tok"]),
    ]
    let set = try PatternSet(patterns)
    var scratch = try set.makeScratch()
    var matches: [PatternSet.Match] = []
    set.scan(Array("tok7 atok".utf8).span, scratch: &scratch) {
      matches.append($0)
    } fault: { _ in
    }
    #expect(
      matches == [
        .init(pattern: 0, groups: [0..<4, nil, 3..<4]), .init(pattern: 0, groups: [5..<9, 5..<6, nil]),
        .init(pattern: 1, groups: [0..<3]), .init(pattern: 1, groups: [6..<9]),
      ])
    #expect(matches.map(\.range) == [0..<4, 5..<9, 0..<3, 6..<9])
  }
}
