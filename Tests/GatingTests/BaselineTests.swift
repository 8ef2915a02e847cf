import Findings
import Gating
import TestSupport
import Testing

@Suite("Baselines")
struct BaselineTests {
  private static let key = Array("key".utf8)

  private static func secret(
    _ name: String, path: String, hash: String = "a1:1", rule: String = "token", proof: Proof? = .shaped
  ) -> Finding {
    Sample.finding(rule, path: path, digest: Sample.digest(name), proof: proof, lineHash: hash)
  }

  private static func states(
    known: [Finding], found: [Finding], reach: ScanReach = .whole, fixed: Set<String> = []
  ) -> [FindingState?] {
    var baseline = Baseline(Sample.report(known), since: Sample.day, key: key)
    for index in baseline.entries.indices where fixed.contains(baseline.entries[index].digest) {
      baseline.entries[index].isFixed = true
    }
    return BaselineMatching(found, baseline, reach: reach, key: key).matches.map { $0?.state }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var known: [Finding]
    var found: [Finding]
    var states: [FindingState?]
    var reach = ScanReach.whole
    var fixed: Set<String> = []

    init(
      _ name: String, _ known: [Finding], _ found: [Finding], _ states: [FindingState?], reach: ScanReach = .whole,
      fixed: Set<String> = []
    ) {
      testDescription = name
      (self.known, self.found, self.states, self.reach, self.fixed) = (known, found, states, reach, fixed)
    }
  }

  static let cases: [Case] = [
    Case("the same", [secret("x", path: "a")], [secret("x", path: "a")], [.existing]),
    Case("an edited line", [secret("x", path: "a")], [secret("x", path: "a", hash: "b2:1")], [.existing]),
    Case("another value", [secret("x", path: "a")], [secret("y", path: "a")], [nil]),
    Case("a renamed file", [secret("x", path: "a")], [secret("x", path: "b")], [.moved]),
    Case(
      "a renamed file and an edited line", [secret("x", path: "a")], [secret("x", path: "b", hash: "b2:1")], [.moved]),
    Case("a copy", [secret("x", path: "a")], [secret("x", path: "a"), secret("x", path: "b")], [.existing, .spread]),
    Case(
      "a copy in the same file", [secret("x", path: "a")],
      [secret("x", path: "a"), secret("x", path: "a", hash: "b2:1")],
      [.existing, .spread]),
    Case(
      "one of two moves", [secret("x", path: "a"), secret("x", path: "b")],
      [secret("x", path: "b"), secret("x", path: "c")], [.existing, .moved]),
    Case(
      "the line tells which one moved", [secret("x", path: "a", hash: "1:1"), secret("x", path: "b", hash: "2:1")],
      [secret("x", path: "c", hash: "2:1"), secret("x", path: "d", hash: "1:1")], [.moved, .moved]),
    Case(
      "a copy in a change that does not touch the first place", [secret("x", path: "a")], [secret("x", path: "b")],
      [.spread], reach: .files([SourcePath("b")])),
    Case(
      "a move within a change", [secret("x", path: "a")], [secret("x", path: "b")], [.moved],
      reach: .files([SourcePath("a"), SourcePath("b")])),
    Case(
      "a copy where nobody knows what was scanned", [secret("x", path: "a")], [secret("x", path: "b")], [.spread],
      reach: .unknown),
    Case(
      "back again", [secret("x", path: "a")], [secret("x", path: "a")], [.reopened], fixed: [Sample.digest("x")]),
    Case(
      "back elsewhere", [secret("x", path: "a")], [secret("x", path: "b")], [.reopened], fixed: [Sample.digest("x")]),
    Case(
      "a second setting of the same words is new", [secret("x", path: "a", proof: nil)],
      [secret("x", path: "a", proof: nil), secret("x", path: "b", proof: nil)], [.existing, nil]),
    Case(
      "a setting whose names changed is told by its line", [secret("x", path: "a", proof: nil)],
      [secret("y", path: "a", proof: nil)], [.existing]),
    Case(
      "but not in another file", [secret("x", path: "a", proof: nil)], [secret("y", path: "b", proof: nil)], [nil]),
    Case(
      "and not by another rule", [secret("x", path: "a", proof: nil)],
      [secret("y", path: "a", rule: "other", proof: nil)], [nil]),
    Case("a value is never told by its line", [secret("x", path: "a")], [secret("y", path: "a")], [nil]),
    Case(
      "two of three are left", [secret("x", path: "a"), secret("x", path: "a"), secret("x", path: "a")],
      [secret("x", path: "a"), secret("x", path: "a")], [.existing, .existing]),
  ]

  @Test("tell findings again", arguments: cases)
  func matching(row: Case) {
    #expect(Self.states(known: row.known, found: row.found, reach: row.reach, fixed: row.fixed) == row.states)
  }

  @Test("come back from their text as they were, whatever names hold")
  func roundTrip() throws {
    let findings = [
      Self.secret("x", path: "a b/\u{E9}%\n#.py"), Self.secret("x", path: "a b/\u{E9}%\n#.py"),
      Self.secret("y", path: "c", hash: "9f:2", rule: "a rule/of another tool"),
      Sample.finding("z", path: "d", lineHash: nil),
    ]
    var baseline = Baseline(Sample.report(findings), since: Sample.day, key: Self.key)
    baseline.entries[0].isFixed = true
    let bytes = baseline.bytes
    let read = try Baseline(bytes, file: "b")
    #expect(read.entries == baseline.entries)
    #expect(read.knownRules == baseline.knownRules)
    #expect(read.bytes == bytes)
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    #expect(lines.count == 3 + 3 + 3)
    // Sorted, so that two people who write the same write the same bytes.
    #expect(Array(lines.dropFirst(6)) == lines.dropFirst(6).sorted())
  }

