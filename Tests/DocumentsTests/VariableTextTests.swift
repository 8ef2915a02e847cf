import Documents
import Testing

@Suite("Texts with variables")
struct VariableTextTests {
  private static let dockerfile = VariableText.Syntax.dockerfile(escape: UInt8(ascii: "\\"))

  /// `full` is known, `empty` is known and empty, `later` is unknown, and there are no others.
  private static func expand(_ text: String, _ syntax: VariableText.Syntax) -> VariableText.Expansion {
    VariableText(text, syntax: syntax).expanded { name in
      switch name {
      case "full": .known("F")
      case "empty": .known("")
      case "later": .unknown
      default: .unset
      }
    }
  }

  @Test(
    "know all operators, in every syntax",
    arguments: [
      ("a", "a"), ("", ""), ("$full", "F"), ("${full}", "F"), ("$full$full", "FF"), ("<$full>", "<F>"),
      ("$full.x", "F.x"),
      ("$fullx", ""), ("${full}x", "Fx"), ("$none", ""), ("${none}", ""), ("$later", nil), ("x${later}", nil),
      ("${full-w}", "F"), ("${empty-w}", ""), ("${none-w}", "w"), ("${later-w}", nil),
      ("${full:-w}", "F"), ("${empty:-w}", "w"), ("${none:-w}", "w"), ("${later:-w}", nil),
      ("${full+w}", "w"), ("${empty+w}", "w"), ("${none+w}", ""), ("${later+w}", nil),
      ("${full:+w}", "w"), ("${empty:+w}", ""), ("${none:+w}", ""), ("${later:+w}", nil),
      ("${full?w}", "F"), ("${full:?w}", "F"), ("${none--w}", "-w"), ("${none-:w}", ":w"), ("${none:-:w}", ":w"),
      ("${none:-}", ""), ("${none:-$full}", "F"), ("${none:-a${none-b${full}c}d}", "abFcd"), ("${full:-$later}", "F"),
      ("${none:-$later}", nil), ("${none:-a}b}", "ab}"), ("a$", "a$"), ("$ a", "$ a"), ("$é", "$é"), ("é$full", "éF"),
      ("${}", "${}"), ("${full", "${full"), ("${full:-w", "${full:-w"), ("${", "${"), ("${full:w}", "${full:w}"),
      ("${ full }", "${ full }"), ("${none:-${full}", "${none:-${full}"), ("${none:-$full", "${none:-F"), ("$_a", ""),
    ] as [(String, String?)])
  func operators(text: String, expected: String?) {
    for syntax in [Self.dockerfile, .compose, .gitLab] {
      #expect(Self.expand(text, syntax).text == expected, "\(text) in \(syntax)")
    }
  }

  // https://docs.docker.com/reference/dockerfile/#environment-replacement
  @Test(
    "have quotes, escapes and patterns in Dockerfiles",
    arguments: [
      ("'$full'", "$full"), ("\"$full\"", "F"), ("\"'$full'\"", "'F'"), ("'\"'", "\""), ("a'b'\"c\"d", "abcd"),
      ("''", ""),
      ("\\$full", "$full"), ("\\${full}", "${full}"), ("\"\\$full\"", "$full"), ("\\a\\\\", "a\\"),
      ("\"\\a\\\"\\\\\"", "\\a\"\\"),
      ("'\\a'", "\\a"), ("a\\", "a"), ("${none:-'}'}", "}"), ("${none:-\"$full\"}", "F"),
      ("\"${none:-'$full'}\"", "$full"),
      ("a$1b", "ab"), ("$12", ""), ("$$", ""), ("$@-$?", "-"), ("${full#F}", nil), ("${full##F}", nil),
      ("${full%F}", nil),
      ("${full/F/G}", nil), ("${none#x}", ""), ("${empty%x}", ""), ("`$full`", "`F`"),
    ] as [(String, String?)])
  func dockerfileQuotes(text: String, expected: String?) {
    #expect(Self.expand(text, Self.dockerfile).text == expected, "\(text)")
  }

  @Test(
    "have another escape character where the Dockerfile says so",
    arguments: [("a\\b`$full", "a\\b$full"), ("``", "`"), ("\"`a`\"\"", "`a\"")])
  func otherEscape(text: String, expected: String) {
    #expect(Self.expand(text, .dockerfile(escape: UInt8(ascii: "`"))).text == expected)
  }

  @Test(
    "have $$ for a dollar, and neither quotes nor escapes, in Compose files and pipelines",
    arguments: [
      ("$$", "$"), ("$$full", "$full"), ("$$$full", "$F"), ("$${full}", "${full}"), ("${none:-$$}", "$"),
      ("'$full'", "'F'"),
      ("\\$full", "\\F"), ("\"$full\"", "\"F\""), ("$1", "$1"), ("$@", "$@"), ("${full#F}", "${full#F}"),
      ("${none:-'}", "'"),
    ])
  func dollars(text: String, expected: String) {
    for syntax in [VariableText.Syntax.compose, .gitLab] {
      #expect(Self.expand(text, syntax).text == expected, "\(text)")
    }
  }

  @Test("name variables once, in order, and only those that count")
  func names() {
    let expansion = Self.expand("$later ${none:-$other} $later ${full:-$unused} $later2", .compose)
    #expect(expansion.variables == ["later", "none", "other", "full", "later2"])
    #expect(expansion.unknowns == ["later"])
    #expect(VariableText("a$", syntax: .compose).isConstant && VariableText("'$a'", syntax: Self.dockerfile).isConstant)
    #expect(!VariableText("a$b", syntax: .compose).isConstant)
  }

  @Test("have defaults in each other down to a limit, and text below")
  func nesting() {
    func nested(_ depth: Int) -> String {
      String(repeating: "${none:-", count: depth) + "x" + String(repeating: "}", count: depth)
    }
    let limit = VariableText.maxDepth
    #expect(Self.expand(nested(limit), .compose).text == "x")
    #expect(Self.expand(nested(limit + 1), .compose).text == nested(limit + 1))
  }

  @Test(
    "end soon, whatever is repeated",
    arguments: ["${a:-", "${", "$", "${a", "'", "\"${a:-", "\\", "$a", "}", "${a:-}", "${a:-'"])
  func repeated(text: String) {
    let long = String(repeating: text, count: 200_000 / text.utf8.count)
    for syntax in [Self.dockerfile, .compose] {
      #expect((Self.expand(long, syntax).text ?? "").utf8.count <= long.utf8.count, "\(text)")
    }
  }
}
