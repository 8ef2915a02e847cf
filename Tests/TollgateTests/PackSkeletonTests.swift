import TestSupport
import Testing
import Views

@testable import Tollgate

@Suite("A new pack")
struct PackSkeletonTests {
  static let subjects = ["text", "document"] + ViewTable.all.map(\.name)

  private func test(_ text: String) async throws {
    try await TemporaryDirectory.with { directory in
      try directory.write(text, to: "new.yaml")
      let outcome = try PolicyScanner.testRules(at: [directory.path(of: "new.yaml")])
      #expect(outcome.rules == 1 && outcome.examples == 5 && outcome.failures.isEmpty, "\(outcome.failures) in \(text)")
    }
  }

  @Test("works as it is, whatever it looks at", arguments: subjects)
  func works(subject: String) async throws {
    let text = try PolicyScanner().newPack(rule: "our-rule", on: subject)
    #expect(text.contains("\n    on: \(subject)\n"))
    try await test(text)
  }

  @Test("works for a view that nothing is said about", arguments: ViewTable.all.map(\.name))
  func generic(view: String) async throws {
    try await test(PackSkeleton(id: "our-rule", subject: view, isGeneric: true).text)
  }

  @Test("tells the members of the view in comments")
  func members() throws {
    let text = try PolicyScanner().newPack(rule: "our-rule", on: "github.step")
    for member in GitHubMembers.step { #expect(text.contains("#   \(member): "), "\(member)") }
  }

  private enum GitHubMembers {
    static let step = ViewTable.view(named: "github.step")?.members.map(\.name) ?? ["missing"]
  }

  @Test(
    "is refused for a mistake",
    arguments: [
      ("Our_Rule", "text", "dashes"), ("-a", "text", "dashes"), ("our-rule", "github.stop", "github.step"),
      ("github-personal-access-token", "text", "already"),
    ])
  func refused(id: String, subject: String, words: String) throws {
    let scanner = try PolicyScanner()
    let error = #expect(throws: NewRuleError.self) { try scanner.newPack(rule: id, on: subject) }
    #expect(error?.description.contains(words) == true)
  }
}
