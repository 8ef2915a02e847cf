import Documents
import Findings
import Testing

@testable import RulePacks

@Suite("Document rules")
struct DocumentRuleTests {
  /// A rule about the steps of workflows, with keys replaced or added.
  static func pack(_ changes: [String: String] = [:]) -> String {
    var keys: [(String, String)] = [
      ("id", "step-rule"), ("title", "A step"), ("severity", "high"), ("confidence", "high"), ("level", "deny"),
      ("phase", "build"), ("tags", "[x]"), ("on", "document"), ("kinds", "[github-workflow]"),
      ("select", "$.jobs.*.steps[*]"), ("when", "has(self.uses)"), ("at", "uses"),
      ("message", "'{{self.uses}} it is.'"), ("why", "Because."), ("fix", "Mend it."),
      (
        "examples",
        "[{fires: 'jobs: {b: {steps: [{uses: a}]}}'}, {fires: 'jobs: {b: {steps: [{uses: b}]}}'}, "
          + "{silent: 'jobs: {}'}, {silent: 'on: push'}, {silent: 'jobs: {b: {steps: [{run: a}]}}'}]"
      ),
    ]
    for (key, value) in changes.sorted(by: { $0.key < $1.key }) {
      if let index = keys.firstIndex(where: { $0.0 == key }) {
        keys[index].1 = value
      } else {
        keys.append((key, value))
      }
    }
    let lines = keys.filter { !$0.1.isEmpty }.map { "\($0.0): \($0.1)" }
    return "pack: p\nrules:\n  - " + lines.joined(separator: "\n    ") + "\n"
  }

  static func scan(_ text: String, path: String = ".github/workflows/a.yml", _ changes: [String: String] = [:]) throws
    -> DocumentRuleSet.Outcome
  {
    let pack = try RulePackReader().read(Array(pack(changes).utf8), file: "p.yaml")
    let bytes = Array(text.utf8)
    return DocumentRuleSet(pack.documentRules).scan(bytes.span, path: SourcePath(path))
  }

  static func shown(_ outcome: DocumentRuleSet.Outcome, in text: String) -> [String] {
    outcome.matches.map {
      "\($0.severity) \(String(decoding: Array(text.utf8)[$0.place], as: UTF8.self)) | \($0.message)"
    }
  }

  @Test("fire on selected values, point to a member and speak of the value")
  func fires() throws {
    let text = "jobs:\n  b:\n    steps:\n      - uses: x/y@v1\n      - run: z\n      - {name: n, uses: \"q\"}\n"
    let outcome = try Self.scan(text)
    #expect(Self.shown(outcome, in: text) == ["high uses: x/y@v1 | x/y@v1 it is.", "high uses: \"q\" | q it is."])
    #expect(outcome.notifications.isEmpty)
  }

  @Test(
    "point to what is there when the member is absent",
    arguments: [
      ("$.jobs.*", "timeout", "!('timeout' in self)", "high b | ok"),
      ("$", "permissions", "!('permissions' in self)", "high on | ok"),
      ("$.jobs.b.steps[*]", "name", "!has(self.name)", "high run | ok"),
      ("$.jobs.*[\"runs-on\"]", "", "self == 'x'", "high runs-on: x | ok"),
    ])
  func places(select: String, at: String, when: String, expected: String) throws {
    let text = "on: push\njobs:\n  b:\n    runs-on: x\n    steps:\n      - run: a\n"
    // The sample's own examples do not fit these rules: only the scan is looked at.
    let pack = try RulePackReader(checksPatterns: false).read(
      Array(Self.pack(["select": "'\(select)'", "at": at, "when": "\"\(when)\"", "message": "ok"]).utf8), file: "p")
    let bytes = Array(text.utf8)
    let outcome = DocumentRuleSet(pack.documentRules).scan(
      bytes.span, path: SourcePath(".github/workflows/a.yml"))
    #expect(Self.shown(outcome, in: text) == [expected])
  }

  @Test("are milder where a grade holds, and pass over what is not their business")
  func grades() throws {
    let text = "jobs: {b: {steps: [{uses: actions/a}, {uses: other/a}, {uses: skip/a}]}}"
    let changes = [
      "where": "\"!self.uses.startsWith('skip/')\"",
      "grade": "[{when: \"self.uses.startsWith('actions/')\", severity: low, level: audit}]",
    ]
    let outcome = try Self.scan(text, changes)
    #expect(outcome.matches.map(\.severity) == [.low, .high])
    #expect(outcome.matches.map(\.level) == [.audit, .deny])
  }

