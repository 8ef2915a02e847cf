import Findings
import Matching
import TestSupport
import Testing

@testable import RulePacks

@Suite("docs/proofs.md")
struct ProofsPageTests {
  @Test("names every built-in proof, and every rule that has a proof and no other")
  func page() throws {
    let text = String(decoding: try #require(Repository.bytes("docs/proofs.md")), as: UTF8.self)
    let rules = try RuleLibrary.builtIn().flatMap(\.textRules)
    let proved = Set(rules.filter { $0.proof != nil }.map(\.metadata.id))
    // What stands between backticks in the first column.
    let named = text.split(separator: "\n").filter { $0.hasPrefix("| `") }.flatMap { line in
      (line.split(separator: "|").first ?? "").split(separator: "`").filter { $0.contains("-") }.map(String.init)
    }
    #expect(Set(named) == proved, "missing: \(proved.subtracting(named)); too many: \(Set(named).subtracting(proved))")
    #expect(Set(named).count == named.count, "a rule stands in two lines")
    for proof in BuiltInProof.allCases {
      let isNamed = text.contains("`\(proof.rawValue)`") && (proof != .uuid || text.contains("(`uuid`)"))
      #expect(isNamed || proved.contains(proof.rawValue), "\(proof.rawValue)")
    }
  }
}
