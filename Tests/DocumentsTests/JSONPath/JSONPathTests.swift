import Findings
import TestSupport
import Testing

@testable import Documents

@Suite("JSONPath")
struct JSONPathTests {
  private static let store = """
    {"store": {"book": [
      {"category": "reference", "author": "Nigel Rees", "price": 8.95},
      {"category": "fiction", "author": "Evelyn Waugh", "price": 12.99},
      {"category": "fiction", "author": "Herman Melville", "isbn": "0-553-21311-3", "price": 8.99},
      {"category": "fiction", "author": "J. R. R. Tolkien", "isbn": "0-395-19395-8", "price": 22.99}
    ], "bicycle": {"color": "red", "price": 399}}, "max": 10}
    """

  private func paths(_ query: String, in text: String = store) throws -> [String] {
    let root = try #require(try JSONReader.read(text.bytes).root)
    return try JSONPath(parsing: query, regexEngine: regexEngine).nodes(in: root).map(\.path.description)
  }

  // RFC 9535, 1.5, table 2, and some more.
  @Test(
    "selects what the standard says",
    arguments: [
      ("$.store.book[*].author", "0 1 2 3"), ("$..author", "0 1 2 3"), ("$..book[2]", "2"), ("$..book[-1]", "3"),
      ("$..book[0,1]", "0 1"), ("$..book[:2]", "0 1"), ("$..book[::-2]", "3 1"), ("$..book[?@.isbn]", "2 3"),
      ("$..book[?@.price<10]", "0 2"), ("$..book[?@.price <= $.max && !@.isbn]", "0"),
      ("$..book[?(@.isbn || @.price==8.95)]", "0 2 3"), ("$..book[?length(@.author) == 10]", "0"),
      ("$..book[?count(@.*) > 3]", "2 3"), ("$..book[?match(@.author, '[A-J].*')]", "1 2 3"),
      ("$..book[?search(@.author, '[WM]')]", "1 2"), ("$..book[?value(@..isbn) == '0-553-21311-3']", "2"),
      ("$..book[?@.category != $.store.book[0].category]", "1 2 3"), ("$..book[?@.x == @.y]", "0 1 2 3"),
      ("$..book[?@ == $.store.book[1]]", "1"), ("$..book[?@.author > 'H']", "0 2 3"), ("$..book[5]", ""),
    ])
  func selection(query: String, indices: String) throws {
    let found = try paths(query).compactMap { path in path.split(separator: "[").last { $0.first?.isNumber == true } }
    #expect(found.map { $0.dropLast() }.joined(separator: " ") == indices)
  }

  @Test("gives the normalized path of each node")
  func normalizedPaths() throws {
    #expect(try paths("$") == ["$"])
    #expect(try paths("$.store.book[-1].price") == ["$['store']['book'][3]['price']"])
    #expect(try paths("$.*", in: #"{"a'\\\n\u0001é": 1}"#) == [#"$['a\'\\\n\u0001é']"#])
    #expect(try paths("$..*", in: "[[1],{\"a\":2}]") == ["$[0]", "$[1]", "$[0][0]", "$[1]['a']"])
  }

  @Test("compares names by scalar values and not by what looks the same")
  func equivalence() throws {
    #expect(try paths("$['e\\u0301']", in: "{\"é\": 1}").isEmpty)
    #expect(try paths("$[?@ == 'e\\u0301']", in: "[\"é\"]").isEmpty)
  }

  @Test("selects the last of a name that is written twice, and all by a wildcard")
  func doubles() throws {
    let root = try #require(try JSONReader.read(#"{"a":1,"a":2}"#.bytes).root)
    #expect(try JSONPath(parsing: "$.a").nodes(in: root).map(\.node.scalar) == [.int(2)])
    #expect(try JSONPath(parsing: "$.*").nodes(in: root).map(\.node.scalar) == [.int(1), .int(2)])
  }

