import TestSupport
import Testing

@Suite("Rules try", .enabled(if: Tollgate.isBuilt))
struct RulesTryTests {
  static let pack = """
    pack: own
    rules:
      - id: own-pinned
        title: Not pinned
        severity: high
        confidence: high
        level: deny
        phase: build
        tags: [supply-chain]
        on: github.step
        where: has(self.uses)
        when: "self.uses.kind != 'commit' && self.with.ref != 'main'"
        grade:
          - {when: "self.uses.owner == 'actions'", severity: low, level: audit}
        at: uses
        message: "{{self.uses}} can change."
        why: Tags move.
        fix: Name the commit.
        examples:
          - fires: "jobs: {b: {steps: [{uses: a/b@v4, with: {ref: x}}]}}"
          - fires: "jobs: {b: {steps: [{uses: actions/b@v4, with: {ref: x}}]}}"
          - silent: "jobs: {b: {steps: [{uses: a/b@v4, with: {ref: main}}]}}"
          - silent: "jobs: {b: {steps: [{uses: a/b@v4}]}}"
          - silent: "jobs: {b: {steps: [{run: make}]}}"

    """

  static let workflow = """
    on: push
    jobs:
      b:
        steps:
          - {uses: actions/checkout@v4, with: {ref: dev}}
          - {uses: other/deploy@v1, with: {ref: "${{ inputs.ref }}"}}
          - {uses: other/deploy@v1}
          - {run: make}
          - {uses: other/deploy@v1, with: {ref: main}}

    """

  @Test("shows each element of a view with what every part of the expressions gave, as recorded")
  func view() async throws {
    try await TemporaryDirectory.with { directory in
      try directory.write(Self.pack, to: "own.yaml")
      try directory.write(Self.workflow, to: ".github/workflows/ci.yml")
      let outcome = try await Tollgate.run(
        "rules", "try", "own-pinned", ".github/workflows/ci.yml", "--rules", "own.yaml", in: directory)
      #expect(outcome.status == 0 && outcome.error.isEmpty)
      #expect(Snapshot.difference(outcome.outputBytes, from: "cli/rules-try-view.txt") == nil)
      let check = try await Tollgate.run(
        "check", ".", "--rules", "own.yaml", "--format", "json", in: directory)
      let findings = try JSONValue(check.outputBytes)["findings"].elements.filter { $0["rule"].text == "own-pinned" }
      #expect(findings.count == 1 && outcome.output.hasSuffix("\nfires in 1 of 5 places\n"))
    }
  }

  @Test("shows each keyword of a text rule with proof, entropy and filters, the value masked")
  func text() async throws {
    try await TemporaryDirectory.with { directory in
      let tokens = [Sample.github, Sample.broken]
      try directory.write("a = '\(tokens[0])'\nb = '\(tokens[1])'\nc = 'ghp_short'\n", to: "a.py")
      let outcome = try await Tollgate.run("rules", "try", "github-personal-access-token", "a.py", in: directory)
      #expect(outcome.status == 0 && outcome.error.isEmpty)
      for token in tokens { #expect(!outcome.output.contains(token.dropFirst(4).prefix(8))) }
      #expect(outcome.output.contains("keyword ghp_ at 1:6\n  pattern  → matches ghp_[masked:33-64] at 1:6\n"))
      #expect(outcome.output.contains("  proof    → proved: "))
      #expect(outcome.output.contains("→ disproved: "))
      #expect(outcome.output.contains("at 3:6\n  does not fire: the pattern does not match around the keyword"))
      #expect(outcome.output.hasSuffix("\nfires in 2 of 3 places\n"), "\(outcome.output)")
    }
  }

  @Test("says which filter takes a value for no credential")
  func filters() async throws {
    try await TemporaryDirectory.with { directory in
      let pack = Sample.pack().replacing("filters: []", with: "filters: [placeholder]\n    entropy: 1.5")
      try directory.write(pack, to: "own.yaml")
      try directory.write("own_0000\nown_1234\nown_2918\n", to: "a.txt")
      let outcome = try await Tollgate.run("rules", "try", "own-rule", "a.txt", "--rules", "own.yaml", in: directory)
      #expect(outcome.output.contains("does not fire: the entropy is too low"), "\(outcome.output)\(outcome.error)")
      #expect(outcome.output.contains("placeholder  → ") && outcome.output.contains("entropy             → "))
    }
  }

  @Test("masks credentials in values and messages")
  func secrecy() async throws {
    try await TemporaryDirectory.with { directory in
      let pack = Self.pack.replacing(
        "when: \"self.uses.kind", with: "when: \"self.with.ref.size() > 0 && self.uses.kind"
      )
      .replacing("{{self.uses}} can", with: "{{self.with.ref}} can")
      try directory.write(pack, to: "own.yaml")
      try directory.write(
        Self.workflow.replacing("ref: dev", with: "ref: \(Sample.github)"), to: ".github/workflows/ci.yml")
      let outcome = try await Tollgate.run(
        "rules", "try", "own-pinned", ".github/workflows/ci.yml", "--rules", "own.yaml", in: directory)
      #expect(outcome.status == 0 && outcome.output.contains("[masked:33-64] can change."), "\(outcome.error)")
      #expect(!outcome.output.contains(Sample.github.dropFirst(4).prefix(8)))
    }
  }

  @Test("exits 64 for an unknown rule, 2 for a file that cannot be read, and tells a file of another kind")
  func exits() async throws {
    try await TemporaryDirectory.with { directory in
      try directory.write(Self.pack, to: "own.yaml")
      try directory.write("a: [\n", to: ".github/workflows/ci.yml")
      try directory.write("x\n", to: "a.txt")
      func run(_ rule: String, _ file: String) async throws -> Program.Outcome {
        try await Tollgate.run("rules", "try", rule, file, "--rules", "own.yaml", in: directory)
      }
      let unknown = try await run("no-such-rule", "a.txt")
      #expect(unknown.status == 64 && unknown.error.contains("no-such-rule"))
      #expect(try await run("own-pinned", "missing").status == 2)
      let bad = try await run("own-pinned", ".github/workflows/ci.yml")
      #expect(bad.status == 2 && bad.error.contains("ci.yml:"))
      let other = try await run("own-pinned", "a.txt")
      #expect(other.status == 0 && other.output.contains("the rule looks at github-workflow, github-action"))
      #expect(other.output.hasSuffix("\ndoes not fire\n"))
    }
  }
}
