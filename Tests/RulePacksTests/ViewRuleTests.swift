import Documents
import Findings
import Testing
import Views

@testable import RulePacks

@Suite("Rules over views")
struct ViewRuleTests {
  /// A pack with one rule, its keys replaced or added.
  private static func pack(_ changes: [String: String]) -> String {
    var keys = [
      "id": "view-rule", "title": "T", "severity": "high", "confidence": "high", "level": "deny", "phase": "build",
      "tags": "[x]", "on": "github.step", "when": "has(self.uses)", "message": "'{{self.uses}}'", "why": "W",
      "fix": "F",
      "examples":
        "[{fires: 'jobs: {b: {steps: [{uses: a/b@c}]}}'}, {fires: 'jobs: {b: {steps: [{uses: a/b}]}}'}, "
        + "{silent: 'jobs: {}'}, {silent: 'on: push'}, {silent: 'jobs: {b: {steps: [{run: a}]}}'}]",
    ]
    keys.merge(changes) { $1 }
    let order = RuleMetadataReader.leadingKeys + DocumentRuleReader.viewKeys
    var seen: Set<String> = []
    let lines = order.filter { seen.insert($0).inserted }.compactMap { key in keys[key].map { "\(key): \($0)" } }
    return "pack: p\nrules:\n  - " + lines.joined(separator: "\n    ") + "\n"
  }

  private struct Files: FileResolver {
    func bytes(of path: SourcePath) -> [UInt8]? { nil }
  }

  private static func scan(
    _ text: String, path: String, _ changes: [String: String]
  ) throws -> DocumentRuleSet.Outcome {
    let pack = try RulePackReader(checksPatterns: false).read(Array(pack(changes).utf8), file: "p.yaml")
    let bytes = Array(text.utf8)
    return DocumentRuleSet(pack.documentRules).scan(bytes.span, path: SourcePath(path), others: Files())
  }

  private static func diagnostics(_ changes: [String: String]) -> [String] {
    do throws(RulePackError) {
      _ = try RulePackReader().read(Array(pack(changes).utf8), file: "p.yaml")
      return []
    } catch {
      return error.diagnostics.map(\.message)
    }
  }

  @Test("point to a member, or to its parent where it is absent, and name other places")
  func places() throws {
    let text =
      "on: push\npermissions: read-all\njobs:\n  b:\n    steps:\n      - uses: a/b@v1\n        with:\n          x: 1\n"
    let outcome = try Self.scan(
      text, path: ".github/workflows/a.yml",
      [
        "at": "with.token",
        "related": "[{at: workflow.permissions, message: 'declared for {{self.job.id}}'}, {at: absent.x, message: m}]",
      ])
    let match = try #require(outcome.matches.first)
    let bytes = Array(text.utf8)
    #expect(String(decoding: bytes[match.place], as: UTF8.self) == "with")
    #expect(match.related.map { String(decoding: bytes[$0.origin.place], as: UTF8.self) } == ["permissions: read-all"])
    #expect(match.related.map(\.message) == ["declared for b"])
    #expect(match.message == "a/b@v1")
  }

  @Test("do not fire on what is unknown, and count it")
  func unknown() throws {
    let text =
      "on: push\njobs: {b: {steps: [{uses: a/b@v1, with: {x: '${{ inputs.y }}'}}, {uses: a/c@v1, with: {x: z}}]}}"
    let outcome = try Self.scan(
      text, path: ".github/workflows/a.yml", ["where": "has(self.with)", "when": "self.with.x == 'z'"])
    #expect(outcome.matches.map(\.message) == ["a/c@v1"])
    #expect(outcome.notifications.map(\.kind) == [.unknownValue])
    #expect(outcome.notifications.first?.message.contains("in 1 places") == true)
  }

  @Test("take a missing parent for absent")
  func missingParent() throws {
    let text = "on: push\njobs: {b: {steps: [{uses: a/b@v1}]}}"
    for when in ["self.with.token == 'x'", "self.with.token != 'x'", "has(self.with.token.deep)"] {
      let outcome = try Self.scan(text, path: ".github/workflows/a.yml", ["when": "\"\(when)\""])
      #expect(outcome.matches.isEmpty && outcome.notifications.isEmpty, "\(when)")
    }
  }

