import Findings
import Gating
import Testing

@Suite("Reading policies")
struct PolicyReaderTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var text: String
    /// `line:column: start of the message`
    var complaints: [String]
    var testDescription: String { complaints.first ?? "no complaint" }

    init(_ text: String, _ complaints: String...) {
      self.text = text
      self.complaints = complaints
    }
  }

  private static let exception =
    "reason: it is test data, owner: me, created: 2026-11-01, expires: 2026-12-01"

  static let cases = [
    Case("", "1:1: the policy is empty"),
    Case("- a", "1:1: the policy is a mapping"),
    Case("id: a", "1:1: the policy has no version"),
    Case("version: 2", "1:10: version is 1"),
    Case("version: 1\nversion: 1", "2:1: key version is written twice"),
    Case("version: 1\nexlude: [a]", "2:1: unknown key \"exlude\" in the policy; did you mean exclude?"),
    Case("version: 1\n---\nversion: 1", "3:1: a policy holds one document"),
    Case("version: 1\nid: Not This", "2:5: id is written in lower case"),
    Case("version: [1", "1:12: not valid YAML"),
    Case("version: 1\nminTollgate: 99.0.0"),
    Case("version: 1\nminTollgate: new", "2:14: minTollgate is a version"),
    Case("version: 1\nrules: []", "2:8: rules is empty"),
    Case(
      "version: 1\nrules: [{}]", "2:9: a rule of the policy has no id", "2:9: there is no match",
      "2:9: a rule of the policy has no then"),
    Case(
      "version: 1\nrules: [{id: a, match: {}, then: block}]",
      "2:34: then is one of off, audit, warn, deny, not \"block\""),
    Case(
      "version: 1\nrules: [{id: a, match: {}, then: deny, thn: x}]",
      "2:40: unknown key \"thn\" in a rule of the policy; did you mean then?"),
    Case(
      "version: 1\nrules: [{id: a, match: {rules: [x]}, then: deny}, {id: a, match: {}, then: deny}]",
      "2:51: rule id a is already used in line 2"),
    Case(
      "version: 1\nrules: [{id: a, match: {paths: '[x'}, then: deny}]", "2:32: paths: \"[x\" is no pattern of paths"),
    Case("version: 1\nrules: [{id: a, match: {rules: 'x['}, then: deny}]", "2:32: rules: \"x[\" has a bracket"),
    Case("version: 1\nrules: [{id: a, match: {severity: hgih}, then: deny}]", "2:35: severity is one of"),
    Case("version: 1\nrules: [{id: a, match: {severity: < note}, then: deny}]", "2:35: severity matches nothing"),
    Case("version: 1\nrules: [{id: a, match: {severity: <> high}, then: deny}]", "2:35: severity: the signs are"),
    Case("version: 1\nrules: [{id: a, match: {state: old}, then: deny}]", "2:32: state is one of new"),
    Case("version: 1\nrules: [{id: a, match: {cwe: x}, then: deny}]", "2:30: cwe is the number"),
    Case("version: 1\nrules: [{id: a, match: {fingerprints: abc}, then: deny}]", "2:39: fingerprints are written"),
    Case("version: 1\nrules: [{id: a, match: {when: 'finding.'}, then: deny}]", "2:31: when: "),
    Case("version: 1\nrules: [{id: a, match: {when: 'findings.rule == \"a\"'}, then: deny}]", "2:31: when: "),
    Case(
      "version: 1\nrules: [{id: a, match: {any: [{any: [{any: [{any: [{any: [{any: [{any: [{any: [{any: [{}]}]}]}]}]}]}]}]}]}, then: deny}]",
      "2:80: matches within matches"),
    Case("version: 1\nrules: [{id: a, match: {}, then: deny, until: soon}]", "2:47: until is a day"),
    // What is never reached.
    Case(
      "version: 1\nrules:\n- {id: a, match: {}, then: deny}\n- {id: b, match: {rules: x}, then: off}",
      "4:3: rule b is never reached: rule a in line 3"),
    Case(
      "version: 1\nrules:\n- {id: a, match: {rules: 'x*'}, then: deny}\n- {id: b, match: {rules: [xa, xb]}, then: off}",
      "4:3: rule b is never reached"),
    Case(
      "version: 1\nrules:\n- {id: a, match: {severity: '>= low'}, then: deny}\n- {id: b, match: {severity: high, paths: a}, then: off}",
      "4:3: rule b is never reached"),
    Case(
      "version: 1\nrules:\n- {id: a, match: {rules: 'x*'}, then: deny}\n- {id: b, match: {rules: [xa, y]}, then: off}"),
    Case(
      "version: 1\nrules:\n- {id: a, match: {when: 'true'}, then: deny}\n- {id: b, match: {when: 'true', rules: x}, then: off}",
      "4:3: rule b is never reached"),
    Case("version: 1\nrules:\n- {id: a, match: {}, then: deny, until: 2026-12-01}\n- {id: b, match: {}, then: off}"),
    // Budgets and requirements.
    Case("version: 1\nbudgets: [{id: a, match: {}}]", "2:11: the budget limits nothing"),
    Case(
      "version: 1\nbudgets: [{id: a, match: {}, max: -1}]", "2:11: the budget limits nothing",
      "2:35: max is a whole number"),
    Case(
      "version: 1\nbudgets: [{id: a, match: {}, max: 1, decrease: {by: 0, from: 2026-12-01}}]",
      "2:48: decrease: by and everyDays"),
    Case("version: 1\nrequire: {limits: {too-large: 1%, binary: 3}, notScanned: 5}"),
    Case("version: 1\nrequire: {limits: {too-large: some}}", "2:31: too-large is a number"),
    Case("version: 1\nstages: {Main: {}}", "2:10: a stage is named in lower case"),
    Case("version: 1\nstages: {main: {scope: lines}}", "2:24: scope is one of changed-lines"),
    Case("version: 1\nbaseline: {source: file}", "2:20: source file needs a path"),
    Case("version: 1\nbaseline: {source: none, path: a}", "2:32: source none has no path"),
    Case("version: 1\ngrace: {critical: 7, rule-new: {days: 3}}"),
    Case("version: 1\ngrace: {rule-new: {from: 2026-12-01}}", "2:19: rule-new has no days"),
    Case("version: 1\noverrides: [{match: {}}]", "2:13: the override changes nothing"),
    Case("version: 1\nextends: [{path: ../x}]", "2:18: path leads out of the repository"),
    Case("version: 1\nextends: [{path: x, sha256: abc}]", "2:29: sha256 is 64 hexadecimal digits"),
    Case("version: 1\nextends: [{path: x}]", "2:11: x cannot be read"),
    // Exceptions.
    Case("version: 1\nexceptions: {list: [{id: a, match: {rules: x, paths: y}, \(exception)}]}"),
    Case(
      "version: 1\nexceptions: {list: [{id: a, match: {rules: '*', paths: y}, \(exception)}]}",
      "2:36: an exception names what it accepts"),
    Case(
      "version: 1\nexceptions: {list: [{id: a, match: {rules: x}, \(exception)}]}",
      "2:36: an exception names what it accepts"),
    Case(
      "version: 1\nexceptions: {list: [{id: a, match: {rules: x, paths: '**/*'}, \(exception)}]}",
      "2:36: an exception names what it accepts"),
    Case(
      "version: 1\nexceptions: {list: [{id: a, match: {rules: x, paths: y}, reason: short, owner: me, created: 2026-11-31, expires: 2026-12-01}]}",
      "2:66: reason is shorter", "2:93: created is a day"),
    Case(
      "version: 1\nexceptions: {list: [{id: a, match: {rules: x, paths: y}, reason: it is test data, owner: me, created: 2026-12-02, expires: 2026-12-01}]}",
      "2:124: expires is before created"),
    Case(
      "version: 1\nexceptions: {list: [{id: a, match: {rules: x, paths: y}}]}", "2:21: an exception has no reason",
      "2:21: an exception has no owner", "2:21: an exception has no created", "2:21: an exception has no expires"),
    Case("version: 1\nexceptions: {files: [gone.yml]}", "1:1: the file of exceptions gone.yml cannot be read"),
  ]

  @Test("tells every mistake with its place", arguments: cases)
  func mistakes(row: Case) {
    var found: [String] = []
    do throws(PolicyError) {
      _ = try Policy(Array(row.text.utf8), file: "p.yml")
    } catch {
      found = error.diagnostics.map { "\($0.position.line):\($0.position.column): \($0.message)" }
    }
    #expect(found.count == row.complaints.count, "\(found)")
    for (found, wanted) in zip(found, row.complaints) { #expect(found.hasPrefix(wanted), "\(found)") }
  }

  @Test("reads the built-in policy, which denies serious new findings")
  func builtIn() {
    #expect(Policy.builtIn.id == "built-in")
    #expect(Policy.builtIn.isBuiltIn)
  }

  @Test(
    "ends on hostile files",
    arguments: [
      String(repeating: "[", count: 50_000), String(repeating: "a: ", count: 50_000),
      "version: 1\nrules: [" + String(repeating: "{id: a, match: {}, then: deny}, ", count: 2_000) + "]",
    ])
  func hostile(text: String) {
    #expect(throws: PolicyError.self) { try Policy(Array(text.utf8), file: "p.yml") }
  }
}