  @Test("merge: what both sides added becomes one entry, the earlier day and the greater number hold")
  func merge() throws {
    let head = "# tollgate baseline 1\n"
    let digest = Sample.digest("x")
    let text =
      head + """
        \(digest) token 0a1b2c3d4e5f a since=2026-11-20 fixed
        \(digest) token 0a1b2c3d4e5f a since=2026-11-18 n=2
        \(digest) token 0a1b2c3d4e5f b

        """
    let baseline = try Baseline(Array(text.utf8), file: "b")
    #expect(baseline.entries.count == 2)
    #expect(baseline.entries[0].since == Day("2026-11-18"))
    #expect(baseline.entries[0].count == 2)
    #expect(!baseline.entries[0].isFixed)
  }

  @Test(
    "that cannot be read say where",
    arguments: [
      ("", "b:1:1: this is no baseline"), ("# tollgate baseline 1\nx", "b:2:1: an entry is"),
      ("# tollgate baseline 1\n<<<<<<< HEAD\n", "b:2:1: a merge is not finished"),
      ("# tollgate baseline 1\n0123456789abcdef r - a since=soon", "b:2:1: an entry is"),
      ("# tollgate baseline 1\n0123456789abcdef r - a n=0", "b:2:1: an entry is"),
      ("# tollgate baseline 1\nknown", "b:2:1: known has one rule"),
    ])
  func unreadable(text: String, message: String) {
    #expect {
      _ = try Baseline(Array(text.utf8), file: "b")
    } throws: { "\($0)".hasPrefix(message) }
  }

  @Test("are updated: days stay, what is gone becomes fixed, what is back opens again")
  func update() throws {
    let first = Baseline(
      Sample.report([Self.secret("x", path: "a"), Self.secret("y", path: "b")]), since: Sample.day, key: Self.key)
    let later = Sample.day.adding(30)
    let report = Sample.report([Self.secret("x", path: "moved"), Self.secret("z", path: "c")])
    let second = first.updated(with: report, on: later, key: Self.key)
    func entry(_ name: String, in baseline: Baseline) -> Baseline.Entry? {
      baseline.entries.first { $0.digest == Sample.digest(name) }
    }
    #expect(entry("x", in: second)?.path == SourcePath("moved"))
    #expect(entry("x", in: second)?.since == Sample.day)
    #expect(entry("y", in: second)?.isFixed == true)
    #expect(entry("z", in: second)?.since == later)
    #expect(second.entries.count == 3)
    // The same again changes nothing.
    #expect(second.updated(with: report, on: later.adding(9), key: Self.key).bytes == second.bytes)
    #expect(second.difference(to: report, key: Self.key).isEmpty)
    let third = second.updated(with: Sample.report([Self.secret("y", path: "b")]), on: later, key: Self.key)
    #expect(entry("y", in: third)?.isFixed == false)
    #expect(
      second.pruned(with: report, key: Self.key).entries.map(\.digest)
        == second.entries.filter { !$0.isFixed }.map(\.digest))
  }

  @Test("of a part of the tree leave the rest alone")
  func partialUpdate() {
    let baseline = Baseline(
      Sample.report([Self.secret("x", path: "a"), Self.secret("y", path: "b")]), since: Sample.day, key: Self.key)
    let reach = ScanReach.files([SourcePath("a")])
    let updated = baseline.updated(with: Sample.report([]), reach: reach, on: Sample.day, key: Self.key)
    #expect(updated.entries.map(\.isFixed) == updated.entries.map { $0.path == SourcePath("a") })
    #expect(updated.entries.count == 2)
  }

  @Test("give a gate the states; a rule that they do not know is new, not the line")
  func states() {
    let known = Self.secret("x", path: "a")
    var baseline = Baseline(Sample.report([known]), since: Sample.day, key: [])
    let found = [known, Self.secret("y", path: "a"), Self.secret("z", path: "a", rule: "young")]
    var gate = Gate(policy: .builtIn, asOf: Sample.day, baseline: baseline)
    let verdict = gate.decide(Sample.report(found))
    #expect(verdict.decisions.map(\.state) == [.existing, .new, .ruleNew])
    #expect(verdict.decisions.map(\.effect) == [.warn, .deny, .warn])
    // Where nobody wrote down which rules had looked, every finding that is not known is new.
    baseline.knownRules = []
    gate.baseline = baseline
    #expect(gate.decide(Sample.report(found)).decisions.map(\.state) == [.existing, .new, .new])
  }

  @Test("of a hundred thousand equal findings are matched in one pass", .endsInTheEnd)
  func many() {
    let known = (0..<2_000).map { Self.secret("x", path: "f\($0)") }
    let found = (0..<100_000).map { Self.secret("x", path: "f\($0 / 2)", hash: "\($0):1") }
    let states = Self.states(known: known, found: found)
    #expect(states.count { $0 == .existing } == 2_000)
    #expect(states.count { $0 == .spread } == 98_000)
  }
}
