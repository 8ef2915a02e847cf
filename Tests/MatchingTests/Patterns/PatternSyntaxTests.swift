import Testing

@testable import Matching

/// How far inline options hold, told by what PCRE2 matches and by what the shape takes for an anchor.
@Suite("PatternSyntax reads inline options as PCRE2 does")
struct PatternSyntaxTests {
  @Test(
    "with the same sets of bytes in the same places",
    arguments: [
      // The option holds to the end of the group, over the bars.
      "a(?i)b|c", "(a(?i)b|c)d", "(?:a(?i)b)c", "(?i)a(?-i)b|c", "(?i:a)b", "(?i:a|b(?-i)c)d", "((?i)a)b", "a|(?i)b|c",
      "(?i)(?:a(?-i)b)c", "(?s)a.|b.", "a.(?s)|b.", "(?s:a.)b.", "(?s)(?:a(?-s).)b", "(?i-s)a.", "(?is)a.",
      "(?i)[a-b]c", "(?i)[^a]c", "(?i)\\x61b", "[^\\n]a", "\\Na", "(?s)\\Na", "[\\x00-\\x7f]a", "\\Da\\W", "\\h\\Sa",
      "[\\d\\s]a", "[a\\-c]b", "[-a]b", "[a-]b", "[\\b]a", "a\\t\\n\\r\\f\\eb", "[[:xdigit:]][[:blank:]]",
      "[^[:word:]]a",
      "[[:space:]]a[[:upper:]]", "(?i)[[:upper:]]a",
    ])
  func options(source: String) throws {
    let pattern = try Pattern(source)
    let syntax = try PatternSyntax.parse(source)
    var scratch = PatternScratch()
    // All strings up to three bytes over these: whole matches must be exactly what the syntax describes.
    let alphabet = Array("aAbBcCdD1_ \n\t-.".utf8) + [0xA0, 0xE9, 0x08]
    for first in alphabet {
      for second in alphabet {
        for text in [[first], [first, second]] + (alphabet.map { [first, second, $0] }) {
          let outcome = scratch.firstMatch(of: pattern, in: text.span, starts: 0...0, end: text.count)
          let isWhole = outcome == .match(0..<text.count)
          // PCRE2 takes the first branch that fits; a shorter one says nothing about the longer.
          let isDescribed = syntax.describes(text[...])
          if isWhole { #expect(isDescribed, "\(source): \(text)") }
          if case .none = outcome { #expect(!isDescribed, "\(source): \(text)") }
        }
      }
    }
  }
}

extension PatternSyntax {
  /// Whether the whole of `text` is among the strings that this stands for.
  fileprivate func describes(_ text: ArraySlice<UInt8>) -> Bool { rests(of: text).contains(text.endIndex) }

  /// Where a match from the start of `text` can end.
  private func rests(of text: ArraySlice<UInt8>) -> Set<Int> {
    switch self {
    case .byte(let set): text.first.map(set.contains) == true ? [text.startIndex + 1] : []
    case .sequence(let items):
      items.reduce([text.startIndex]) { ends, item in
        ends.reduce(into: []) { $0.formUnion(item.rests(of: text[$1...])) }
      }
    case .alternation(let branches): branches.reduce(into: []) { $0.formUnion($1.rests(of: text)) }
    case .capture(_, let body): body.rests(of: text)
    case .repetition, .assertion, .lookahead, .lookbehind: [text.startIndex]
    }
  }
}
