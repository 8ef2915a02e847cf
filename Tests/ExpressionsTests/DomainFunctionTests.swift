import Expressions
import TestSupport
import Testing

/// What `docs/expressions.md` has no room for.
struct DomainFunctionTests {
  /// https://semver.org/spec/v2.0.0.html#spec-item-11
  @Test func `versions stand in the order that the specification gives`() throws {
    let versions = [
      "0.9.9", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11",
      "1.0.0-rc.1", "1.0.0", "2.0.0", "2.1.0", "2.1.1", "2.1.1000000000000",
    ]
    for (i, left) in versions.enumerated() {
      for (j, right) in versions.enumerated() {
        let value = try evaluate("semver('\(left)').compareTo(semver('\(right)'))")
        #expect(value.description == String(i < j ? -1 : i == j ? 0 : 1), "\(left) \(right)")
      }
    }
  }

  @Test(arguments: [
    "", "1", "1.2", "1.2.3.4", "1.2.-3", "1.2.3-", "1.2.3+", "1.2.3-01", "1.2.3-a..b", "1.2.3-ä", " 1.2.3", "1.2.3 ",
    "v1.2.3", "1.2.3+a+b", "99999999999999999999.0.0",
  ])
  func `what is not exactly a version is none`(text: String) throws {
    #expect(try evaluate("isSemver(x)", [("x", .string(text))]).description == "false")
  }

  @Test(arguments: [
    ("1.2", true), ("v1", true), ("001.02.0", true), ("1-rc", false), ("1.2-rc", false), ("vv1", false), ("", false),
  ])
  func `a lax version has fewer numbers`(text: String, isVersion: Bool) throws {
    #expect(try evaluate("isSemver(x, true)", [("x", .string(text))]).description == String(isVersion))
  }

  /// The columns of https://github.com/npm/node-semver#ranges: a range, the first version in it, the first beyond.
  @Test(arguments: [
    ("~1.2.3", "1.2.3", "1.3.0"), ("~1.2", "1.2.0", "1.3.0"), ("~1", "1.0.0", "2.0.0"), ("~0.2.3", "0.2.3", "0.3.0"),
    ("^1.2.3", "1.2.3", "2.0.0"), ("^0.2.3", "0.2.3", "0.3.0"), ("^0.0.3", "0.0.3", "0.0.4"),
    ("^1.2.x", "1.2.0", "2.0.0"), ("^0.0.x", "0.0.0", "0.1.0"), ("^0.0", "0.0.0", "0.1.0"), ("^1.x", "1.0.0", "2.0.0"),
    ("^0.x", "0.0.0", "1.0.0"), ("1.2.3 - 2.3.4", "1.2.3", "2.3.5"), ("1.2 - 2.3.4", "1.2.0", "2.3.5"),
    ("1.2.3 - 2.3", "1.2.3", "2.4.0"), ("1.2.3 - 2", "1.2.3", "3.0.0"), ("1.x", "1.0.0", "2.0.0"),
    ("1.2.*", "1.2.0", "1.3.0"), ("1", "1.0.0", "2.0.0"), ("=1.2.3", "1.2.3", "1.2.4"),
    (">= 1.2 < 1.4", "1.2.0", "1.4.0"),
    (">1.2 <=1.4", "1.3.0", "1.5.0"), ("v1.2.3", "1.2.3", "1.2.4"), ("~> 1.2", "1.2.0", "1.3.0"),
  ])
  func `ranges begin and end as npm's`(range: String, first: String, end: String) throws {
    let satisfies = { (version: String) in
      try evaluate("semver(v).satisfies(r)", [("v", .string(version)), ("r", .string(range))]).description
    }
    #expect(try satisfies(first) == "true")
    #expect(try satisfies(end) == "false")
    #expect(try satisfies(first + "-rc.1") == "false" && satisfies(end + "-rc.1") == "false")
  }

