import Findings
import Reporting

extension Microbenchmarks {
  /// Writing 25,000 findings in each format, the most that services take, and reading them back.
  static func reports() throws {
    let report = manyFindings(25_000)
    print("\n| 25,000 findings as | MB | written in ms |\n|---|---|---|")
    for format in ReportFormat.allCases {
      let size = render(report, as: format).count
      let seconds = best(of: 3) { _ = render(report, as: format) }
      print("| \(format.rawValue) | \(rounded(Double(size) / 1e6)) | \(rounded(seconds * 1000)) |")
    }
    let sarif = render(report, as: .sarif)
    let seconds = best(of: 3) { _ = try? SARIFReader.read(sarif) }
    let read = try SARIFReader.read(sarif)
    print("\nSARIF of \(read.findings.count) findings is read in \(rounded(seconds * 1000)) ms")
    let compared = best(of: 3) { _ = ReportDiff(from: read, to: report) }
    let merged = best(of: 3) { _ = ReportMerge.byTool([read, report]) }
    print("Two such reports are compared in \(rounded(compared * 1000)) ms and merged in \(rounded(merged * 1000)) ms")
  }

  static func manyFindings(_ count: Int) -> Report {
    let rules = (0..<200).map { number in
      Rule(
        id: "rule-number-\(number)", pack: "pack-\(number % 5)", title: "Credential of provider \(number)",
        severity: Severity.allCases[number % 5], confidence: .high, level: .deny, phase: .code,
        tags: ["secret", "cwe-\(number % 30 + 200)"], message: "A credential of provider \(number) stands in the file.",
        why: "Whoever reads the repository can use it in the name of its owner, until somebody revokes it.",
        fix: "Revoke it in the settings of the provider, then let the program read a new one from its environment.",
        references: ["https://docs.example.com/credentials/\(number)"])
    }
    let findings = (0..<count).map { number in
      let rule = rules[number % rules.count]
      let line = number % 900 + 1
      var finding = Finding(
        ruleID: rule.id, severity: rule.severity, confidence: .high, level: .deny, message: rule.message,
        location: Location(
          path: SourcePath("services/part-\(number / 900)/sources/settings-\(number / 90).yaml"),
          region: Region(start: Position(line: line, column: 14), end: Position(line: line, column: 54))),
        snippet: Snippet(text: "    token: \"[masked:33-64]\"  # of the service", mark: 12..<26), proof: .shaped,
        fingerprint: Fingerprint(digest: String(number * 7_919 + 1 << 40, radix: 16), ordinal: 1))
      finding.lineHash = "\(String(number * 104_729 + 1 << 40, radix: 16)):1"
      return finding
    }
    return Report(
      tool: "Tollgate", version: "1.0.0", rules: rules, findings: findings,
      coverage: Report.Coverage(files: 9_000, bytes: 1 << 30))
  }
}
