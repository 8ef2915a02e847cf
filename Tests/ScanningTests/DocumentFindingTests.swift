import Findings
import Scanning
import Sources
import TestSupport
import Testing

@testable import RulePacks

@Suite("Findings of document rules")
struct DocumentFindingTests {
  private static let pack = """
    pack: p
    rules:
      - id: env-value
        title: A value
        severity: low
        confidence: high
        level: warn
        phase: build
        tags: [x]
        aliases: [other/value]
        on: document
        kinds: [github-workflow]
        select: $.env
        when: has(self.TOKEN)
        at: TOKEN
        message: "TOKEN is {{self.TOKEN}} here."
        why: Because.
        fix: Mend it.
        examples:
          - fires: "env: {TOKEN: a}"
          - fires: "env: {TOKEN: b}"
          - silent: "env: {}"
          - silent: "on: push"
          - silent: "env: {A: b}"
    """

  private static func scan(_ text: String) async throws -> Report {
    let packs =
      try RuleLibrary.builtIn().filter { $0.name.hasPrefix("secrets") } + [
        RulePackReader().read(Array(pack.utf8), file: "p.yaml")
      ]
    let engine = Engine(library: try RuleLibrary(packs), tool: "tollgate", version: "test")
    let file = (SourcePath(".github/workflows/ci.yml"), Array(text.utf8))
    return await engine.scan(.memory(MemoryFiles([file])), options: Scan.options())
  }

  @Test("stand beside those of text rules, each with its place, and hide the values that these found")
  func together() async throws {
    let token = MadeUpCredential.gitHubToken(3)
    let report = try await Self.scan("on: push\nenv:\n  TOKEN: \(token)\n")
    #expect(report.places == ["env-value 3:3-3:50", "github-personal-access-token 3:10-3:50"])
    #expect(report.findings.map(\.message).first == "TOKEN is [masked:33-64] here.")
    #expect(report.findings.allSatisfy { $0.snippet?.text.contains(token.dropFirst(4)) == false })
    #expect(report.findings.allSatisfy { $0.lineHash != nil })
  }

  @Test("are suppressed by comments, also under the name that another tool has for the rule")
  func suppressed() async throws {
    let report = try await Self.scan(
      "env:\n  # tollgate:" + "ignore other/value -- known\n  TOKEN: plain\n")
    #expect(report.findings.map(\.ruleID) == ["env-value"])
    #expect(report.findings.first?.suppression?.reason == "known")
  }

  @Test("keep their fingerprint when lines move")
  func fingerprint() async throws {
    let before = try await Self.scan("env:\n  TOKEN: plain\n")
    let after = try await Self.scan("# a line\n\non: push\nenv:\n    TOKEN:   plain\n")
    let other = try await Self.scan("env:\n  TOKEN: changed\n")
    #expect(before.findings.map(\.fingerprint) == after.findings.map(\.fingerprint))
    #expect(before.findings.map(\.fingerprint) != other.findings.map(\.fingerprint))
  }
}
