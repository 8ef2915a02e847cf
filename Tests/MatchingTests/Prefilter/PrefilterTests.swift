import TestSupport
import Testing

@testable import Matching

@Suite("Prefilter and TrigramPrefilter")
struct PrefilterTests {
  private struct Place: Hashable, Comparable {
    let end: Int
    let literal: Int

    static func < (left: Place, right: Place) -> Bool { (left.end, left.literal) < (right.end, right.literal) }
  }

  private static func places(_ hits: [PrefilterScratch.Hit]) -> [Place] {
    hits.map { Place(end: Int($0.end), literal: Int($0.literal)) }.sorted()
  }

  @Test("find every place of every literal, without regard to case", arguments: [41, 42, 43, 44] as [UInt64])
  func random(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    // Few letters, so that literals overlap, contain each other and repeat; bytes that are not ASCII have no case.
    let alphabet = Array("aAbB_".utf8) + [0xC9, 0xE9]
    for round in 0..<30 {
      let least = round % 2 == 0 ? 1 : 3
      let literals = Set(
        (0...random.below(30)).map { _ in
          (0..<least + random.below(6)).map { _ in random.pick(alphabet).asciiLowercased }
        }
      ).sorted { $0.lexicographicallyPrecedes($1) }
      let prefilter = try Prefilter(literals: literals)
      var scratch = try PrefilterScratch(for: prefilter)
      let trigrams = TrigramPrefilter(literals: literals)
      #expect((trigrams != nil) == literals.allSatisfy { $0.count >= 3 })
      for length in [0, 1, 2, 3, 7, 64, 500, 3_000] {
        let text = (0..<length).map { _ in random.pick(alphabet) }
        let expected = Self.naive(literals, in: text)
        var hits: [PrefilterScratch.Hit] = []
        scratch.scan(text.span, with: prefilter, into: &hits)
        var isSame = Self.places(hits) == expected
        try #require(isSame, "seed \(seed), round \(round), length \(length)")
        guard let trigrams else { continue }
        hits = []
        trigrams.scan(text.span, into: &hits)
        isSame = Self.places(hits) == expected
        try #require(isSame, "seed \(seed), round \(round), length \(length), trigrams")
      }
    }
  }

  @Test("add to the hits that are there")
  func adding() throws {
    let literals = [Array("tok".utf8)]
    let text = Array("a tok".utf8)
    let prefilter = try Prefilter(literals: literals)
    var scratch = try PrefilterScratch(for: prefilter)
    var hits = [PrefilterScratch.Hit(literal: 7, end: 1)]
    scratch.scan(text.span, with: prefilter, into: &hits)
    try #require(TrigramPrefilter(literals: literals)).scan(text.span, into: &hits)
    #expect(Self.places(hits) == [Place(end: 1, literal: 7), Place(end: 5, literal: 0), Place(end: 5, literal: 0)])
  }

  @Test("reports one place once, however often a literal is given to a set")
  func doubles() throws {
    let set = try PatternSet([
      AnchoredPattern("tok", anchors: ["tok", "TOK", "Tok"]), AnchoredPattern("to", anchors: ["to"]),
    ])
    var scratch = try set.makeScratch()
    var ranges: [Range<Int>] = []
    set.scan(Array("tok".utf8).span, scratch: &scratch) {
      ranges.append($0.range)
    } fault: { _ in
    }
    #expect(ranges == [0..<3, 0..<2])
  }

  @Test("take all anchors of many rules, long ones too")
  func many() throws {
    var random = SeededGenerator(seed: 45)
    let literals = (0..<1_500).map { Array("\(random.text(3 + $0 % 60, of: "abcdefgh0123_-")).\($0)".utf8) }
    let prefilter = try Prefilter(literals: literals)
    var scratch = try PrefilterScratch(for: prefilter)
    let text = Array(literals.joined(separator: [0] as [UInt8]))
    var hits: [PrefilterScratch.Hit] = []
    scratch.scan(text.span, with: prefilter, into: &hits)
    let found = Set(Self.places(hits))
    hits = []
    try #require(TrigramPrefilter(literals: literals)).scan(text.span, into: &hits)
    let isSame = Set(Self.places(hits)) == found
    #expect(isSame)
    #expect(hits.count == found.count)
    var end = 0
    for (index, literal) in literals.enumerated() {
      end += literal.count
      let isFound = found.contains(Place(end: end, literal: index))
      #expect(isFound, "literal \(index)")
      end += 1
    }
  }

  private static func naive(_ literals: [[UInt8]], in text: [UInt8]) -> [Place] {
    let folded = text.map(\.asciiLowercased)
    var places: [Place] = []
    for (index, literal) in literals.enumerated() where literal.count <= folded.count {
      for start in 0...(folded.count - literal.count) where folded[start...].starts(with: literal) {
        places.append(Place(end: start + literal.count, literal: index))
      }
    }
    return places.sorted()
  }
}