  @Test(arguments: ["1.2.3.4", ">>1", "^", "a || b", "1.2.3 -", "1.2-rc", "01.2", "|| |"])
  func `what is no range is an error of the program`(range: String) {
    let error = #expect(throws: ExpressionError.self) {
      try Program(parsing: "semver('1.0.0').satisfies('\(range)')", in: .tested())
    }
    #expect(error?.code == .invalidArgument)
  }

  @Test(arguments: [
    ("1n", "0.000000001"), ("0.1n", "0.000000001"), ("-0.1n", "-0.000000001"), ("1u", "0.000001"),
    ("1Ei", "1152921504606846976"),
    ("1.1Ki", "1126.4"), (".5", "0.5"), ("5.", "5"), ("+1k", "1000"), ("1E", "1000000000000000000"), ("1E3", "1000"),
    ("1e-3", "0.001"), ("0e100", "0"), ("1e-100", "0.000000001"),
    ("12345678901234567890123456789", "12345678901234567890123456789"),
    ("0.00000000000000000000000000000000000000000000000001Ki", "0.000000001"),
  ])
  func `quantities are exact`(text: String, decimal: String) throws {
    #expect(try evaluate("string(quantity('\(text)'))").description == "\"\(decimal)\"")
  }

  @Test(arguments: ["", ".", "-", "1 Gi", "1gi", "1K", "1e", "1e1.5", "0x1", "1Kii", "--1", "1,5"])
  func `what is not a quantity is none`(text: String) throws {
    #expect(try evaluate("isQuantity('\(text)')").description == "false")
  }

  @Test(arguments: ["1e30", "1e2147483647", "999999999999999999999999Ei", String(repeating: "9", count: 200)])
  func `what does not fit is an error`(text: String) {
    let error = #expect(throws: ExpressionError.self) { try evaluate("quantity('\(text)')") }
    #expect(error?.code == .overflow)
  }

  @Test(arguments: [
    "", "a", "1a:b", "http://a b/", "http://[::1", "http://a:b/", "http://a/%zz", "http://a/\\n", "http://us er@a/",
    "http://[a]/", "a/b",
  ])
  func `what is not a URL is none`(text: String) throws {
    #expect(try evaluate("isURL('\(text)')").description == "false")
  }

  @Test func `a password is nowhere to be read`() throws {
    // Built here, as nothing that looks like a credential stands in the repository.
    let word = String(repeating: "pw", count: 4)
    let values: [(String, Value)] = [("x", .string("https://me:\(word)@example.com/"))]
    #expect(try evaluate("url(x).getUserInfo().hasPassword", values).description == "true")
    #expect(try evaluate("url(x).getHost()", values).description == "\"example.com\"")
    for source in ["url(x)", "url(x).getUserInfo()"] {
      #expect(try !evaluate(source, values).description.contains(word))
    }
    for source in ["string(url(x))", "url(' ' + x)", "url(x + '%')"] {
      let error = #expect(throws: ExpressionError.self) { try evaluate(source, values) }
      #expect(error?.description.contains(word) == false)
    }
  }

  /// Compares with the inclusion of the automata, state sets and all, over two letters and one that no pattern names.
  @Test(arguments: 0..<4)
  func `one wildcard pattern covers another exactly when it should`(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed + 1))
    let program = try Program(parsing: "iamMatches(p, v)", in: .tested("p", "v"))
    var covered = 0
    for _ in 0..<1_500 {
      let make = { (count: Int) in String((0..<count).map { _ in "aab**??".randomElement(using: &generator) ?? "a" }) }
      let value = make(Int.random(in: 0...7, using: &generator))
      var pattern = make(Int.random(in: 0...5, using: &generator))
      if Bool.random(using: &generator) {
        // Something near the value, so that many are covered.
        var near = Array(value)
        let start = Int.random(in: 0...near.count, using: &generator)
        near.replaceSubrange(start..<min(near.count, start + 2), with: Bool.random(using: &generator) ? "*" : "?*")
        pattern = String(near)
      }
      let result = try program.evaluate(variables: [.string(pattern), .string(value)]).description
      let expected = Automaton(pattern).includes(Automaton(value))
      #expect(result == String(expected), "\(pattern) \(value)")
      if expected { covered += 1 }
    }
    #expect(covered > 200)
  }

  @Test(arguments: [
    ("", "", 0), ("a", "", 1), ("", "ab", 2), ("ab", "ba", 1), ("äöü", "äüö", 1), ("numpy", "nunpy", 1),
    ("abcd", "badc", 2),
  ])
  func `edit distance counts swaps of neighbours once`(left: String, right: String, distance: Int) throws {
    let value = try evaluate("editDistance(a, b)", [("a", .string(left)), ("b", .string(right))])
    #expect(value.description == String(distance))
  }

  @Test(arguments: [
    "semver(u)", "quantity(u)", "url(u).getHost()", "u.find('a')", "'a'.findAll(u)", "u.glob('a')", "entropy(u)",
    "iamMatches('*', u)", "editDistance(u, 'a')", "u.sum()", "[u].max()", "semver('1.0.0').satisfies(u)",
  ])
  func `unknown arguments make the call unknown`(source: String) throws {
    #expect(try evaluate(source, [("u", .unknown(Unknown("u")))]).isUnknown)
  }

  @Test(arguments: [
    "y.glob(x)", "iamMatches(x, y)", "x.findAll('a?')", "y.findAll('')", "[1].map(i, x).exists(t, t.glob(x))",
    "lists.range(10000).exists(i, semver('1.0.0').satisfies(r))", "lists.range(100000).exists(i, isURL(y))",
    "lists.range(10000).exists(i, editDistance(r, r) == 1)", "lists.range(10000).exists(i, 'a'.glob(b))",
    "lists.range(10000).exists(i, entropy(y) == 1.0)", "y.glob('" + String(repeating: "*a", count: 200) + "')",
  ])
  func `long texts hit the limit`(source: String) throws {
    let values: [(String, Value)] = [
      ("x", .string(String(repeating: "*a?", count: 1_000))), ("y", .string(String(repeating: "a", count: 50_000))),
      ("r", .string(String(repeating: "1.2 ", count: 250))), ("b", .string(String(repeating: "{a,b}", count: 6))),
    ]
    let error = #expect(throws: ExpressionError.self) { try evaluate(source, values, steps: 200_000) }
    #expect(error?.code == .costExceeded, "\(String(describing: error))")
  }

  @Test(arguments: [
    "'a'.glob('" + String(repeating: "{a,b}", count: 30) + "')", "'a'.glob('[')", "'a'.glob('}')", "'a'.glob('[!]')",
  ])
  func `globs that stand for too much or nothing are errors`(source: String) {
    let error = #expect(throws: ExpressionError.self) { try evaluate(source) }
    #expect(error?.code == .pattern)
  }
}

/// The automaton of a pattern of `*` and `?`, for comparison.
private struct Automaton {
  let pattern: [Character]

  init(_ text: String) { pattern = Array(text) }

  private func closed(_ states: Set<Int>) -> Set<Int> {
    var states = states
    for index in 0..<pattern.count where states.contains(index) && pattern[index] == "*" { states.insert(index + 1) }
    return states
  }

  private func step(_ states: Set<Int>, _ letter: Character) -> Set<Int> {
    var next: Set<Int> = []
    for state in states where state < pattern.count {
      if pattern[state] == "*" { next.insert(state) }
      if pattern[state] == "?" || pattern[state] == letter { next.insert(state + 1) }
    }
    return closed(next)
  }

  func includes(_ other: Automaton) -> Bool {
    var seen: Set<[Set<Int>]> = []
    var open = [[closed([0]), other.closed([0])]]
    while let pair = open.popLast() {
      guard !pair[1].isEmpty, seen.insert(pair).inserted else { continue }
      if pair[1].contains(other.pattern.count) && !pair[0].contains(pattern.count) { return false }
      for letter in "ab#" { open.append([step(pair[0], letter), other.step(pair[1], letter)]) }
    }
    return true
  }
}
