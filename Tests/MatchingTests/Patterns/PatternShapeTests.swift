import TestSupport
import Testing

@testable import Matching

@Suite("PatternShape")
struct PatternShapeTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let pattern: String
    let anchors: [String]
    let longest: Int
    let reach: Int
    let slack: Int

    init(_ pattern: String, _ anchors: String..., longest: Int, reach: Int, slack: Int) {
      (self.pattern, self.anchors) = (pattern, anchors)
      (self.longest, self.reach, self.slack) = (longest, reach, slack)
    }

    var testDescription: String { pattern }
  }

  @Test(
    "says how long matches are, where the anchor is and how far they look",
    arguments: [
      Case("tok", "tok", longest: 3, reach: 0, slack: 1),
      Case("tok", "ok", longest: 3, reach: 1, slack: 1),
      Case("TOK", "tok", longest: 3, reach: 0, slack: 1),
      Case("tok", "TOK", longest: 3, reach: 0, slack: 1),
      Case("a{0,5}tok[0-9]{2,7}", "tok", longest: 15, reach: 5, slack: 1),
      Case("(?:ab|cde){2,3}tok", "tok", longest: 12, reach: 9, slack: 1),
      Case("(?:foo|xxfoo)_?bar", "foo", longest: 9, reach: 2, slack: 1),
      Case("(?:foo|xxfoo)_?bar", "foo", "bar", longest: 9, reach: 2, slack: 1),
      Case("(?:foo|baz)_?bar", "bar", longest: 7, reach: 4, slack: 1),
      Case("foo|bazz{2}", "foo", "azz", longest: 5, reach: 1, slack: 1),
      Case("api[_-]?key", "apikey", "api_key", "api-key", longest: 7, reach: 0, slack: 1),
      Case("(?:tok){1,3}", "tok", longest: 9, reach: 0, slack: 1),
      Case("(?:x?tok){2}", "tok", longest: 8, reach: 1, slack: 1),
      Case("(?i)[Kk]ey[A-C]", "keya", "keyb", "keyc", longest: 4, reach: 0, slack: 1),
      Case("é?tok", "tok", longest: 5, reach: 2, slack: 1),
      Case(#"[\x80-\xff]{2}tok"#, "tok", longest: 5, reach: 2, slack: 1),
      Case(#"tok\b"#, "tok", longest: 3, reach: 0, slack: 2),
      Case("tok$", "tok", longest: 3, reach: 0, slack: 2),
      Case("^tok", "tok", longest: 3, reach: 0, slack: 2),
      Case("tok(?=[a-z]{2,9})", "tok", longest: 3, reach: 0, slack: 10),
      Case(#"tok(?![a-z]{2,9}\b)"#, "tok", longest: 3, reach: 0, slack: 11),
      Case("tok(?=a(?=bc(?!d{4})))x{4}", "tok", longest: 7, reach: 0, slack: 8),
      Case("(?<=abc)tok", "tok", longest: 3, reach: 0, slack: 1),
      Case("tok(?>a{1,3})b{2}+", "tok", longest: 8, reach: 0, slack: 1),
      Case("tok(?<=k$)", "tok", longest: 3, reach: 0, slack: 2),
      Case("tok(?<=(?=k.{0,20}!)k)", "tok", longest: 3, reach: 0, slack: 23),
      Case("(?<a>x)(?P<b>y)(?'c'tok)", "tok", longest: 5, reach: 2, slack: 1),
      Case("x(?#a comment: tok)tok", "tok", longest: 4, reach: 1, slack: 1),
      Case("[]tok]{3}[^]x]tok", "tok", longest: 7, reach: 4, slack: 1),
      Case("x{tok{1}", "tok", longest: 5, reach: 2, slack: 1),
      Case(#"[[:alpha:]_-]{2}tok\x21\x{7e}\."#, "tok", longest: 8, reach: 2, slack: 1),
    ])
  func shape(_ expected: Case) throws {
    let shape = try PatternShape(of: expected.pattern, anchors: expected.anchors)
    #expect(shape.longest == expected.longest)
    #expect(shape.reach == expected.reach)
    #expect(shape.slack == expected.slack)
  }

  @Test(
    "refuses what has no bound or no sure anchor, with the place",
    arguments: [
      ("tok.*", 4, "this repetition has no upper bound; write {m,n}"),
      ("tok[a-z]+x", 8, "this repetition has no upper bound; write {m,n}"),
      ("tok(?:ab){2,}", 9, "this repetition has no upper bound; write {m,n}"),
      ("tok(?=a+)", 7, "this repetition has no upper bound; write {m,n}"),
      ("tok(?!(a|b*))", 10, "this repetition has no upper bound; write {m,n}"),
      ("tok(?<=(?!a+)k)", 11, "this repetition has no upper bound; write {m,n}"),
      ("tok.{65535}", 0, "a match can be 65538 bytes long; the limit is 65536"),
      ("tok(?:.{60000}){60000}", 0, "a match can be 3600000003 bytes long; the limit is 65536"),
      ("(?:tok)?x", 0, "a match need not hold any of the keywords tok"),
      ("tok|x", 0, "a match need not hold any of the keywords tok"),
      ("(?=tok)abc", 0, "a match need not hold any of the keywords tok"),
      ("(?<=tok)abc", 0, "a match need not hold any of the keywords tok"),
      ("to{0,2}k", 0, "a match need not hold any of the keywords tok"),
      ("[a-z]{3}", 0, "a match need not hold any of the keywords tok"),
      (#"tok\1"#, 3, #"\1 is not supported in rules"#),
      (#"tok\K"#, 3, #"\K is not supported in rules"#),
      (#"tok\R"#, 3, #"\R is not supported in rules"#),
      (#"tok\é"#, 3, #"write bytes outside ASCII as \xHH"#),
      (#"tok\x{100}"#, 3, #"write a byte as \xHH"#),
      (#"tok\x4"#, 3, #"write a byte as \xHH"#),
      (#"tok\"#, 3, "pattern ends with a backslash"),
      ("tok(?R)", 3, "this kind of group or option is not supported"),
      ("tok(?1)", 3, "this kind of group or option is not supported"),
      ("tok(?|a|b)", 3, "this kind of group or option is not supported"),
      ("tok(?(?=a)b|c)", 3, "this kind of group or option is not supported"),
      ("tok(?x) a", 3, "this kind of group or option is not supported"),
      ("tok(?<*a)", 3, "unclosed group name"),
      ("tok(?<*ab>foo)", 3, "this kind of group is not supported"),
      ("tok(*ACCEPT)", 3, "verbs such as (*...) are not supported"),
      ("tok{,3}", 3, "write the lower bound of {0,n}"),
      ("tok{ 1,3}", 3, #"write a quantifier without spaces, or the brace as \{"#),
      ("tok{1, 3}", 3, #"write a quantifier without spaces, or the brace as \{"#),
      ("(?:tok)(?#note){1,30}", 7, "a quantifier cannot follow a comment"),
      ("*tok", 0, "quantifier follows nothing"),
      ("tok)", 3, "unmatched closing parenthesis"),
      ("(tok", 0, "unclosed group"),
      ("tok(?#a", 3, "unclosed comment"),
      ("tok[a", 3, "unclosed character class"),
      ("tok[z-a]", 7, "range out of order in character class"),
      ("tok[[:punct:]]", 3, "unknown named character class"),
    ])
  func refused(pattern: String, offset: Int, message: String) {
    let error = #expect(throws: PatternError.self) { try PatternShape(of: pattern, anchors: ["tok"]) }
    #expect(error?.offset == offset)
    #expect(error?.message == message)
    #expect(error?.description.hasSuffix("(at byte \(offset) of the pattern)") == true)
  }

  @Test("bounds every real match", arguments: [31, 32, 33] as [UInt64])
  func bounds(seed: UInt64) throws {
    var generator = PatternGenerator(random: SeededGenerator(seed: seed))
    var buffers = BufferGenerator(pieces: PatternGenerator.pieces, seed: seed)
    var tight = 0
    for number in 0..<400 {
      let anchors = generator.someAnchors()
      let pattern = AnchoredPattern(generator.pattern(), anchors: anchors)
      guard let plan = try? pattern.plan() else { continue }
      var matcher = try ReferenceMatcher([pattern])
      for _ in 0..<4 {
        let bytes = buffers.next(size: 120)
        for match in matcher.scan(bytes).matches {
          let text = bytes[match.range].map(\.asciiLowercased)
          let first = anchors.compactMap { text.firstRange(of: Array($0.utf8))?.lowerBound }.min()
          let failure = "seed \(seed), pattern \(number): \(pattern.source), anchors \(anchors)"
          try #require(match.range.count <= plan.shape.longest, "\(failure)")
          try #require(try #require(first, "\(failure)") <= plan.shape.reach, "\(failure)")
          if match.range.count == plan.shape.longest { tight += 1 }
        }
      }
    }
    #expect(tight > 100, "bounds that are never reached would hide errors in other tests")
  }

  @Test(
    "knows the public prefix of a group's values",
    arguments: [
      ("tok_[a-z]{4}", 0, "tok_abcd", 4), ("(?:tok_|tok_live_)[a-z]{4}", 0, "tok_live_abcd", 9),
      ("(?:tok_|tok_live_)[a-z]{4}", 0, "tok_abcd", 4), ("key=(tok_[a-z]{4})", 1, "tok_abcd", 4),
      ("key=(tok_[a-z]{4})", 0, "key=tok_abcd", 8), ("tok=([a-z]{4})", 1, "abcd", 0),
      ("(?i)tok_[a-z]{4}", 0, "TOK_abcd", 4), (#"\btok(?:en)?_[a-z]{4}"#, 0, "token_abcd", 6),
      ("tok_([0-9]{1,3})", 2, "tok_1", 0),
    ])
  func publicPrefix(pattern: String, group: Int, value: String, length: Int) throws {
    let shape = try PatternShape(of: pattern, anchors: ["tok"])
    #expect(shape.publicPrefixLength(of: Array(value.utf8), group: group) == length)
  }
}
