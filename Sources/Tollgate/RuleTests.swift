public import RulePacks

/// What came of running the examples of rules.
public struct RuleTestOutcome: Sendable {
  /// How many rules were tested.
  public var rules: Int
  /// How many examples were run.
  public var examples: Int
  /// The examples that did not come out as written, and where they stand.
  public var failures: [PackDiagnostic]
}

extension PolicyScanner {
  /// Checks packs and runs the examples of their rules.
  ///
  /// - Parameter paths: pack files and directories; empty: the built-in packs.
  /// - Throws: what is wrong with the packs themselves.
  public static func testRules(at paths: [String] = []) throws(RulePackError) -> RuleTestOutcome {
    var packs: [RulePack] = []
    if paths.isEmpty { packs = try RuleLibrary.builtIn(isChecked: true) }
    for path in paths { packs += try PackLoader.packs(at: path) }
    _ = try RuleLibrary(packs)
    let outcome = RuleExampleTest.run(packs)
    return RuleTestOutcome(rules: outcome.rules, examples: outcome.examples, failures: outcome.failures)
  }

  /// The rule with this id or alias.
  public func rule(named name: String) -> Rule? { library.rule(named: name)?.metadata }

  /// What a rule looks for, key by key, as its pack says it: keywords and pattern, or kinds, select and when.
  public func matcher(ofRule name: String) -> [(key: String, value: String)] {
    library.rule(named: name)?.matcher ?? []
  }

  /// One value that names the rules in use: SHA-256 over the digests of all packs, in hexadecimal.
  public var rulesDigest: String { library.digest }
}
