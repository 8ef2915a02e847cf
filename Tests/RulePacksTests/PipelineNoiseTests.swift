import Findings
import Foundation
import TestSupport
import Testing

@testable import RulePacks
@testable import Views

/// What the packs for pipelines and settings say of ordinary projects. `Fixtures/pipelines` holds files as people write them:
/// not perfect, and nothing in them that should stop anybody. `docs/firing-rates.md` is what was measured on real ones.
@Suite("The rules for pipelines on ordinary projects")
struct PipelineNoiseTests {
  private static let packs = ["github-actions", "gitlab-ci", "pipeline-commands", "delivery", "dependency-config"]
  private static let rules = Result {
    try RuleLibrary.builtIn().filter { packs.contains($0.name) }.flatMap(\.documentRules)
  }
  private static let folder = "Fixtures/pipelines"

  private struct Project: FileResolver {
    let name: String
    func bytes(of path: SourcePath) -> [UInt8]? { Repository.bytes("\(folder)/\(name)/\(path)") }

    var files: [String] {
      let root = "\(Repository.root)/\(folder)/\(name)"
      let names = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
      // A folder has no bytes.
      return names.filter { bytes(of: SourcePath($0)) != nil }.sorted()
    }
  }

  private static func outcome(_ project: Project, _ path: String, _ set: DocumentRuleSet) throws
    -> DocumentRuleSet.Outcome
  {
    let bytes = try #require(project.bytes(of: SourcePath(path)))
    return set.scan(bytes.span, path: SourcePath(path), others: project)
  }

  private static let projects = ["gitlab", "library", "monorepo", "service", "site"]

  @Test("give advice and stop nothing", arguments: projects)
  func quiet(name: String) throws {
    let set = DocumentRuleSet(try Self.rules.get())
    let project = Project(name: name)
    var advice = 0
    try #require(!project.files.isEmpty)
    for path in project.files {
      let outcome = try Self.outcome(project, path, set)
      for match in outcome.matches where match.level > .audit {
        Issue.record("\(path): \(match.rule.id) says \(match.level): \(match.message)")
      }
      for notification in outcome.notifications where notification.level > .note {
        Issue.record("\(path): \(notification.message)")
      }
      advice += outcome.matches.count
    }
    #expect(advice > 0)
  }

  @Test("do stop a project when somebody lets strangers into one of its workflows")
  func loud() throws {
    let set = DocumentRuleSet(try Self.rules.get())
    let project = Project(name: "site")
    let path = ".github/workflows/triage.yml"
    let text = String(decoding: try #require(project.bytes(of: SourcePath(path))), as: UTF8.self)
    let changed = Array(text.replacing(#""Thank you, @$AUTHOR.""#, with: #""On ${{ github.event.issue.title }}""#).utf8)
    let outcome = set.scan(changed.span, path: SourcePath(path), others: project)
    let blocking = outcome.matches.filter { $0.level > .audit && $0.severity >= .high }
    #expect(blocking.map(\.rule.id) == ["github-template-injection"])
  }

  @Test("end on a workflow with very many steps that all look at each other, and say so")
  func manySteps() throws {
    let set = DocumentRuleSet(try Self.rules.get())
    var text = "on: pull_request_target\njobs:\n  b:\n    steps:\n"
    for index in 0..<1_200 {
      text += "    - {uses: actions/checkout@v4, with: {ref: \"${{ github.head_ref }}\"}} # \(index)\n"
    }
    let bytes = Array(text.utf8)
    let outcome = set.scan(bytes.span, path: SourcePath(".github/workflows/a.yml"))
    #expect(outcome.matches.contains { $0.rule.id == "github-untrusted-checkout" })
    let stopped = outcome.notifications.filter { $0.kind == .ruleFailed }
    #expect(!stopped.isEmpty && stopped.allSatisfy { $0.message.contains("costExceeded") }, "\(stopped)")
  }

  // MARK: The record

  private static let record = "docs/firing-rates.md"

  private static func recorded() throws -> String {
    String(decoding: try #require(Repository.bytes(record)), as: UTF8.self)
  }

  @Test("blocked at most one in forty real files when that was measured")
  func blockingRate() throws {
    let line = try #require(try Self.recorded().split(separator: "\n").first { $0.contains("files block**") })
    let numbers = line.split { !$0.isNumber }.compactMap { Int($0) }
    try #require(numbers.count >= 2)
    #expect(numbers[0] * 40 <= numbers[1], "\(line)")
    #expect(numbers[1] >= 250)
  }

  @Test("are all in the record, and what fires on many files is advice")
  func record() throws {
    var shares: [String: (share: Double, outcomes: String)] = [:]
    for line in try Self.recorded().split(separator: "\n") where line.hasPrefix("| `") {
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      try #require(cells.count >= 4)
      let share = Double(cells[3].split(separator: " ")[0]) ?? 0
      shares[cells[0].replacing("`", with: "")] = (share, cells.count > 4 ? cells[4] : "")
    }
    for rule in try Self.rules.get().map(\.metadata) {
      let known = try #require(shares[rule.id], "\(rule.id) is not in \(Self.record): run Benchmarks/config/rates")
      // In a tenth of all files: then nearly all of it is advice.
      guard known.share > 10 else { continue }
      let counts = known.outcomes.split(separator: ";").map { part in
        (count: part.split { !$0.isNumber }.first.flatMap { Int($0) } ?? 0, isAdvice: part.hasSuffix("audit"))
      }
      let strict = counts.filter { !$0.isAdvice }.reduce(0) { $0 + $1.count }
      #expect(strict * 20 <= counts.reduce(0) { $0 + $1.count }, "\(rule.id): \(known.outcomes)")
    }
  }
}
