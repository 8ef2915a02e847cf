import Findings

/// Reports that the tests of several formats share.
enum Sample {
  /// Values with no piece of six bytes in common with anything else that is written.
  static let secrets = [
    Array(("ghp_" + "Zq3vK9xWm2Lr7TnB5cYd8HsJ4fGp6QaUe1Rt").utf8), Array("Xk8#mQ2!vR5^tW9&".utf8),
    Array(String(repeating: "uJ7yH4gB1nM6", count: 20).utf8), [0xFF, 0x1B, 0x5B] + Array("wP5eD0sA3zC8".utf8),
  ]

  static func rule(
    _ id: String, _ title: String, _ severity: Severity, level: Level = .deny, tags: [String] = ["secret", "cwe-798"],
    pack: String = "secrets"
  ) -> Rule {
    Rule(
      id: id, pack: pack, title: title, severity: severity, confidence: .high, level: level, phase: .code,
      tags: tags, message: "\(title) stands in the file.", why: "Whoever reads the repository can use it.",
      fix: "Revoke it in the settings of its provider, then let the program read a new one from the environment.",
      references: ["https://docs.example.com/tokens"])
  }

  static func finding(
    _ ruleID: String, _ severity: Severity, path: SourcePath, line: Int, columns: Range<Int>,
    message: String = "GitHub personal access token stands in the file.", level: Level = .deny, text: String = "",
    mark: Range<Int> = 0..<0, secret: Secret? = nil, proof: Proof? = nil, suppression: Suppression? = nil,
    ordinal: Int = 1, encodings: [Encoding] = []
  ) -> Finding {
    var finding = Finding(
      ruleID: ruleID, severity: severity, confidence: .high, level: level, message: message,
      location: Location(
        path: path,
        region: Region(
          start: Position(line: line, column: columns.lowerBound), end: Position(line: line, column: columns.upperBound)
        )),
      snippet: text.isEmpty ? nil : Snippet(text: text, mark: mark), secret: secret, proof: proof,
      fingerprint: Fingerprint(ruleID: ruleID, matchedText: secret?.exposedBytes ?? [], key: [7]).with(
        ordinal: ordinal),
      lineHash: "1131fd5871777f34:\(ordinal)", suppression: suppression)
    finding.encodings = encodings
    return finding
  }

  static let github = "github-personal-access-token"

  /// What a scan of an ordinary repository gives.
  static let ordinary: Report = {
    let token = Secret(secrets[0], publicPrefixLength: 4)
    let line = "token = \"\(token.mask)\""
    return Report(
      tool: "Tollgate", version: "1.2.3",
      packs: [Report.Pack(name: "secrets", digest: String(repeating: "ab", count: 32), ruleCount: 3)],
      rules: [
        rule(github, "GitHub personal access token", .critical),
        rule("password-assignment", "Password in an assignment", .medium, level: .warn),
        rule("silent-rule", "Rule that found nothing", .low, tags: ["cwe-259", "cwe-798"]),
      ],
      findings: [
        finding(
          github, .critical, path: SourcePath("src/settings.py"), line: 12, columns: 10..<50, text: line, mark: 9..<27,
          secret: token, proof: .proved),
        finding(
          github, .critical, path: SourcePath("src/settings.py"), line: 140, columns: 10..<50, text: line, mark: 9..<27,
          secret: token, proof: .proved, ordinal: 2, encodings: [.base64, .percent]),
        finding(
          github, .note, path: SourcePath("tests/data.py"), line: 3, columns: 1..<9, text: "\(token.mask)",
          mark: 0..<18, secret: token, proof: .disproved,
          suppression: Suppression(kind: .inSource, reason: "made up for the tests")),
        finding(
          "password-assignment", .medium, path: SourcePath("web/é b.js"), line: 7, columns: 8..<24,
          message: "The password of the database stands in the file.", level: .warn,
          text: "\tpass = '[masked:9-16]';", mark: 9..<22, secret: Secret(secrets[1])),
      ],
      notifications: [
        Notification(kind: .binary, level: .note, message: "not text", path: SourcePath("logo.png")),
        Notification(
          kind: .tooLarge, level: .warning, message: "larger than 10 MB; raise the limit to scan it",
          path: SourcePath("data/dump.sql")),
        Notification(kind: .symbolicLink, level: .note, message: "not followed", path: SourcePath("link")),
        Notification(kind: .symbolicLink, level: .note, message: "not followed", path: SourcePath("link2")),
      ],
      coverage: Report.Coverage(files: 1_204, bytes: 12_400_000))
  }()

  /// What somebody who hates us would put into a repository.
  static let hostile: Report = {
    let name = SourcePath(bytes: Array("a\"b\\c\n\u{1B}]0;owned\u{7}\u{202E}".utf8) + [0xFF, 0xC3])
    let text = "x = \"\u{1B}[31m\u{202E}\u{2028}漢字 e\u{301} 👩\u{200D}👩 \t\u{7F}\u{9B}\" \\ \(Secret(secrets[3]).mask)"
    return Report(
      tool: "Tollgate", version: "dev \u{1B}", packs: [],
      rules: [rule("odd\u{1B}rule", "Title\nwith \u{1B}[2J lines", .high, tags: ["a\u{1B}", "", "cwe-1", "cwe-1"])],
      findings: secrets.indices.map { index in
        finding(
          "odd\u{1B}rule", .high, path: name, line: index + 1, columns: 1..<5,
          message: String(repeating: "message \u{1B}[31m\n\"漢\" \u{202E}", count: 300), text: text, mark: 5..<9,
          secret: Secret(secrets[index], publicPrefixLength: 4), ordinal: index + 1)
      } + [
        finding(
          "no-such-rule", .low, path: name, line: 1, columns: 1..<1, message: "",
          text: String(repeating: "漢", count: 900), mark: 450..<452)
      ],
      notifications: [
        Notification(kind: .init(rawValue: "odd\u{1B}"), level: .warning, message: "\u{1B}[2J\r\n", path: name),
        Notification(kind: .unreadable, level: .error, message: "permission\u{1B} denied", path: name),
      ],
      coverage: Report.Coverage(files: 1, bytes: 1))
  }()