  @Test("meet the files of their kinds only")
  func kinds() throws {
    let changes = ["on": "shell.command", "when": "self.name == 'make'", "message": "m", "kinds": "[dockerfile]"]
    #expect(try Self.scan("FROM a\nRUN make", path: "Dockerfile", changes).matches.count == 1)
    #expect(try Self.scan("make", path: "x.sh", changes).matches.isEmpty)
    #expect(try Self.scan("make", path: "x.sh", changes.filter { $0.key != "kinds" }).matches.count == 1)
  }

  @Test("tell once what several things inherit from one place")
  func inherited() throws {
    let text = "default: {before_script: [sudo make]}\na: {script: [x]}\nb: {script: [x]}\n"
    let outcome = try Self.scan(
      text, path: ".gitlab-ci.yml", ["on": "shell.command", "when": "self.name == 'make'", "message": "m"])
    #expect(outcome.matches.map { String(decoding: Array(text.utf8)[$0.place], as: UTF8.self) } == ["sudo make"])
  }

  @Test("grade severity, confidence and level")
  func grades() throws {
    let text = "on: push\njobs: {b: {steps: [{uses: actions/b@v1}, {uses: a/c@v1}]}}"
    let outcome = try Self.scan(
      text, path: ".github/workflows/a.yml",
      ["grade": "[{when: 'self.uses.owner == \"actions\"', severity: low, confidence: low, level: audit}]"])
    #expect(outcome.matches.map(\.severity) == [.low, .high])
    #expect(outcome.matches.map(\.confidence) == [.low, .high])
    #expect(outcome.matches.map(\.level) == [.audit, .deny])
  }

  @Test(
    "say what is wrong with the pack",
    arguments: [
      (["on": "github.stepp"], "on is text, document or a view such as github.step; did you mean github.step?"),
      (["kinds": "[npmrc]"], "github.step looks at files of the kinds github-workflow, github-action, not at npmrc"),
      (["select": "$.x"], "unknown key \"select\" in rule"),
      (["at": "a..b"], "at is the way to a member, such as uses, with.token or steps[0].run"),
      (["related": "[{at: uses}]"], "the related place has no message"),
      (["when": "self.uses ="], "when: "),
      (["when": "semvr('1')"], "when: "),
      (["grade": "[{when: 'true', severty: low}]"], "unknown key \"severty\" in grade"),
    ])
  func mistakes(changes: [String: String], expected: String) {
    // `select` is no key of a view's rule, so the pack above leaves it out.
    var text = Self.pack(changes.filter { $0.key != "select" })
    if let select = changes["select"] { text = text.replacing("    when:", with: "    select: \(select)\n    when:") }
    var messages: [String] = []
    do throws(RulePackError) { _ = try RulePackReader().read(Array(text.utf8), file: "p.yaml") } catch {
      messages = error.diagnostics.map(\.message)
    }
    #expect(messages.contains { $0.hasPrefix(expected) }, "\(messages)")
  }

  @Test("run examples as the files that they name, with the files beside them")
  func examples() throws {
    let changes = [
      "on": "shell.command", "when": "self.name == 'make'", "message": "m",
      "examples":
        "[{fires: make}, {fires: \"FROM a\\nRUN make\", path: Dockerfile}, {silent: \"FROM a\\nRUN true\", path: x/Dockerfile}, "
        + "{silent: 'echo make'}, {silent: 'x', files: {a: b}}]",
    ]
    #expect(Self.diagnostics(changes).isEmpty)
    let pack = try RulePackReader().read(Array(Self.pack(changes).utf8), file: "p.yaml")
    #expect(RuleExampleTest.run([pack]).failures.isEmpty)
    let wrong = try RulePackReader(checksPatterns: false).read(
      Array(
        Self.pack(changes.merging(["examples": "[{fires: make, path: a.txt}, {fires: 'make (', path: a.sh}]"]) { $1 })
          .utf8),
      file: "p.yaml")
    let failures = RuleExampleTest.run([wrong]).failures.map(\.message)
    #expect(failures.count == 2)
    #expect(failures.first?.contains("a file a.txt is of none of the kinds shell") == true)
    #expect(failures.last?.contains("shell script") == true)
  }
}
