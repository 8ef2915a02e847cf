import Documents
import Findings
import Testing
import Views

@testable import RulePacks

/// What people are told about a rule is what the rule does.
@Suite("A trial of a rule")
struct RuleTrialTests {
  @Test("fires where the rule does, on every example of the built-in text rules")
  func textRules() throws {
    for pack in try RuleLibrary.builtIn(isChecked: true) {
      for rule in pack.textRules {
        for example in rule.examples {
          let path = example.path.map { SourcePath($0) }
          let trials = try rule.trials(on: Array(example.text.utf8), path: path, limit: 100)
          let fires = trials.contains { $0.evaluation?.fires == true }
          #expect(fires == (example.expectation == .fires), "\(rule.metadata.id), line \(example.position.line)")
        }
      }
    }
  }

  static let pack = """
    on: github.step
        where: has(self.uses)
        when: self.uses.kind == 'branch' && self.with.a != 'x'
        grade: [{when: 'self.uses.owner == "b"', severity: low}]
        kinds: [github-workflow]
    """

  @Test(
    "keeps each expression that was evaluated, and no other",
    arguments: [
      ("{uses: b/c@main, with: {a: 1}}", ["where", "when", "grade[0].when"], true),
      ("{uses: d/c@main, with: {a: 1}}", ["where", "when", "grade[0].when"], true),
      ("{uses: b/c@v1, with: {a: 1}}", ["where", "when"], false), ("{run: a}", ["where"], false),
      ("{uses: b/c@main}", ["where", "when"], false),
      ("{uses: b/c@main, with: {a: '${{ inputs.a }}'}}", ["where", "when"], false),
    ])
  func steps(step: String, keys: [String], fires: Bool) throws {
    let lines = PackSample.rule(replacing: [
      "on": Self.pack, "keywords": "", "pattern": "",
    ])
    let pack = try RulePackReader(checksPatterns: true).read(Array(PackSample.text(of: lines).utf8), file: "p")
    let rule = try #require(pack.documentRules.first)
    let bytes = Array("jobs: {b: {steps: [\(step)]}}".utf8)
    let recognition = FileRecognition(kind: .githubWorkflow, format: .yaml)
    let file = try ViewedFile.read(bytes, path: SourcePath("a.yml"), recognition: recognition).file
    let trials = try rule.trials(on: file, limit: 10)
    #expect(trials.count == 1)
    #expect(trials.first?.steps.map(\.key) == keys)
    #expect((trials.first?.match != nil) == fires)
    #expect(trials.first?.steps.allSatisfy { !$0.trace.isEmpty } == true)
  }
}
