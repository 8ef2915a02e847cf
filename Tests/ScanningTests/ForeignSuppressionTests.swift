import Findings
import RulePacks
import Sources
import TestSupport
import Testing

@testable import Scanning

@Suite("Suppression comments of other tools")
struct ForeignSuppressionTests {
  private static let token = MadeUpCredential.gitHubToken(7)

  // `~` is left out, so that no tool reads the comments of this file.

  @Test(
    "speak of a secret in their line",
    arguments: [
      ("x = '#' # gitleaks~:allow", "gitleaks"), ("x = '#' // betterleaks~:allow", "betterleaks"),
      ("x = '#' # kingfisher~:ignore", "kingfisher"), ("x = '#' # trufflehog~:ignore", "trufflehog"),
      ("x = '#'  # pragma: ~allowlist secret", "detect-secrets"),
      ("// pragma: ~allowlist nextline secret\nx = '#'", "detect-secrets"),
      ("<x>#</x> <!-- pragma: ~allowlist secret -->", "detect-secrets"), ("x = '#'  # gg~ignore", "ggshield"),
      ("x = '#'  # no~sec", "bandit"), ("x = '#'  # no~sec B105", "bandit"), ("x = '#'  #no~sec G101 -- test", "gosec"),
      ("x = '#'  # no~semgrep", "semgrep"), ("# no~semgrep\nx = '#'", "semgrep"),
      ("x = '#'  # no~semgrep: generic.secrets.security.detected-github-token", "semgrep"),
      ("x = '#'  # checkov~:skip=CKV_SECRET_6:sample", "checkov"),
      ("# checkov~:skip=CKV_SECRET_6:a\nx = '#'", "checkov"),
      ("# kics~-scan ignore-line\nx = '#'", "kics"), ("# kics~-scan ignore\n\na = 1\nx = '#'", "kics"),
      ("x = '#' # GitLeaks~:Allow", "gitleaks"),
    ])
  func secrets(text: String, tool: String) async {
    let text = text.replacing("~", with: "").replacing("'#'", with: "'\(Self.token)'").replacing(
      ">#<", with: ">\(Self.token)<")
    let report = await Scan.text(text + "\n")
    #expect(report.ruleIDs == [github], "\(text)")
    #expect(report.findings.first?.suppression?.tool == tool, "\(text)")
    #expect(report.findings.first?.suppression?.reason.hasPrefix("comment of \(tool): ") == true)
    var options = Scan.options()
    options.honoursForeignSuppressions = false
    let forbidden = await Scan.text(text + "\n", options: options)
    #expect(forbidden.findings.map(\.isSuppressed) == [false])
  }

  @Test(
    "suppress nothing elsewhere",
    arguments: [
      "# gitleaks~:allow\nx = '#'", "x = '#'\n# gitleaks~:allow", "# gg~ignore\n\nx = '#'",
      "x = '#' # gitleaks~:allowed",
      "x = '#' # no~sec B602", "x = '#' # no~security", "x = '#' # no~qa", "x = '#' # no~semgrep: a.b.c",
      "x = '#' # zizmor: ~ignore[artipacked]", "a\n# kics~-scan ignore\nx = '#'",
      "x = '#' # pragma: ~allowlist nextline secret",
      "# pragma: ~allowlist secret\nx = '#'", "x = '#' # trivy~:ignore:AVD-DS-0001", "xgg~ignore '#'",
    ])
  func elsewhere(text: String) async {
    let text = text.replacing("~", with: "").replacing("'#'", with: "'\(Self.token)'")
    let report = await Scan.text(text + "\n")
    #expect(report.findings.map(\.isSuppressed) == [false], "\(text)")
  }

  @Test("behind any line of a private key speak of the key")
  func key() async {
    var lines = MadeUpCredential.privateKey(7)
    lines[lines.count - 1] += "  # gitleaks" + ":allow"
    #expect(await Scan.text(lines.joined(separator: "\n")).findings.map(\.suppression?.tool) == ["gitleaks"])
  }

  @Test("give way to our own, which says why")
  func own() async {
    let text = "x = '\(Self.token)' # gitleaks" + ":allow # tollgate" + ":ignore \(github) -- revoked\n"
    #expect(await Scan.text(text).findings.first?.suppression == Suppression(kind: .inSource, reason: "revoked"))
  }

  @Test("do not bring the value into the report")
  func leak() async {
    let report = await Scan.text("x = '\(Self.token)' # gitleaks" + ":allow \(Self.token) is old\n")
    #expect(report.findings.first?.isSuppressed == true)
    #expect(Leak(of: [Self.token]).found(in: "\(report)") == nil)
  }

  // MARK: Checks of configuration

