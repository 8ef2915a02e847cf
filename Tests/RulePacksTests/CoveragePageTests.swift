import Findings
import Foundation
import TestSupport
import Testing

@testable import RulePacks

/// `docs/coverage.md` is made from `docs/coverage/classes.tsv` and the packs:
/// `TOLLGATE_RECORD=1 swift test --filter CoveragePageTests` writes it.
///
/// The table lists what known tools check, each class with the ids that they give it. Its column `rules` names ours; where it
/// is empty, the rules that carry one of the ids as an alias count.
@Suite("The page of what is covered")
struct CoveragePageTests {
  private static let table = "docs/coverage/classes.tsv"
  private static let path = "docs/coverage.md"
  /// The areas whose packs are complete, and of which at most one class in twenty may be open.
  private static let finished = ["github-actions", "gitlab-ci"]
  private static let library = Result { try RuleLibrary(RuleLibrary.builtIn()) }

  /// A kind of defect that some tool looks for.
  private struct CheckClass {
    var area: String
    var name: String
    var peers: [String]
    /// As the table names them.
    var named: [String]
    var reason: String
    /// Those that stand for it, by name or by alias.
    var rules: [String]
  }

  private static func classes() throws -> [CheckClass] {
    let rules = try library.get().rules.map(\.metadata)
    var byAlias: [String: [String]] = [:]
    for rule in rules {
      for alias in rule.aliases { byAlias[alias, default: []].append(rule.id) }
    }
    let text = String(decoding: try #require(Repository.bytes(table)), as: UTF8.self)
    let lines = text.split(separator: "\n").dropFirst().map { line in
      line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
    // Some tools have one id for the same defect of several systems: a rule for one of them is none for the others.
    let taken = Set(lines.filter { !$0[3].isEmpty }.flatMap { $0[2].split(separator: " ").map(String.init) })
    return lines.map { cells in
      let peers = cells[2].split(separator: " ").map(String.init)
      let named = cells[3].split(separator: " ").map(String.init)
      var found = named
      if named.isEmpty, cells[4].isEmpty {
        let own = peers.filter { !taken.contains($0) }
        for rule in own.flatMap({ byAlias[$0] ?? [] }) where !found.contains(rule) { found.append(rule) }
      }
      return CheckClass(area: cells[0], name: cells[1], peers: peers, named: named, reason: cells[4], rules: found)
    }
  }

  private static let introduction = """
    # What is covered

    Classes of checks that today's tools have for configuration, as a table of facts (`docs/coverage/classes.tsv`), and the rules
    that stand for each. A rule carries the ids of the other tools as aliases, so their findings can be laid beside ours, and their
    suppression comments work. One rule can stand for several classes, which it tells apart by severity.

    This page is made from the table and the packs; do not edit it.


    """

  private static func page() throws -> String {
    let classes = try classes()
    var areas: [String] = []
    for item in classes where !areas.contains(item.area) { areas.append(item.area) }
    var page = introduction
    page += "| area | classes | covered | |\n|---|---|---|---|\n"
    for area in areas {
      let all = classes.filter { $0.area == area }
      let covered = all.count { !$0.rules.isEmpty }
      page += "| [\(area)](#\(area)) | \(all.count) | \(covered) | \(covered * 100 / all.count) % |\n"
    }
    for area in areas {
      page += "\n## \(area)\n\n| class | rules | other tools |\n|---|---|---|\n"
      for item in classes where item.area == area {
        let rules = item.rules.map { "`\($0)`" }.joined(separator: ", ")
        let cell = rules.isEmpty ? (item.reason.isEmpty ? "open" : "none: \(item.reason)") : rules
        page += "| \(item.name) | \(cell) | \(item.peers.joined(separator: ", ")) |\n"
      }
    }
    return page
  }

  @Test("is the one that the table and the packs make")
  func fresh() throws {
    let page = Array(try Self.page().utf8)
    if ProcessInfo.processInfo.environment["TOLLGATE_RECORD"] == "1" { try Repository.write(page, to: Self.path) }
    let isFresh = Repository.bytes(Self.path) == page
    #expect(isFresh, "write \(Self.path) with TOLLGATE_RECORD=1 swift test --filter CoveragePageTests")
  }

  @Test("names rules that are there, with the ids of the other tools among their aliases")
  func aliases() throws {
    let rules = try Self.library.get().rules.map(\.metadata)
    let aliases = Dictionary(rules.map { ($0.id, $0.aliases) }, uniquingKeysWith: { first, _ in first })
    for item in try Self.classes() where !item.named.isEmpty {
      for rule in item.named { #expect(aliases[rule] != nil, "\(item.name): there is no rule \(rule)") }
      let known = Set(item.named.flatMap { aliases[$0] ?? [] })
      for peer in item.peers { #expect(known.contains(peer), "\(item.name): no rule has the alias \(peer)") }
    }
  }

  @Test(
    "has a rule for at least nineteen of twenty classes of a finished area, and a reason for the others",
    arguments: finished)
  func share(area: String) throws {
    let classes = try Self.classes().filter { $0.area == area }
    let open = classes.filter(\.rules.isEmpty)
    try #require(!classes.isEmpty)
    #expect(open.count * 20 <= classes.count, "open: \(open.map(\.name))")
    #expect(open.allSatisfy { !$0.reason.isEmpty }, "without a reason: \(open.filter(\.reason.isEmpty).map(\.name))")
  }
}
