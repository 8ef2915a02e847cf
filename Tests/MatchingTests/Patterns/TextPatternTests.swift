import Matching
import Testing

/// Patterns over values, as expressions use them.
struct TextPatternTests {
  @Test(arguments: [
    ("b+", "abbc", 0, 1..<3), ("b", "abcb", 2, 3..<4), ("é", "aéé", 1, 1..<3), ("(a)(b)(c)", "xabc", 0, 1..<4),
    ("x*", "ab", 1, 1..<1), ("(?<=a)b", "ab", 1, 1..<2), ("^a", "aa", 0, 0..<1),
  ])
  func `a match is found from an offset on, in bytes`(pattern: String, text: String, offset: Int, range: Range<Int>)
    throws
  {
    #expect(try TextPattern(pattern).firstMatch(in: text, from: offset) == range)
  }

  @Test func `the text before the offset is seen but not matched`() throws {
    #expect(try TextPattern("^a").firstMatch(in: "aa", from: 1) == nil)
    #expect(try TextPattern("a").firstMatch(in: "ab", from: 1) == nil)
  }

  @Test func `a search that costs too much is an error`() throws {
    let pattern = try TextPattern("(a+)+$")
    let text = String(repeating: "a", count: 60) + "b"
    #expect(throws: PatternError.self) { try pattern.firstMatch(in: text, from: 0) }
  }
}