  /// A rule that finds `bad` values of YAML, and one that finds RUN instructions with `bad`.
  private static func engine() throws -> Engine {
    let pack = """
      pack: p
      rules:
        - id: bad-value
          title: Bad
          severity: high
          confidence: high
          level: deny
          phase: build
          tags: [t]
          aliases: [zizmor/bad-thing, checkov/CKV_X_1, kics/1234-abcd, trivy/AVD-DS-0002, tfsec/some-check, semgrep/a.b.bad]
          on: document
          kinds: [yaml]
          select: $..v
          when: self == "bad"
          message: Bad.
          why: It is.
          fix: Mend it.
          references: []
          examples: []
        - id: bad-run
          title: Bad run
          severity: high
          confidence: high
          level: deny
          phase: build
          tags: [t]
          aliases: [hadolint/DL3008, checkov/CKV_DOCKER_9]
          on: text
          keywords: [run]
          pattern: 'bad-run'
          filters: []
          message: Bad.
          why: It is.
          fix: Mend it.
          references: []
          examples: []
      """
    let rules = try RulePackReader(checksPatterns: false).read(Array(pack.utf8), file: "p.yaml")
    return Engine(library: try RuleLibrary([rules]), tool: "t", version: "1")
  }

  private static func tools(_ text: String, name: String) async throws -> [String?] {
    let text = text.replacing("~", with: "")
    let files = MemoryFiles([(SourcePath(name), Array(text.utf8))])
    return try await engine().scan(.memory(files), options: Scan.options()).findings.map { $0.suppression?.tool }
  }

  @Test(
    "name a check by its id, and reach as far as their tool says",
    arguments: [
      ("a:\n  v: bad # zizmor: ~ignore[other,bad-thing]\n  b: {v: bad}\n", ["zizmor", nil]),
      ("a:\n  # zizmor: ~ignore[bad-thing]\n  v: bad\n", [nil]),
      ("a:\n  # checkov~:skip=CKV_X_1:why\n  v: bad\n  d: {v: bad}\nb:\n  v: bad\n", ["checkov", "checkov", nil]),
      ("a:\n  # checkov~:skip=CKV_X_2:why\n  v: bad\n", [nil]),
      ("# kics~-scan ignore-block\na:\n  v: bad\n  c:\n    v: bad\nb:\n  v: bad\n", ["kics", "kics", nil]),
      ("# kics~-scan disable=9,1234-abcd\na:\n  v: bad\n", ["kics"]),
      ("# trivy~:ignore:avd-ds-0002\na:\n  v: bad\nb:\n  v: bad\n", ["trivy", nil]),
      ("# trivy~:ignore:DS002\na:\n  v: bad\n", ["trivy"]), ("# trivy~:ignore:DS003\na:\n  v: bad\n", [nil]),
      ("# trivy~:ignore:DS002:exp:2031-01-01\na:\n  v: bad\n", [nil]),
      ("a:\n  v: bad # tfsec~:ignore:some-check\n", ["tfsec"]),
      ("a:\n  # no~semgrep: bad\n  v: bad\n", ["semgrep"]), ("a:\n  v: bad # no~semgrep: x.a.b.bad\n", ["semgrep"]),
      ("a:\n  v: bad # gitleaks~:allow\n", [nil]),
    ])
  func checks(text: String, expected: [String?]) async throws {
    #expect(try await Self.tools(text, name: "a.yaml") == expected, "\(text)")
  }

  @Test(
    "of hadolint speak of the instruction below, or of the file",
    arguments: [
      ("FROM a\n# hadolint ~ignore=DL3008,DL3009\nRUN a && \\\n  # why\n  bad-run\nRUN bad-run\n", ["hadolint", nil]),
      ("FROM a\n# hadolint ~ignore=DL3009\nRUN bad-run\n", [nil]),
      ("# hadolint ~global ignore=DL3008\nFROM a\nRUN bad-run\nRUN bad-run\n", ["hadolint", "hadolint"]),
      ("FROM a\n# checkov~:skip=CKV_DOCKER_9:why\nRUN x\nRUN bad-run\n", ["checkov"]),
    ])
  func hadolint(text: String, expected: [String?]) async throws {
    #expect(try await Self.tools(text, name: "Dockerfile") == expected, "\(text)")
  }

  @Test("of a block of Terraform stand within it")
  func terraform() async throws {
    let block =
      "resource \"a\" \"b\" {\n  #COMMENT\n  c {\n    x = \"bad-run\"\n  }\n}\nresource \"d\" {\n  x = \"bad-run\"\n}\n"
    let text = block.replacing("COMMENT", with: "checkov~:skip=CKV_DOCKER_9:why")
    #expect(try await Self.tools(text, name: "main.tf") == ["checkov", nil])
    #expect(try await Self.tools("#checkov~:skip=CKV_DOCKER_9:why\n" + block, name: "main.tf") == [nil, nil])
  }
}