  @Test("take a missing parent for absent and tell of other failures")
  func failures() throws {
    let text = "jobs: {b: {steps: [{uses: a}]}}"
    let absent = try Self.scan(
      text, ["when": "self.uses == 'a' && self.with.token == 'x' || self.uses == 'a' && false"])
    #expect(absent.matches.isEmpty && absent.notifications.isEmpty)
    let wrong = try RulePackReader(checksPatterns: false).read(
      Array(Self.pack(["when": "self.uses + 1 == 2"]).utf8), file: "p")
    // Told once for a file, and without the value that did it.
    let bytes = Array("jobs: {b: {steps: [{uses: hush}, {uses: hush}]}}".utf8)
    let outcome = DocumentRuleSet(wrong.documentRules).scan(bytes.span, path: SourcePath(".github/workflows/a.yml"))
    #expect(outcome.matches.isEmpty)
    #expect(outcome.notifications.map(\.kind) == [.ruleFailed])
    #expect(outcome.notifications.allSatisfy { !$0.message.contains("hush") && $0.message.contains("line 1") })
  }

  @Test("meet files of their kinds only, and say when such a file cannot be read")
  func kinds() throws {
    #expect(try Self.scan("jobs: {b: {steps: [{uses: a}]}}", path: "other.yml").matches.isEmpty)
    let broken = try Self.scan("jobs: [\n")
    #expect(broken.matches.isEmpty)
    #expect(broken.notifications.map(\.kind) == [.unparsable])
    #expect(broken.notifications.first?.level == .warning)
  }

  @Test("read JSON with comments and key-value files too")
  func formats() throws {
    let jsonc = try Self.scan(
      "// c\n{\"compilerOptions\": {\"strict\": false,}}", path: "tsconfig.json",
      [
        "kinds": "[tsconfig]", "select": "$.compilerOptions", "when": "self.strict == false", "at": "strict",
        "message": "m", "examples": Self.examples(fires: "{\"compilerOptions\": {\"strict\": false}}", silent: "{}"),
      ])
    #expect(jsonc.matches.count == 1)
    let npmrc = try Self.scan(
      "strict-ssl = false\n", path: ".npmrc",
      [
        "kinds": "[npmrc]", "select": "", "when": "\"self['strict-ssl'] == 'false'\"", "at": "strict-ssl",
        "message": "m",
        "examples": Self.examples(fires: "strict-ssl=false", silent: "a=b"),
      ])
    #expect(npmrc.matches.count == 1)
  }

  static func examples(fires: String, silent: String) -> String {
    let fires = "{fires: '\(fires)'}"
    let silent = "{silent: '\(silent)'}"
    return "[\(fires), \(fires), \(silent), \(silent), \(silent)]"
  }

  @Test(
    "are refused with the place of what is wrong",
    arguments: [
      (["select": "'$.jobs['"], "12:13: select: "),
      (["when": "'has(self.uses'"], "13:11: when: "),
      (["when": "foo == 1"], "13:11: when: "),
      (["when": ""], "3:5: the rule has no when"),
      (["kinds": "[workflow]"], "11:12: kinds is one of "),
      (["kinds": "[makefile]"], "11:12: files of the kind makefile cannot be read as documents yet"),
      (["message": "'{{self.}}'"], "15:14: message: "),
      (["grade": "[{severity: low}]"], "the grade has no when"),
      (["pattern": "x"], "unknown key \"pattern\" in rule"),
      (["examples": "[]"], "18:15: rule step-rule has 0 firing and 0 silent examples; it needs 2 and 3"),
    ])
  func refused(changes: [String: String], words: String) {
    let diagnostics = PackSample.diagnostics(Self.pack(changes))
    #expect(diagnostics.contains { $0.contains(words) }, "\(diagnostics)")
  }

  @Test("never show a long text or one of several lines in a message")
  func longValues() throws {
    let key = "-----BEGIN\\nabc"
    let text = "jobs: {b: {steps: [{uses: \"\(key)\"}, {uses: \(String(repeating: "x", count: 121))}]}}"
    #expect(try Self.scan(text).matches.map(\.message) == ["(a long text) it is.", "(a long text) it is."])
  }
}
