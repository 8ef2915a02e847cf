import TestSupport
import Testing

@testable import Tollgate

@Suite("Imports")
struct ImportTests {
  private static func imported(
    _ files: [String: String], _ name: String, _ change: (inout ImportOptions) -> Void = { _ in }
  ) async throws -> ImportedConfiguration {
    try await TemporaryDirectory.with { directory in
      for (name, text) in files { try directory.write(text, to: name) }
      var options = ImportOptions()
      options.owner = "us"
      options.created = "2026-11-25"
      change(&options)
      return try await PolicyScanner().importConfiguration("\(directory.path)/\(name)", options: options)
    }
  }

  private static let gitleaks = #"""
    title = "ours"
    [extend]
    useDefault = true
    disabledRules = ["a", "b"]
    [[rules]]
    id = "acme-key"
    description = "An Acme key."
    regex = '''\b(acme_[a-z0-9]{32})(?:[\x60'"\s;]|\\[nr]|$)'''
    entropy = 3
    keywords = ["acme_"]
    [[rules.allowlists]]
    regexes = ['''acme_000''']
    [[rules]]
    id = "unbounded"
    regex = '''unb-[A-Z]{20,}=*'''
    keywords = ["unb-"]
    [[rules]]
    id = "other_Keywords"
    regex = '''(?i)zeta[_-]token\s*=\s*["']([\w+/]{40})["']'''
    keywords = ["ze"]
    [[rules]]
    id = "no-literal"
    regex = '''[a-z]{4}-[0-9]{12}'''
    keywords = ["mark"]
    [[rules]]
    id = "path-only"
    path = '''\.p12$'''
    [[rules]]
    id = "github-pat"
    regex = '''ghp_[0-9a-zA-Z]{36}'''
    keywords = ["ghp_"]
    [[rules]]
    id = "broken"
    regex = '''brk_(?P<a>[a-z]{10})(?<'''
    keywords = ["brk_"]
    [allowlist]
    paths = ['''(?:^|/)vendor/x\.txt$''', '''\.(?:gem|so)$''', '''(a+)+\d{3}''']
    regexes = ['''x''']
    commits = ["1234"]
    """#

  @Test("of gitleaks.toml make a pack that is checked, and tell what is not in it and why")
  func pack() async throws {
    let imported = try await Self.imported(["gitleaks.toml": Self.gitleaks], "gitleaks.toml")
    let pack = try RulePackReader().read(Array(imported.text.utf8), file: "imported.yaml")
    #expect(RuleExampleTest.run([pack]).failures.isEmpty)
    #expect(pack.rules.map(\.metadata.id) == ["gitleaks-acme-key", "gitleaks-unbounded", "gitleaks-other-keywords"])
    #expect(
      pack.rules.map(\.metadata.aliases) == [
        ["gitleaks/acme-key"], ["gitleaks/unbounded"], ["gitleaks/other_Keywords"],
      ])
    #expect(pack.textRules[0].secretGroup == "1" && pack.textRules[0].minEntropy == 3)
    #expect(pack.textRules[2].matcher.first?.value == "zeta")
    #expect(imported.carried.contains { $0.contains("--exclude '**/vendor/x.txt' --exclude '*.gem' --exclude '*.so'") })
    let dropped = imported.dropped.map(\.what).joined(separator: "\n")
    for what in [
      "rule no-literal", "rule path-only", "rule broken", "github-pat (github-personal-access-token)",
      "1 entries of the allowlist of rule acme-key", "the path (a+)+", "commits", "extend.disabledRules",
      "1 expressions",
    ] { #expect(dropped.contains(what), "\(what) is not told of in \(dropped)") }
    let all = try await Self.imported(["gitleaks.toml": Self.gitleaks], "gitleaks.toml") { $0.includesCovered = true }
    #expect(all.text.contains("id: gitleaks-github-pat"))
    // Beside the built-in rules, whose ids are others.
    _ = try RuleLibrary(RuleLibrary.builtIn() + [pack])
  }

  @Test(
    "turn expressions over paths into patterns, where they can",
    arguments: [
      (#"(?:^|/)node_modules(?:/.*)?$"#, ["node_modules"]), (#"\.gem$"#, ["*.gem"]),
      (#"go\.(?:mod|sum|work(?:\.sum)?)$"#, ["*go.mod", "*go.sum", "*go.work.sum", "*go.work"]),
      (#"(?i)\.(?:jpe?g)$"#, ["*.jpeg", "*.jpg"]), (#"^docs/.*\.md$"#, ["docs/**/*.md"]), (#"^LICENSE$"#, ["/LICENSE"]),
      (#"tests/data/.*"#, ["**/*tests/data"]), (#"a[bc]d"#, ["*a[bc]d*"]), (#"(?!a)b"#, nil), (#"a{3}"#, nil),
      (#"a\d+\.x$"#, ["*a?*.x"]), (#".*"#, []), (#"(a"#, nil),
    ] as [(String, [String]?)])
  func paths(expression: String, globs: [String]?) {
    #expect(PathPattern.globs(of: expression) == globs)
  }

  @Test(
    "give repetitions a bound",
    arguments: [
      ("a+b*", "a{1,120}b{0,120}"), ("a{3,}?", "a{3,123}?"), ("a{200,}", "a{200,400}"),
      (#"\+\*[+*]{2}"#, #"\+\*[+*]{2}"#),
      ("[]a]+", #"[\]a]{1,120}"#), ("[^]]*", #"[^\]]{0,120}"#), ("[[:alpha:]+]+", "[[:alpha:]+]{1,120}"),
      ("a{2}", "a{2}"),
      ("(?:a|b+)?", "(?:a|b{1,120})?"),
    ])
  func bounds(pattern: String, expected: String) {
    #expect(BoundedRepetition.bounded(pattern) == expected)
  }

  private static let token = MadeUpCredential.gitHubToken(21)

  @Test("of .gitleaksignore make exceptions for what is found there now")
  func ignoreFile() async throws {
    let text =
      "# ours\n0123456789012345678901234567890123456789:src/a.py:github-pat:2\nsrc/gone.py:github-pat:1\nsrc/a.py:github-pat:9\nnonsense\n"
    let imported = try await Self.imported(
      ["src/a.py": "\nx = '\(Self.token)'\n", "gitleaks/.gitleaksignore": "", ".gitleaksignore": text],
      ".gitleaksignore")
    #expect(imported.form == .exceptions && !imported.isEmpty)
    for line in [
      "rules: [github-personal-access-token]", "paths: ['src/a.py']", "owner: 'us'", "created: '2026-11-25'",
      "expires: '2027-02-23'", "version: 1",
    ] { #expect(imported.text.contains(line), "\(line)") }
    #expect(imported.carried == ["1 accepted findings"])
    #expect(imported.dropped.count == 3)
    #expect(Leak(of: [Self.token]).found(in: "\(imported)") == nil)
    #expect(imported.text.split(separator: "\n").count { $0.hasPrefix("  - id: imported-") } == 1)
  }

  @Test("of .secrets.baseline accept the value that was written down, and no other")
  func baseline() async throws {
    func baseline(_ hash: String, audited: Bool = false) -> String {
      """
      {"version": "1.5.0", "plugins_used": [{"name": "GitHubTokenDetector"}], "results": {"a.py": [{"type": "GitHub Token",
       "filename": "a.py", "hashed_secret": "\(hash)", "line_number": 1, "is_verified": false\(audited ? ", \"is_secret\": true" : "")}]}}
      """
    }
    let hash = SHA1.hex(Array(Self.token.utf8))
    let files = ["a.py": "\n\nx = '\(Self.token)'\n"]
    let right = try await Self.imported(
      files.merging([".secrets.baseline": baseline(hash)]) { $1 }, ".secrets.baseline")
    #expect(right.text.contains("github-personal-access-token") && right.carried == ["1 accepted findings"])
    let other = try await Self.imported(
      files.merging([".secrets.baseline": baseline(SHA1.hex([1]))]) { $1 }, ".secrets.baseline")
    #expect(other.isEmpty && other.text.isEmpty)
    let real = try await Self.imported(
      files.merging([".secrets.baseline": baseline(hash, audited: true)]) { $1 }, ".secrets.baseline")
    #expect(real.isEmpty && real.dropped.contains { $0.why.contains("real secret") })
  }

  @Test(
    "know SHA-1",
    arguments: [
      ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"), ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
      (String(repeating: "a", count: 200), "e61cfffe0d9195a525fc6cf06ca2d77119c24a40"),
    ])
  func sha1(text: String, digest: String) {
    #expect(SHA1.hex(Array(text.utf8)) == digest)
  }

  @Test("refuse what is no configuration, and exceptions without an owner or with a wrong day")
  func refused() async throws {
    await #expect(throws: ImportError.self) { _ = try await Self.imported(["a.toml": "x = 1\n"], "a.toml") }
    await #expect(throws: ImportError.self) { _ = try await Self.imported(["a.toml": "[[[\n"], "a.toml") }
    await #expect(throws: ImportError.self) { _ = try await Self.imported(["a.json": "{}"], "a.json") }
    await #expect(throws: ImportError.self) { _ = try await Self.imported([:], "none.toml") }
    let ignore = [".gitleaksignore": "a:b:1\n"]
    await #expect(throws: ImportUsageError.self) {
      _ = try await Self.imported(ignore, ".gitleaksignore") { $0.owner = nil }
    }
    await #expect(throws: ImportUsageError.self) {
      _ = try await Self.imported(ignore, ".gitleaksignore") { $0.expires = "2026-02-30" }
    }
    await #expect(throws: ImportUsageError.self) {
      _ = try await Self.imported(ignore, ".gitleaksignore") { $0.expires = "2025-01-01" }
    }
  }

  @Test("never read files outside of the folder of what is imported")
  func outside() async throws {
    let text = "../secret.py:github-pat:1\n/etc/hostname:github-pat:1\n"
    let imported = try await Self.imported(
      ["secret.py": "x = '\(Self.token)'\n", "in/.gitleaksignore": text], "in/.gitleaksignore")
    #expect(imported.isEmpty && imported.dropped.count == 2)
  }
}
