import Findings
import TestSupport
import Testing

@Suite("Path patterns")
struct PathGlobTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var pattern: String
    var path: String
    var matches: Bool
    var testDescription: String { "\(pattern) \(matches ? "matches" : "does not match") \(path)" }

    init(_ pattern: String, _ path: String, _ matches: Bool) {
      self.pattern = pattern
      self.path = path
      self.matches = matches
    }
  }

  static let cases = [
    // Without a slash: any component, and so everything below a directory.
    Case("node_modules", "node_modules/a/b.js", true), Case("node_modules", "web/node_modules/b.js", true),
    Case("node_modules", "web/node_modules", true), Case("node_modules", "node_modules2/b.js", false),
    Case("*.min.js", "web/a.min.js", true), Case("*.min.js", "web/a.js", false), Case("*.js", "a.js/b.txt", true),
    Case("*", "any/thing", true), Case("vendor/", "vendor/a", true), Case("vendor//", "a/vendor/b", true),
    // With a slash: from the root.
    Case("docs/*.svg", "docs/a.svg", true), Case("docs/*.svg", "docs/a/b.svg", false),
    Case("docs/*.svg", "web/docs/a.svg", false), Case("docs/*", "docs/a/b.svg", true), Case("/a", "a/b", true),
    Case("/a", "b/a", false), Case("./a/b", "a/b/c", true), Case("a/b", "a", false), Case("./a", "b/a", false),
    // Any number of components.
    Case("**/a", "a", true), Case("**/a", "x/y/a/z", true), Case("docs/**/*.svg", "docs/a.svg", true),
    Case("docs/**/*.svg", "docs/a/b/c.svg", true), Case("docs/**/*.svg", "docs/a/b/c.png", false),
    Case("docs/**", "docs/a", true), Case("docs/**", "docs2/a", false), Case("a/**/b/**/c", "a/x/b/y/z/c/d", true),
    Case("a/**/b", "a/bb", false), Case("/**", "a", true),
    // Within a component.
    Case("a?c", "abc", true), Case("a?c", "ac", false), Case("?", "\u{E9}", false), Case("a*b*c", "axxbyybzzc", true),
    Case("a*b*c", "axxbyy", false), Case("a***b", "ab", true), Case("*a", "ba\u{301}", false), Case("A", "a", false),
    Case("a*", "a/b", true), Case("x/a*c", "x/a/c", false), Case("x/a?c", "x/a/c", false),
    // Sets.
    Case("[abc]x", "bx", true), Case("[abc]x", "dx", false), Case("[a-c]x", "bx", true), Case("[!a-c]x", "bx", false),
    Case("[^a-c]x", "dx", true), Case("[]]", "]", true), Case("[!]]", "]", false), Case("[!]]", "a", true),
    Case("[a-]", "-", true), Case("[-a]", "-", true), Case("[]-a]", "^", true), Case("[[]x", "[x", true),
    Case("[a-c][0-9]", "b7", true), Case("[c-a]", "b", false), Case("d/[ab]", "d/b/c", true),
    // No wildcards: dots and other signs stand for themselves.
    Case("a.b", "axb", false), Case("{a,b}", "a", false), Case("{a,b}", "{a,b}", true), Case("a\\*", "a\\b", true),
  ]

  @Test("match as the help says", arguments: cases)
  func table(row: Case) throws {
    let glob = try #require(PathGlob(row.pattern))
    #expect(glob.matches(SourcePath(row.path)) == row.matches)
  }

  @Test(
    "that say nothing, or have a bracket without its end, are refused",
    arguments: ["", "/", "//", "./", "[", "a[", "[]", "[!]", "[!", "[a/b]", "x/[a", "[a-", "[]-", "a]/[b"])
  func malformed(text: String) {
    #expect(PathGlob(text) == nil)
  }

  @Test("match names that are not UTF-8 byte by byte")
  func bytes() throws {
    let path = SourcePath(bytes: [0x61, 0xFF, 0x62])
    #expect(try #require(PathGlob("a?b")).matches(path))
    #expect(try #require(PathGlob("[!x]*")).matches(path))
    #expect(!(try #require(PathGlob("a\u{FF}b")).matches(path)))
  }

  @Test("of any signs neither crash nor match for ever", arguments: 0..<UInt64(20))
  func random(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<500 {
      let text = random.text(random.below(12), of: "ab[]!^-*?/.")
      let path = SourcePath(random.text(1 + random.below(12), of: "ab[]!^-/."))
      guard let glob = PathGlob(text) else { continue }
      // What matches a directory matches what lies below it.
      if glob.matches(path) {
        #expect(glob.matches(SourcePath(path.description + "/b")), "seed \(seed), \(text) and \(path)")
      }
    }
  }
}
