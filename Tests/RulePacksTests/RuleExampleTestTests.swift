import Testing

@testable import RulePacks

@Suite("Rule examples as tests")
struct RuleExampleTestTests {
  private static func run(replacing: [String: String]) throws -> RuleExampleTest.Outcome {
    let text = PackSample.pack(replacing: replacing)
    return RuleExampleTest.run([try RulePackReader().read(Array(text.utf8), file: "p.yaml")])
  }

  @Test("pass when rule and examples agree")
  func pass() throws {
    let outcome = try Self.run(replacing: [:])
    #expect(outcome.rules == 1 && outcome.examples == 5 && outcome.failures.isEmpty)
  }

  @Test("fail with the place of the example when the rule does not fire on it")
  func silent() throws {
    let outcome = try Self.run(replacing: ["  - fires": "  - fires: tok_"])
    #expect(
      outcome.failures.map(\.description) == [
        "p.yaml:17:9: rule some-token does not fire on this example",
        "p.yaml:18:9: rule some-token does not fire on this example",
      ])
  }

  @Test("fail with the place of the example when the rule fires where it must not")
  func fires() throws {
    let outcome = try Self.run(replacing: ["  - silent": "  - silent: tok_{{base36:8}}"])
    #expect(
      outcome.failures.map(\.description) == (19...21).map { "p.yaml:\($0):9: rule some-token fires on this example" })
  }

  @Test("see proof, entropy and filters at work")
  func values() throws {
    // A placeholder is silent by default and fires without the filter.
    let placeholder = ["  - fires": "  - fires: tok_xxxxxxxx"]
    #expect(try Self.run(replacing: placeholder).failures.count == 2)
    let unfiltered = placeholder.merging(["message": "filters: []\n    message: A token."]) { $1 }
    #expect(try Self.run(replacing: unfiltered).failures.isEmpty)
    let entropy = ["message": "entropy: 7.5\n    message: A token."]
    #expect(try Self.run(replacing: entropy).failures.count == 2)
    let secret = [
      "message": "secret: 1\n    filters: []\n    entropy: 2\n    message: A token.",
      "  - silent": "  - silent: tok_aaaaaaaa",
    ]
    #expect(try Self.run(replacing: secret).failures.isEmpty)
  }
}
