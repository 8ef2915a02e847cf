import Findings
import Matching
import Testing

@testable import RulePacks

/// The rule begins in line 3; its keys stand in the order of ``PackSample/lines``, so `pattern` in line 12.
@Suite("The pack checker")
struct PackDiagnosticTests {
  @Test("has nothing to say of a good pack")
  func good() throws {
    #expect(PackSample.diagnostics(PackSample.pack()) == [])
    let pack = try RulePackReader().read(Array(PackSample.pack().utf8), file: "p.yaml")
    #expect(pack.name == "sample" && pack.file == "p.yaml" && pack.digest.count == 64)
    let rule = try #require(pack.textRules.first)
    #expect(rule.metadata.id == "some-token" && rule.metadata.pack == "sample")
    #expect(rule.metadata.severity == .high && rule.metadata.level == .deny && rule.metadata.phase == .code)
    #expect(rule.secretGroup == "0" && rule.placeGroup == "0" && rule.proof == nil && rule.minEntropy == nil)
    #expect(rule.filters == [.placeholder])
    #expect(rule.position == Position(line: 3, column: 5))
    #expect(rule.examples.map(\.position.line) == [17, 18, 19, 20, 21])
    #expect(RuleExampleTest.run([pack]).failures.isEmpty)
  }

  @Test(
    "says what is wrong with one key, and where",
    arguments: [
      (
        ["title": "tilte: Some token"],
        ["4:5: unknown key \"tilte\" in rule; did you mean title?", "3:5: the rule has no title"]
      ),
      (["phase": "phase: code\n    colour: red"], ["9:5: unknown key \"colour\" in rule"]),
      (["phase": "phase: code\n    ? [a]\n    : b"], ["9:7: unknown key (not a text) in rule"]),
      (["title": "title: A\n    title: B"], ["5:5: key title is written twice in this rule"]),
      (
        ["severity": "severity: hgih"],
        ["5:15: severity is one of note, low, medium, high, critical, not \"hgih\"; did you mean high?"]
      ),
      (
        ["severity": "severity: High"],
        ["5:15: severity is one of note, low, medium, high, critical, not \"High\"; did you mean high?"]
      ),
      (["confidence": "confidence: sure"], ["6:17: confidence is one of low, medium, high, not \"sure\""]),
      (["level": "level: block"], ["7:12: level is one of audit, warn, deny, not \"block\""]),
      (["id": "id: Some_Token"], ["3:9: id is written in lower case with dashes, such as github-token"]),
      (["id": "id: some--token"], ["3:9: id is written in lower case with dashes, such as github-token"]),
      (["id": "id: -token"], ["3:9: id is written in lower case with dashes, such as github-token"]),
      (["id": "id: [a]"], ["3:9: id is a text"]),
      (["title": "title: ''"], ["4:12: title is empty"]),
      (["title": "title: " + String(repeating: "x", count: 81)], ["4:12: title is longer than 80 characters"]),
      (["on": "on: package"], ["10:9: on is text, document or a view such as github.step"]),
      (["tags": "tags: secret"], ["9:11: tags is a list"]),
      (["tags": "tags: []"], ["9:11: tags is empty"]),
      (["tags": "tags: [a, [b]]"], ["9:15: tags is a list of texts"]),
      (["keywords": "keywords: [to]"], ["11:15: keyword \"to\" is shorter than 3 bytes"]),
      (["keywords": "keywords: []"], ["11:15: keywords is empty"]),
      (
        ["keywords": "keywords: [key_]"],
        ["12:14: pattern: a match need not hold any of the keywords key_ (at byte 0 of the pattern)"]
      ),
      (["pattern": "pattern: 'tok_(a'"], ["12:14: pattern: missing closing parenthesis (at byte 6 of the pattern)"]),
      (
        ["pattern": "pattern: 'tok_[a-z]+'"],
        ["12:14: pattern: this repetition has no upper bound; write {m,n} (at byte 9 of the pattern)"]
      ),
      (
        ["pattern": "pattern: '(?:tok_)?[a-z]{8}'"],
        ["12:14: pattern: a match need not hold any of the keywords tok_ (at byte 0 of the pattern)"]
      ),
      (
        ["pattern": #"pattern: 'tok_(a)\1'"#],
        [#"12:14: pattern: \1 is not supported in rules (at byte 7 of the pattern)"#]
      ),
      (["message": "message: A token.\n    near: {message: it}"], ["14:21: near has a rule or a pattern"]),
      (
        ["message": "message: A token.\n    near: {rule: a, pattern: b, message: it}"],
        ["14:18: near has a rule or a pattern, not both"]
      ),
      (
        ["message": "message: A token.\n    near: {pattern: a+, message: it}"],
        ["14:21: pattern: this repetition has no upper bound; write {m,n} (at byte 1 of the pattern)"]
      ),
      (
        ["message": "message: A token.\n    near: {pattern: a, secret: 1, message: it}"],
        ["14:32: the pattern has no group 1"]
      ),
      (
        ["message": "message: A token.\n    near: {rule: other, message: it}"],
        ["3:5: near: there is no other text rule other in this pack"]
      ),
      (
        ["message": "message: A token.\n    near: {rule: some-token, message: it}"],
        ["3:5: near: there is no other text rule some-token in this pack"]
      ),
      (
        ["message": "message: A token.\n    near: {pattern: a, lines: 51, message: it}"],
        ["14:31: lines is a whole number from 0 to 50"]
      ),
      (["message": "message: A token.\n    secret: 2"], ["14:13: the pattern has no group 2"]),
      (["message": "message: A token.\n    secret: value"], ["14:13: the pattern has no group value"]),
      (["message": "message: A token.\n    at: place"], ["14:9: the pattern has no group place"]),
      (["message": "message: A token.\n    entropy: 8.5"], ["14:14: entropy is a number of bits from 0 to 8"]),
      (["message": "message: A token.\n    entropy: -1"], ["14:14: entropy is a number of bits from 0 to 8"]),
      (["message": "message: A token.\n    entropy: nan"], ["14:14: entropy is a number of bits from 0 to 8"]),
      (["message": "message: A token.\n    entropy: high"], ["14:14: entropy is a number of bits from 0 to 8"]),
      (
        ["message": "message: A token.\n    filters: [place-holder]"],
        [
          "14:14: filters is one of placeholder, dummy, reference, word, password, secret, key, basic, not \"place-holder\"; "
            + "did you mean placeholder?"
        ]
      ),
      (["message": "message: A token.\n    filters: word"], ["14:14: filters is a list"]),
      (
        ["message": "message: A token.\n    proof: github"],
        [
          "14:12: proof is one of " + BuiltInProof.allCases.map(\.rawValue).joined(separator: ", ") + ", not \"github\""
        ]
      ),
    ] as [([String: String], [String])])
  func oneKey(replacements: [String: String], expected: [String]) {
    #expect(PackSample.diagnostics(PackSample.pack(replacing: replacements)) == expected.map { "p.yaml:" + $0 })
  }

  @Test(
    "misses each key that must be there",
    arguments: [
      "title", "severity", "confidence", "level", "phase", "tags", "on", "keywords", "pattern", "message", "why", "fix",
    ])
  func missing(key: String) {
    let found = PackSample.diagnostics(PackSample.pack(replacing: [key: ""]))
    #expect(found == ["p.yaml:3:5: the rule has no \(key)"])
  }

  @Test("misses an id in the rule's first line")
  func missingID() {
    let text = PackSample.text(of: Array(PackSample.lines.dropFirst()))
    #expect(PackSample.diagnostics(text) == ["p.yaml:3:5: the rule has no id"])
  }

  @Test("asks for two examples that fire and three that do not, and for their form")
  func examples() {
    let start = PackSample.lines.firstIndex(of: "examples:") ?? 0
    let without = Array(PackSample.lines[..<start])
    func found(_ examples: String...) -> [String] { PackSample.diagnostics(PackSample.text(of: without + examples)) }
    let counts = "p.yaml:16:15: rule some-token has 0 firing and 0 silent examples; it needs 2 and 3"
    #expect(
      found() == ["p.yaml:3:5: rule some-token has 0 firing and 0 silent examples; it needs 2 and 3"])
    #expect(found("examples: []") == [counts])
    #expect(found("examples: text") == ["p.yaml:16:15: examples is a list of fires and silent", counts])
    #expect(
      found("examples: [{fires: a}, {silent: b}, {silent: c}, {silent: d}]")
        == ["p.yaml:16:15: rule some-token has 1 firing and 3 silent examples; it needs 2 and 3"])
    #expect(
      found("examples: [{fires: a}, {fires: b}, {silent: b}, {silent: c}, {quiet: d}]") == [
        "p.yaml:16:66: an example is fires: or silent: and a text, and perhaps path: and files:",
        "p.yaml:16:15: rule some-token has 2 firing and 2 silent examples; it needs 2 and 3",
      ])
    #expect(
      found("examples: [{fires: '{{base99:4}}'}, {fires: b}, {fires: x}, {silent: b}, {silent: c}, {silent: d}]")
        == ["p.yaml:16:16: unknown alphabet base99 in a template"])
  }
}
