import Documents
import Findings
import Foundation
import Matching
import TestSupport
import Testing

@testable import RulePacks

@Suite("The built-in rule packs")
struct BuiltInPackTests {
  /// Read once for all tests: as a scan reads them, and with all checks.
  private static let lean = Result { try RuleLibrary.builtIn() }
  private static let full = Result { try RuleLibrary.builtIn(isChecked: true) }
  private static let set = lean.flatMap { packs in Result { try TextRuleSet(packs.flatMap(\.textRules)) } }

  @Test("load without a complaint when all is checked")
  func load() throws {
    do throws(RulePackError) {
      let library = try RuleLibrary(RuleLibrary.builtIn(isChecked: true))
      #expect(library.packs.count == BuiltInFile.all.count)
      #expect(library.rules.count >= 60)
      #expect(Set(library.rules.map(\.metadata.id)).count == library.rules.count)
      #expect(Set(library.packs.map(\.name)).count == library.packs.count)
    } catch {
      Issue.record("\(error)")
    }
  }

  @Test("are the files under rules, byte for byte")
  func embedded() throws {
    let names = try ["rules", "rules/secrets"].flatMap { folder in
      try FileManager.default.contentsOfDirectory(atPath: Repository.root + "/" + folder)
        .filter { $0.hasSuffix(".yaml") }.map { "\(folder)/\($0)" }
    }
    let advice: Comment =
      "each pack under rules has an #embed and a line in `files` of rules/embed.c, and none more"
    #expect(BuiltInFile.all.map(\.name).sorted() == names.sorted(), advice)
    for file in BuiltInFile.all {
      let isSame = Repository.bytes(file.name) == file.bytes
      #expect(isSame, "\(file.name) is not what embed.c embeds under its name; \(advice), or build again")
    }
  }

  @Test("give the same rules whether or not the examples are read")
  func withoutExamples() throws {
    for (full, lean) in zip(try Self.full.get(), try Self.lean.get()) {
      #expect(lean.name == full.name)
      #expect(lean.file == full.file)
      #expect(lean.digest == full.digest)
      try #require(lean.textRules.count == full.textRules.count, "\(full.file)")
      for (leanRule, rule) in zip(lean.textRules, full.textRules) {
        #expect(Self.description(of: leanRule) == Self.description(of: rule))
        #expect(leanRule.examples.isEmpty, "\(rule.metadata.id): the examples are still there")
      }
    }
  }

  /// All that a rule says, but for its examples and its place.
  private static func description(of rule: TextRule) -> String {
    """
    \(rule.metadata) \(rule.pattern.source) \(rule.pattern.anchors) \(rule.secretGroup) \(rule.placeGroup) \
    \(rule.proof.map { "\($0)" } ?? "-") \(rule.minEntropy ?? -1) \(rule.filters)
    """
  }

  @Test("write the keys of each rule in one order", arguments: BuiltInFile.all.map(\.name))
  func keyOrder(name: String) throws {
    let file = try #require(BuiltInFile.all.first { $0.name == name })
    let root = try #require(try YAMLReader.read(file.bytes).roots.first)
    #expect(root.entries?.map(\.key.text) == ["pack", "rules"])
    for rule in root.entries?.last?.value.elements ?? [] {
      let keys = rule.entries?.compactMap(\.key.text) ?? []
      let order =
        switch rule["on"]?.text {
        case "text": TextRuleReader.keys
        case "document": DocumentRuleReader.documentKeys
        default: DocumentRuleReader.viewKeys
        }
      let expected = order.filter(keys.contains)
      #expect(keys == expected, "\(name):\(rule.position.line)")
    }
  }

  @Test("show each rule by two examples that fire and three that do not")
  func exampleCounts() throws {
    for rule in try Self.full.get().flatMap(\.textRules) {
      let firing = rule.examples.count { $0.expectation == .fires }
      #expect(firing >= 2, "\(rule.metadata.id)")
      #expect(rule.examples.count - firing >= 3, "\(rule.metadata.id)")
      #expect(Set(rule.examples.map(\.text)).count == rule.examples.count, "\(rule.metadata.id): an example twice")
    }
  }

  @Test("do on each of their examples what it says")
  func examples() throws {
    let packs = try Self.full.get()
    let outcome = RuleExampleTest.run(packs)
    #expect(outcome.rules == packs.flatMap(\.rules).count)
    #expect(outcome.examples >= 5 * outcome.rules)
    for failure in outcome.failures { Issue.record("\(failure)") }
  }

  @Test("draw values that their proofs prove, where examples say so")
  func provedExamples() throws {
    var proved = 0
    for pack in try Self.full.get() {
      guard let bytes = Repository.bytes(pack.file) else { continue }
      let text = String(decoding: bytes, as: UTF8.self)
      guard text.contains("{{proved}}") else { continue }
      let set = try TextRuleSet(pack.textRules, scale: .small)
      var scratch = try set.makeScratch()
      for (index, rule) in pack.textRules.enumerated() {
        let block = text.components(separatedBy: "- id: \(rule.metadata.id)\n").last?.components(separatedBy: "- id: ")
          .first
        guard let block, block.contains("{{proved}}") else { continue }
        let written = block.components(separatedBy: "\n      - ").filter {
          $0.hasPrefix("fires:") || $0.hasPrefix("silent:") || $0.hasPrefix("path:")
        }
        try #require(written.count == rule.examples.count, "\(rule.metadata.id)")
        for (example, source) in zip(rule.examples, written)
        where example.expectation == .fires && source.contains("{{proved}}") {
          let example = Array(example.text.utf8)
          var found: [Proof] = []
          set.scan(example.span, scratch: &scratch) {
            if $0.rule == index { found.append($0.proof) }
          } fault: { _ in
          }
          #expect(found == [.proved], "\(rule.metadata.id)")
          proved += 1
        }
      }
    }
    #expect(proved >= 11)
  }

  @Test("fire on no pack file, so that a scan of this repository is quiet", arguments: BuiltInFile.all.map(\.name))
  func ownFiles(name: String) throws {
    let set = try Self.set.get()
    let rules = set.rules
    var scratch = try set.makeScratch()
    let file = try #require(BuiltInFile.all.first { $0.name == name })
    let index = LineIndex(file.bytes.span)
    set.scan(file.bytes.span, scratch: &scratch) { match in
      Issue.record("\(name):\(index.line(at: match.place.lowerBound)): \(rules[match.rule].metadata.id) fires")
    } fault: { fault in
      Issue.record("\(name): \(rules[fault.rule].metadata.id): \(fault.message)")
    }
  }

  @Test("name texts that end in a full stop, and titles that do not")
  func texts() throws {
    for rule in try Self.lean.get().flatMap(\.rules).map(\.metadata) {
      #expect(!rule.title.hasSuffix("."), "\(rule.id)")
      for text in [rule.message, rule.why, rule.fix] {
        #expect(text.hasSuffix("."), "\(rule.id): \(text)")
        #expect(!text.contains("\n"), "\(rule.id): \(text)")
      }
      #expect(rule.references.allSatisfy { $0.hasPrefix("https://") }, "\(rule.id)")
    }
    for rule in try Self.lean.get().flatMap(\.textRules).map(\.metadata) {
      #expect(rule.tags.contains("secret"), "\(rule.id)")
    }
  }
}
