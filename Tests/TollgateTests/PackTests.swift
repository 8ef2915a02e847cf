import TestSupport
import Testing
import Tollgate

@Suite("Packs of one's own")
struct PackTests {
  /// A pack with one rule; `extra` stands at the end of the rule.
  static func pack(
    _ name: String = "own", id: String = "own-rule", pattern: String = #"\bown_[0-9a-f]{16}\b"#, extra: String = ""
  )
    -> String
  {
    """
    pack: \(name)
    rules:
      - id: \(id)
        title: Own token
        severity: high
        confidence: high
        level: deny
        phase: code
        tags: [secret, cwe-798]
        aliases: [other/own]
        on: text
        keywords: [own_]
        pattern: '\(pattern)'
        message: An own token stands in the file.
        why: It opens the door.
        fix: Change the lock.
        examples:
          - fires: |
              x = own_{{hex:16}}
          - fires: |
              own_{{hex:16}}
          - silent: |
              own_{{hex:15}}
          - silent: |
              own_
          - silent: |
              nothing
    \(extra)
    """
  }

  private static let text =
    "own_" + MadeUpCredential.password(1, length: 1_000).filter(\.isHexDigit).lowercased().prefix(16)

  @Test("add to the built-in ones, or stand alone")
  func custom() async throws {
    try await TemporaryDirectory.with { directory in
      try directory.write(Self.pack(), to: "packs/sub/own.yaml")
      try directory.write(
        Self.pack("second", id: "second-rule", pattern: #"\bown_[0-9a-f]{3}(?=-)"#), to: "packs/b.yml")
      try directory.write("no pack", to: "packs/readme.txt")
      let request = ScannerTests.request([("a", "\(Self.text) \(ScannerTests.token)\n")])
      let both = try PolicyScanner(.init(rulePaths: [directory.path(of: "packs")]))
      #expect(try await both.scan(request).findings.map(\.ruleID) == ["own-rule", ScannerTests.github])
      let alone = try PolicyScanner(
        .init(usesBuiltInRules: false, rulePaths: [directory.path(of: "packs/sub/own.yaml")]))
      let report = try await alone.scan(request)
      #expect(report.findings.map(\.ruleID) == ["own-rule"])
      #expect(report.packs.map(\.name) == ["own"])
      #expect(alone.rule(named: "other/own")?.id == "own-rule")
      #expect(alone.rule(named: "nothing") == nil)
      #expect(both.rules.count == (try PolicyScanner().rules.count) + 2)
      #expect(both.rulesDigest != alone.rulesDigest && both.rulesDigest.count == 64)
    }
  }

  @Test("none at all find nothing, and that is no crash")
  func none() async throws {
    let scanner = try PolicyScanner(.init(usesBuiltInRules: false))
    let report = try await scanner.scan(ScannerTests.request([("a", ScannerTests.token)]))
    #expect(report.findings.isEmpty && report.isComplete)
  }

  @Test("with mistakes are refused with file, line and column, all at once")
  func mistakes() async throws {
    try await TemporaryDirectory.with { directory in
      try directory.write(Self.pack(extra: "    colour: red"), to: "packs/a.yaml")
      try directory.write(Self.pack("second", id: "second-rule", pattern: "own_("), to: "packs/b.yaml")
      try directory.write("pack: [", to: "packs/c.yaml")
      let error = #expect(throws: RulePackError.self) {
        try PolicyScanner(.init(rulePaths: [directory.path(of: "packs"), "/nonexistent/pack.yaml"]))
      }
      let lines = try #require(error).diagnostics.map { diagnostic in
        let name = diagnostic.file.replacing(directory.path + "/", with: "")
        return "\(name):\(diagnostic.position.line)"
      }
      #expect(lines == ["packs/a.yaml:28", "packs/b.yaml:13", "packs/c.yaml:1", "/nonexistent/pack.yaml:1"])
      #expect(error?.diagnostics.first?.message.contains("colour") == true)
    }
  }

  @Test("may not use the id of another rule")
  func doubleID() async throws {
    try await TemporaryDirectory.with { directory in
      try directory.write(Self.pack(id: ScannerTests.github), to: "own.yaml")
      let error = #expect(throws: RulePackError.self) {
        try PolicyScanner(.init(rulePaths: [directory.path(of: "own.yaml")]))
      }
      #expect(error?.description.contains("already used by pack") == true)
      _ = try PolicyScanner(.init(usesBuiltInRules: false, rulePaths: [directory.path(of: "own.yaml")]))
    }
  }

  @Test("are tested by their examples")
  func examples() async throws {
    try await TemporaryDirectory.with { directory in
      try directory.write(Self.pack(), to: "good.yaml")
      try directory.write(Self.pack(pattern: #"\bown_[0-9a-f]{15}"#), to: "bad.yaml")
      let good = try PolicyScanner.testRules(at: [directory.path(of: "good.yaml")])
      #expect(good.rules == 1 && good.examples == 5 && good.failures.isEmpty)
      let bad = try PolicyScanner.testRules(at: [directory.path(of: "bad.yaml")])
      #expect(bad.failures.map(\.position.line) == [22])
    }
  }
}
