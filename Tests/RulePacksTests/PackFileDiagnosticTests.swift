import Findings
import Testing

@testable import RulePacks

/// Mistakes that are not those of one key.
@Suite("The pack checker, over whole files")
struct PackFileDiagnosticTests {
  @Test(
    "says what is wrong with the file as a whole",
    arguments: [
      ("", "1:1: the file is empty; a pack has the keys pack and rules"),
      ("# nothing\n", "1:1: the file is empty; a pack has the keys pack and rules"),
      ("a: b: c\n", "1:5: not valid YAML: mapping values are not allowed in this context"),
      ("pack: p\nrules: [", "2:9: not valid YAML: did not find expected node content"),
      ("- a\n", "1:1: a pack is a mapping of pack, rules"),
      ("text\n", "1:1: a pack is a mapping of pack, rules"),
      ("rules: [a]\npack: p", "1:9: a rule is a mapping with the keys id, title and so on"),
      ("pack: p\n", "1:1: the pack has no rules"),
      ("pack: p\nrules: []\n", "2:8: rules is empty"),
      ("pack: p\nrules: {}\n", "2:8: rules is a list"),
    ])
  func wholeFile(text: String, expected: String) {
    #expect(PackSample.diagnostics(text) == ["p.yaml:" + expected])
  }

  @Test("allows one document in a file")
  func documents() {
    let found = PackSample.diagnostics(PackSample.pack() + "---\npack: other\n")
    #expect(found == ["p.yaml:23:1: a pack file holds one document"])
  }

  @Test("complains of bytes that are not UTF-8")
  func encoding() {
    let error = #expect(throws: RulePackError.self) {
      try RulePackReader().read(Array("pack: é\n".utf8) + [0xFF], file: "p.yaml")
    }
    #expect(error?.description.hasPrefix("p.yaml:2:1: not valid YAML: ") == true)
  }

  @Test("tells of an id that is used twice in a pack")
  func doubleID() {
    let found = PackSample.diagnostics(PackSample.text(of: PackSample.lines, PackSample.lines))
    #expect(found == ["p.yaml:22:5: rule id some-token is already used in line 3"])
  }

  @Test("tells of an id that two packs use, and knows ids and aliases")
  func doubleIDOverPacks() throws {
    let first = try RulePackReader().read(Array(PackSample.pack().utf8), file: "a.yaml")
    let second = try RulePackReader().read(
      Array(PackSample.text(of: PackSample.lines, name: "other").utf8), file: "b.yaml")
    let error = #expect(throws: RulePackError.self) { try RuleLibrary([first, second]) }
    #expect(error?.description == "b.yaml:3:5: rule id some-token is already used by pack sample (a.yaml)")
    let renamed = PackSample.rule(replacing: ["id": "id: new-token", "on": "on: text\n    aliases: [old-token]"])
    let third = try RulePackReader().read(Array(PackSample.text(of: renamed, name: "third").utf8), file: "c.yaml")
    let library = try RuleLibrary([first, third])
    #expect(library.rule(named: "new-token")?.metadata.id == "new-token")
    #expect(library.rule(named: "old-token")?.metadata.id == "new-token")
    #expect(library.rule(named: "no-token") == nil)
    #expect(library.digest.count == 64)
    #expect(try library.digest != RuleLibrary([first]).digest)
  }

  @Test("reports all that is wrong at once, in every rule")
  func several() {
    let first = PackSample.rule(replacing: [
      "severity": "severity: bad", "why": "", "keywords": "keywords: [to, tok_]", "level": "levle: deny",
    ])
    let second = PackSample.rule(replacing: [
      "id": "id: other-token", "pattern": "pattern: 'tok_.*'", "tags": "tags: x",
    ])
    let found = PackSample.diagnostics(PackSample.text(of: first, second))
    #expect(
      Set(found) == [
        "p.yaml:5:15: severity is one of note, low, medium, high, critical, not \"bad\"",
        "p.yaml:3:5: the rule has no why",
        "p.yaml:3:5: the rule has no level",
        "p.yaml:7:5: unknown key \"levle\" in rule; did you mean level?",
        "p.yaml:11:15: keyword \"to\" is shorter than 3 bytes",
        "p.yaml:27:11: tags is a list",
        "p.yaml:30:14: pattern: this repetition has no upper bound; write {m,n} (at byte 5 of the pattern)",
      ])
  }

  @Test("shows columns in UTF-16, also behind characters outside the basic plane")
  func columns() {
    let found = PackSample.diagnostics(PackSample.pack(replacing: ["tags": "tags: [\"😀é\", [b]]"]))
    #expect(found == ["p.yaml:9:19: tags is a list of texts"])
  }

  @Test("compiles no pattern and counts no example when it is told so, but reads everything else")
  func unchecked() {
    let reader = RulePackReader(checksPatterns: false)
    let text = PackSample.pack(replacing: ["pattern": "pattern: 'tok_('"])
    #expect(throws: Never.self) { try reader.read(Array(text.utf8), file: "p.yaml") }
    let other = PackSample.pack(replacing: ["severity": "severity: bad"])
    #expect(throws: RulePackError.self) { try reader.read(Array(other.utf8), file: "p.yaml") }
  }
}
