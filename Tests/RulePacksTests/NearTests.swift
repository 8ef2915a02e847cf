import Matching
import Testing

@testable import RulePacks

/// Rules whose credential has another half.
@Suite("near")
struct NearTests {
  /// `sec_` and eight letters, near `key_` and four digits or `acc_` and four digits.
  private static func rules(_ near: String) throws -> [TextRule] {
    let secret = PackSample.rule(
      replacing: ["id": "id: some-secret", "keywords": "keywords: [sec_]", "pattern": "pattern: 'sec_[a-z]{8}'"],
      adding: [near])
    let key = PackSample.rule(
      replacing: ["id": "id: some-key", "keywords": "keywords: [key_]", "pattern": "pattern: 'key_[0-9]{4}'"])
    let pack = PackSample.text(of: secret, key)
    return try RulePackReader(checksPatterns: false).read(Array(pack.utf8), file: "p.yaml").textRules.map { rule in
      var rule = rule
      rule.filters = []
      return rule
    }
  }

  /// Each match as `secret+part`, by place.
  private static func matches(_ near: String, _ text: String) throws -> [String] {
    let set = try TextRuleSet(rules(near), scale: .small)
    var scratch = try set.makeScratch()
    let bytes = Array(text.utf8)
    var found: [TextRuleSet.Match] = []
    set.scan(bytes.span, scratch: &scratch, match: { found.append($0) }, fault: { Issue.record("\($0)") })
    return found.sorted { $0.secret.lowerBound < $1.secret.lowerBound }.map { match in
      ([match.secret] + match.parts.map(\.secret)).map { String(decoding: bytes[$0], as: UTF8.self) }
        .joined(separator: "+")
    }
  }

  private static let byRule = "near: {rule: some-key, lines: 2, message: the key}"
  private static let byPattern = "near: {pattern: 'id=(acc_[0-9]{4})', secret: 1, lines: 2, message: the account}"

  @Test(
    "finds the other half by a rule, within so many lines and in the same indented block",
    arguments: [
      ("key_1234 sec_abcdefgh", ["key_1234", "sec_abcdefgh+key_1234"]),
      ("sec_abcdefgh\n\nkey_1234", ["sec_abcdefgh+key_1234", "key_1234"]),
      ("sec_abcdefgh\n\n\nkey_1234", ["sec_abcdefgh", "key_1234"]),
      ("sec_abcdefgh\r\n\r\nkey_1234\r\n", ["sec_abcdefgh+key_1234", "key_1234"]),
      // The block.
      ("a:\n  x: key_1234\n  b: 1\n  c: 1\n  d: 1\n  e: sec_abcdefgh\n", ["key_1234", "sec_abcdefgh+key_1234"]),
      (
        "{\n  \"s\": \"sec_abcdefgh\",\n  1,\n  2,\n  3,\n  \"k\": \"key_1234\"\n}",
        ["sec_abcdefgh+key_1234", "key_1234"]
      ),
      ("- x: key_1234\n  b: 1\n  c: 1\n  d: 1\n  e: sec_abcdefgh\n", ["key_1234", "sec_abcdefgh+key_1234"]),
      ("a:\n  x: key_1234\nb:\n  c: 1\n  d: 1\n  e: sec_abcdefgh\n", ["key_1234", "sec_abcdefgh"]),
    ])
  func lines(text: String, expected: [String]) throws {
    #expect(try Self.matches(Self.byRule, text) == expected)
  }

  @Test(
    "does not look beyond the end of a mapping, an item or a section",
    arguments: [
      ("[{\"k\": \"key_1111\"}, {\"s\": \"sec_abcdefgh\"}]", ["key_1111", "sec_abcdefgh"]),
      ("- k: key_1111\n- s: sec_abcdefgh\n", ["key_1111", "sec_abcdefgh"]),
      ("[one]\nk=key_1111\n[two]\ns=sec_abcdefgh\n", ["key_1111", "sec_abcdefgh"]),
      // But a list of one's own is none.
      ("k=key_1111\n[\"a\", \"b\"]\ns=sec_abcdefgh\n", ["key_1111", "sec_abcdefgh+key_1111"]),
      ("{\"k\": \"key_1111\", \"in\": {\"s\": \"sec_abcdefgh\"}}", ["key_1111", "sec_abcdefgh+key_1111"]),
    ])
  func divided(text: String, expected: [String]) throws {
    #expect(try Self.matches(Self.byRule, text) == expected)
  }

  @Test("pairs the nearest, each other half once")
  func pairs() throws {
    #expect(
      try Self.matches(Self.byRule, "key_1111 sec_aaaaaaaa\nkey_2222 sec_bbbbbbbb\n")
        == ["key_1111", "sec_aaaaaaaa+key_1111", "key_2222", "sec_bbbbbbbb+key_2222"])
    #expect(
      try Self.matches(Self.byRule, "key_1111 sec_aaaaaaaa sec_bbbbbbbb\n")
        == ["key_1111", "sec_aaaaaaaa+key_1111", "sec_bbbbbbbb"])
  }

  @Test("finds the other half by a pattern of its own")
  func pattern() throws {
    #expect(try Self.matches(Self.byPattern, "id=acc_1234 sec_abcdefgh\n") == ["sec_abcdefgh+acc_1234"])
    #expect(try Self.matches(Self.byPattern, "acc_1234 sec_abcdefgh\n") == ["sec_abcdefgh"])
    #expect(
      try Self.matches(Self.byPattern, "\n\n\n\nsec_abcdefgh\nid=acc_1234\nid=acc_9999") == ["sec_abcdefgh+acc_1234"])
  }

  @Test("required is silent without the other half, and lets several share it")
  func required() throws {
    let near = "near: {rule: some-key, lines: 0, required: true, message: the key}"
    #expect(try Self.matches(near, "sec_abcdefgh\nkey_1234\n") == ["key_1234"])
    #expect(try Self.matches(near, "sec_abcdefgh key_1234\n") == ["sec_abcdefgh+key_1234", "key_1234"])
    #expect(
      try Self.matches(near, "sec_aaaaaaaa sec_bbbbbbbb key_1234\n")
        == ["sec_aaaaaaaa+key_1234", "sec_bbbbbbbb+key_1234", "key_1234"])
  }

  @Test("a rule runs on its examples with the rules that it names, and fires by itself alone")
  func examples() throws {
    let rules = try Self.rules("near: {rule: some-key, required: true, message: the key}")
    func fires(_ text: String) throws -> Bool {
      var example = try #require(rules[0].examples.first)
      example.text = text
      return try rules[0].fires(on: example)
    }
    #expect(try fires("sec_abcdefgh key_1234"))
    #expect(try !fires("sec_abcdefgh"))
    #expect(try !fires("key_1234"))
  }

  @Test("a line of very many credentials ends in good time, with all of them")
  func many() throws {
    let count = 20_000
    let text = (0..<count).map { _ in "sec_abcdefgh key_1234" }.joined(separator: " ")
    let found = try Self.matches(Self.byRule, text)
    #expect(found.count == 2 * count)
    #expect(found.contains("sec_abcdefgh+key_1234"))
  }
}