  /// One finding of each kind that there is.
  static let kinds: Report = {
    let token = Secret(secrets[0], publicPrefixLength: 4)
    var absent = finding(
      "container-runs-as-root", .high, path: SourcePath("deploy/pod.yaml"), line: 7, columns: 3..<13,
      message: "The container \"web\" sets no securityContext", text: "  containers:", mark: 2..<12)
    absent.relatedLocations = [
      RelatedLocation(
        location: Location(
          path: SourcePath("deploy/base.yaml"),
          region: Region(start: Position(line: 2, column: 1), end: Position(line: 2, column: 9))),
        message: "the defaults stand here")
    ]
    var pinned = finding(
      "github-action-not-pinned", .medium, path: SourcePath(".github/workflows/ci.yml"), line: 9, columns: 15..<33,
      message: "someone/deploy@v4 can change.", text: "      - uses: someone/deploy@v4", mark: 14..<32)
    pinned.location.region.byteRange = 120..<138
    let version = Region(
      start: Position(line: 9, column: 30), end: Position(line: 9, column: 33), byteRange: 135..<138)
    pinned.fixes = [
      Fix(
        description: "Pin the action to a commit",
        edits: [
          Fix.Edit(
            location: Location(path: pinned.location.path, region: version),
            replacement: "@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v4")
        ]),
      Fix(
        description: "Remove the step and its script",
        edits: [
          Fix.Edit(
            location: Location(
              path: pinned.location.path,
              region: Region(start: Position(line: 9, column: 1), end: Position(line: 10, column: 1))), replacement: ""),
          Fix.Edit(
            location: Location(
              path: SourcePath("deploy.sh"),
              region: Region(start: Position(line: 1, column: 1), end: Position(line: 1, column: 1))),
            replacement: "exit 1\n"),
        ]),
    ]
    let packages = ["CVE-2021-44228", "CVE-2021-45046"].enumerated().map { index, advisory in
      var package = finding(
        "vulnerable-package", .critical, path: SourcePath("pom.xml"), line: 21, columns: 7..<41,
        message: "org.apache.logging.log4j:log4j-core 2.14.1 is affected by \(advisory).", ordinal: index + 1)
      package.lineHash = "9f3c2a17b04d\(index)"
      return package
    }
    var repository = finding(
      "no-security-policy", .low, path: SourcePath(""), line: 1, columns: 1..<1,
      message: "The repository says nowhere how to report a weakness", level: .audit)
    repository.lineHash = nil
    return Report(
      tool: "Tollgate", version: "1.2.3",
      packs: [
        Report.Pack(name: "secrets", digest: String(repeating: "ab", count: 32), ruleCount: 1),
        Report.Pack(name: "pipelines", digest: String(repeating: "cd", count: 32), ruleCount: 4),
      ],
      rules: [
        rule("container-runs-as-root", "Container may run as root", .high, tags: ["cwe-250"], pack: "pipelines"),
        rule(
          "github-action-not-pinned", "Action is not pinned to a commit", .medium, tags: ["cwe-829"], pack: "pipelines"),
        rule(github, "GitHub personal access token", .critical),
        rule("no-security-policy", "No security policy", .low, level: .audit, tags: [], pack: "pipelines"),
        rule("vulnerable-package", "Package with a known weakness", .critical, tags: ["cwe-1395"], pack: "pipelines"),
      ],
      findings: [
        pinned, absent,
        finding(
          github, .critical, path: SourcePath("k8s/secret.yaml"), line: 5, columns: 10..<66,
          message: "GitHub personal access token stands in the file, encoded as base64.",
          text: "  token: [masked:33-64]", mark: 9..<23, secret: token, proof: .proved),
        finding(
          github, .critical, path: SourcePath("k8s/test.yaml"), line: 5, columns: 10..<66,
          text: "  token: [masked:33-64]",
          mark: 9..<23, secret: token, proof: .proved,
          suppression: Suppression(kind: .external, reason: "accepted by the security team until the end of May"),
          ordinal: 2),
      ] + packages + [repository],
      notifications: [
        Notification(
          kind: .unparsable, level: .warning, message: "line 3: a tab", path: SourcePath("chart/values.yaml"))
      ],
      coverage: Report.Coverage(files: 9, bytes: 4_321))
  }()

  /// What a change brought and what it found there.
  static let change: Report = {
    var report = kinds
    for index in report.findings.indices { report.findings[index].novelty = index % 2 == 0 ? .new : .existing }
    return report
  }()

  static let reports = ["ordinary": ordinary, "hostile": hostile, "empty": empty, "kinds": kinds, "change": change]

  static let empty = Report(tool: "Tollgate", version: "1.2.3", coverage: Report.Coverage(files: 0, bytes: 0))
}

extension Fingerprint {
  func with(ordinal: Int) -> Fingerprint { Fingerprint(digest: digest, ordinal: ordinal) }
}