  @Test(
    "says what is wrong in a query, and where",
    arguments: [
      ("", "a query starts with $ (at 0)"), ("a", "a query starts with $ (at 0)"),
      ("$ ", "unexpected text after the query (at 1)"), ("$.", "expected a name, * or [ (at 2)"),
      ("$[01]", "not an integer that JSONPath has (at 2)"), ("$[-0]", "not an integer that JSONPath has (at 2)"),
      ("$[9007199254740992]", "not an integer that JSONPath has (at 2)"), ("$['a", "the string has no end (at 2)"),
      ("$['\\x']", "not an escape that JSONPath has (at 3)"), ("$['\\ud800']", "not the escape of a character (at 3)"),
      ("$[]", "expected a name in quotes, an index, a slice, * or ? (at 2)"), ("$['a'", "expected , or ] (at 5)"),
      ("$[?1]", "a value alone is not a condition (at 3)"),
      ("$[?@.* == 1]", "this query can select more than one node (at 3)"),
      ("$[?length(@.*) == 1]", "this query can select more than one node (at 10)"),
      ("$[?count(1) == 1]", "count takes a query (at 9)"),
      ("$[?count(@.*)]", "a value alone is not a condition (at 3)"),
      ("$[?match(@.a, 'x') == true]", "this function gives no value (at 3)"),
      ("$[?match(@.a)]", "match takes 2 arguments (at 3)"), ("$[?foo(@.a)]", "there is no function foo (at 3)"),
      ("$[?!@.a == 1]", "expected , or ] (at 8)"), ("$[?(@.a]", "expected ) (at 7)"),
    ])
  func errors(query: String, message: String) throws {
    let error = try #require(throws: JSONPathError.self) { try JSONPath(parsing: query, regexEngine: regexEngine) }
    #expect("\(error)" == message)
  }

  @Test("refuses match and search where nobody supplies them")
  func noEngine() {
    #expect(throws: JSONPathError.self) { try JSONPath(parsing: "$[?match(@, 'a')]") }
  }

  @Test("stands queries that nest deep or take too long")
  func limits() throws {
    let deep = "$[?" + String(repeating: "(", count: 100_000) + "@" + String(repeating: ")", count: 100_000) + "]"
    #expect(throws: JSONPathError.self) { try JSONPath(parsing: deep) }
    #expect(throws: JSONPathError.self) { try JSONPath(parsing: String(repeating: "$[?", count: 100_000)) }
    #expect(throws: JSONPathError.self) { try JSONPath(parsing: "$[?" + String(repeating: "!", count: 100_000)) }
    let list = "[" + Array(repeating: "[1,2,3]", count: 100).joined(separator: ",") + "]"
    let root = try #require(try JSONReader.read(list.bytes).root)
    let path = try JSONPath(parsing: "$..[?$..[?$..*]]")
    #expect(throws: JSONPathError.self) { try path.nodes(in: root, maxVisits: 100_000) }
  }

  @Test("runs over YAML with its types")
  func yaml() throws {
    let text = "on: [push]\njobs:\n  a: {timeout: 010, steps: [{uses: x}, {run: y}]}\n  b: {steps: [{uses: 'z'}]}\n"
    let root = try #require(try YAMLReader.read(text.bytes).root)
    let uses = try JSONPath(parsing: "$.jobs.*.steps[?@.uses].uses").nodes(in: root)
    #expect(uses.map(\.node.text) == ["x", "z"])
    #expect(uses.map(\.node.position.line) == [3, 4])
    #expect(try JSONPath(parsing: "$.jobs[?@.timeout == 8]").nodes(in: root).count == 1)
    #expect(try JSONPath(parsing: "$.on[0]").nodes(in: root).map(\.path.description) == ["$['on'][0]"])
  }

  @Test(
    "translates I-Regexp",
    arguments: [
      ("", "\\A(?:)\\z"), ("a.b", "\\A(?:a[^\\n\\r]b)\\z"), ("(a|b){2,3}", "\\A(?:(?:a|b){2,3})\\z"),
      ("[^a-z\\-]", "\\A(?:[^a-z\\-])\\z"), ("[-a]", "\\A(?:[\\-a])\\z"), ("[a&&b]", "\\A(?:[a\\&\\&b])\\z"),
      ("\\p{Lu}#", "\\A(?:\\p{Lu}\\#)\\z"), ("é", "\\A(?:é)\\z"), ("[\\p{L}\\n]+", "\\A(?:[\\p{L}\\n]+)\\z"),
    ])
  func translation(pattern: String, pcre2: String) {
    #expect(IRegexp.pcre2(pattern, isWhole: true) == pcre2)
  }

  @Test(
    "refuses what I-Regexp has not",
    arguments: [
      "(", ")", "a)", "[", "[]", "[a", "*", "a**", "a{", "a{}", "a{,2}", "\\d", "\\w", "\\b", "\\1", "a*?", "(?:a)",
      "(?=a)",
      "[a-\\p{L}]", "\\p{Lx}", "\\p{", "\\", "]", "}", "[[a]]", "(*UTF)", "\\Q", "a{1,2", "[z", "|*",
    ])
  func refusal(pattern: String) {
    #expect(IRegexp.pcre2(pattern, isWhole: false) == nil)
  }
}
