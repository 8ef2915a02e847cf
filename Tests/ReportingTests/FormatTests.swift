import Findings
import Foundation
import TestSupport
import Testing

@testable import Reporting

/// What the readers of each format require; consumers that others wrote are asked by `scripts/check-reports`.
@Suite("Formats of services")
struct FormatTests {
  private func text(_ report: Report, _ name: String, _ options: RenderOptions = RenderOptions()) throws -> String {
    let format = try #require(ReportFormat(rawValue: name))
    return String(decoding: render(report, as: format, options: options), as: UTF8.self)
  }

  private func json(_ report: Report, _ name: String, _ options: RenderOptions = RenderOptions()) throws -> JSONValue {
    try JSONValue(Array(text(report, name, options).utf8))
  }

  /// As many findings of each severity.
  private func many(_ count: Int) -> Report {
    let findings = Severity.allCases.flatMap { severity in
      (0..<count).map { index in
        Sample.finding(
          "rule-\(severity.rawValue)", severity, path: SourcePath("src/file.py"), line: index + 1, columns: 1..<2,
          message: "message \(index)", ordinal: index + 1)
      }
    }
    return Report(tool: "Tollgate", version: "1.0.0", findings: findings, coverage: Report.Coverage(files: 1, bytes: 1))
  }

  // MARK: Tables

  @Test(
    "every format has a name, an ending and a type that files and servers can bear", arguments: ReportFormat.allCases)
  func table(format: ReportFormat) {
    #expect(format.rawValue.wholeMatch(of: /[a-z][a-z-]*/) != nil)
    #expect(format.fileExtension.wholeMatch(of: /[a-z]+/) != nil)
    #expect(format.mediaType.wholeMatch(of: /[a-z]+\/[a-z+]+/) != nil)
  }

  @Test("CSV has as many fields in each row, and none that a spreadsheet would calculate")
  func csv() throws {
    var report = Sample.hostile
    for (index, name) in ["=HYPERLINK(1)", "+1", "-1", "@x", "a\"b,c"].enumerated() {
      report.findings[index].location.path = SourcePath(name)
    }
    let rows = try text(report, "csv").split(separator: "\r\n").map(fields)
    #expect(rows.count == 6)
    #expect(Set(rows.map(\.count)) == [15])
    for field in rows.dropFirst().joined() { #expect(!"=+-@".contains(field.first ?? " ")) }
    #expect(rows[1][3] == "'=HYPERLINK(1)" && rows[5][3] == "a\"b,c")
  }

  /// One row of RFC 4180.
  private func fields(_ row: Substring) -> [String] {
    var fields = [""]
    var isQuoted = false
    for scalar in row.unicodeScalars {
      if scalar == "\"" {
        if !isQuoted, row.unicodeScalars.count > 0, fields[fields.count - 1].hasSuffix("\u{1}") {
          fields[fields.count - 1].unicodeScalars.removeLast()
          fields[fields.count - 1] += "\""
        }
        isQuoted.toggle()
        if !isQuoted { fields[fields.count - 1] += "\u{1}" }
      } else if scalar == ",", !isQuoted {
        fields.append("")
      } else {
        fields[fields.count - 1].unicodeScalars.append(scalar)
      }
    }
    return fields.map { $0.replacing("\u{1}", with: "") }
  }

  // MARK: XML

  @Test("JUnit counts what it holds, and tells failures, advice, suppressed and passed rules apart")
  func junit() throws {
    let xml = try text(Sample.kinds, "junit")
    #expect(xml.contains("<testsuites name=\"Tollgate\" tests=\"7\" failures=\"5\" errors=\"0\" skipped=\"2\">"))
    #expect(xml.contains("<testsuite name=\"secrets\" tests=\"2\" failures=\"1\" errors=\"0\" skipped=\"1\">"))
    #expect(xml.ranges(of: "<testcase ").count == 7 && xml.ranges(of: "<failure ").count == 5)
    #expect(xml.contains("<skipped message=\"advice: "))
    #expect(xml.contains("<skipped message=\"suppressed: accepted by the security team"))
    let ordinary = try text(Sample.ordinary, "junit")
    #expect(ordinary.contains("<testcase name=\"Rule that found nothing\" classname=\"silent-rule\"/>"))
    let hostile = try text(Sample.hostile, "junit")
    #expect(hostile.contains("errors=\"1\""))
    // What a change found there is no failure of it.
    #expect(try text(Sample.change, "junit").contains("<skipped message=\"not of this change: "))
  }

  @Test("no character stands in XML that it can not hold", arguments: ["junit", "checkstyle"])
  func xml(format: String) throws {
    for name in Sample.reports.keys.sorted() {
      let xml = try text(#require(Sample.reports[name]), format)
      for scalar in xml.unicodeScalars where scalar.value < 0x20 { #expect(scalar == "\n" || scalar == "\t") }
      // Each tag that opens closes.
      let opened = xml.matches(of: /<([a-z]+)[^<>]*[^\/<>]>/).map { String($0.output.1) }
      let closed = xml.matches(of: /<\/([a-z]+)>/).map { String($0.output.1) }
      #expect(opened.sorted() == closed.sorted())
      #expect(xml.firstMatch(of: /&(?!amp;|lt;|gt;|quot;|#9;|#10;)/) == nil)
    }
  }

  @Test("Checkstyle names each file once")
  func checkstyle() throws {
    let xml = try text(Sample.kinds, "checkstyle")
    #expect(xml.ranges(of: "<file name=\"pom.xml\">").count == 1 && xml.ranges(of: "<error ").count == 6)
    #expect(xml.contains("source=\"pipelines.github-action-not-pinned\""))
  }

  // MARK: GitLab

  @Test("GitLab Code Quality has what the merge request needs, and no fingerprint twice")
  func codeQuality() throws {
    var report = Sample.kinds
    report.findings.append(report.findings[0])
    let issues = try json(report, "gitlab-codequality").elements
    #expect(issues.count == 7)
    #expect(Set(issues.map { $0["fingerprint"].text }).count == 7)
    for issue in issues {
      for key in ["description", "check_name", "fingerprint"] { #expect(issue[key].text?.isEmpty == false) }
      #expect(["info", "minor", "major", "critical", "blocker"].contains(issue["severity"].text))
      #expect(issue["location"]["path"].text?.isEmpty == false && issue["location"]["lines"]["begin"].number ?? 0 >= 1)
    }
    #expect(try text(Sample.empty, "gitlab-codequality") == "[]\n")
  }

  @Test("GitLab's security reports part the findings between them")
  func securityReports() throws {
    var options = RenderOptions(duration: .seconds(61))
    options.endTime = 1_772_323_199
    options.commit = "08c6903cd8c0fde910a37f88322edcfb5dd907a8"
    let secrets = try json(Sample.kinds, "gitlab-secret-detection", options)
    let rest = try json(Sample.kinds, "gitlab-sast", options)
    #expect(secrets["vulnerabilities"].elements.count == 1 && rest["vulnerabilities"].elements.count == 4)
    #expect(secrets["vulnerabilities"][0]["location"]["commit"]["sha"].text == options.commit)
    #expect(secrets["scan"]["type"].text == "secret_detection" && rest["scan"]["type"].text == "sast")
    #expect(secrets["scan"]["start_time"].text == "2026-02-28T23:58:58")
    #expect(secrets["scan"]["end_time"].text == "2026-02-28T23:59:59")
    for vulnerability in rest["vulnerabilities"].elements + secrets["vulnerabilities"].elements {
      #expect(
        vulnerability["id"].text?.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/)
          != nil)
      #expect(!vulnerability["identifiers"].elements.isEmpty)
    }
    let ids = rest["vulnerabilities"].elements.map { $0["id"].text }
    #expect(Set(ids).count == ids.count)
    #expect(try json(Sample.hostile, "gitlab-sast", options)["scan"]["status"].text == "failure")
    let proved = try json(Sample.ordinary, "gitlab-secret-detection")["vulnerabilities"]
    #expect(proved.elements.allSatisfy { $0["flags"] == .absent })
  }

  @Test(
    "times are those of the calendar",
    arguments: [
      (0, "1970-01-01T00:00:00"), (951_782_399, "2000-02-28T23:59:59"), (951_782_400, "2000-02-29T00:00:00"),
      (1_709_164_800, "2024-02-29T00:00:00"), (4_107_542_399, "2100-02-28T23:59:59"),
      (4_107_542_400, "2100-03-01T00:00:00"), (-5, "1970-01-01T00:00:00"), (Int.max, "9999-12-31T23:59:59"),
    ])
  func times(seconds: Int, expected: String) {
    #expect(GitLabSecurityForm.time(seconds) == expected)
  }

  // MARK: SonarQube and reviewdog

  @Test("SonarQube gets rules for all issues, and no empty span")
  func sonarQube() throws {
    let report = try json(Sample.kinds, "sonarqube")
    let rules = Set(report["rules"].elements.map { $0["id"].text })
    #expect(report["issues"].elements.count == 5 && rules.count == 4)
    for rule in report["rules"].elements {
      for key in ["id", "name", "description", "engineId", "cleanCodeAttribute"] {
        #expect(rule[key].text?.isEmpty == false)
      }
      #expect(rule["impacts"][0]["softwareQuality"].text == "SECURITY")
    }
    for issue in report["issues"].elements {
      #expect(rules.contains(issue["ruleId"].text))
      let range = issue["primaryLocation"]["textRange"]
      #expect(range["startColumn"].number == nil || range["startColumn"] != range["endColumn"])
    }
    let other = try json(Sample.hostile, "sonarqube")
    #expect(other["issues"].elements.contains { $0["primaryLocation"]["textRange"]["startColumn"] == .absent })
  }

  @Test("reviewdog gets columns in bytes where they are sure, and a fix as a suggestion")
  func reviewdog() throws {
    let diagnostics = try json(Sample.kinds, "rdjson")["diagnostics"].elements
    #expect(diagnostics.count == 5)
    let suggestion = diagnostics[0]["suggestions"]
    #expect(suggestion.elements.count == 1)
    #expect(
      suggestion[0]["range"]["start"]["column"].number == 30 && suggestion[0]["range"]["end"]["column"].number == 33)
    #expect(diagnostics[1]["related_locations"][0]["location"]["path"].text == "deploy/base.yaml")
    let lines = try text(Sample.kinds, "rdjsonl").split(separator: "\n").map { try JSONValue(Array($0.utf8)) }
    #expect(lines.map { $0["location"] } == diagnostics.map { $0["location"] })
    #expect(lines.allSatisfy { $0["source"]["name"].text == "Tollgate" })
  }

  @Test(
    "columns of the line turn into bytes",
    arguments: [
      ("a = secret", 4..<10, 5..<11, nil, 5..<11), ("é漢 = x", 5..<6, 6..<7, nil, 9..<10),
      ("👍x", 1..<2, 3..<4, nil, 5..<6), ("x = [masked:9-16]", 4..<17, 5..<15, 10..<20, 5..<15),
      ("x = [masked:9-16]", 4..<17, 5..<15, nil, nil), ("[masked:1-8] = x", 15..<16, 9..<10, nil, nil),
      ("\u{FFFD}x", 1..<2, 2..<3, nil, nil),
    ] as [(String, Range<Int>, Range<Int>, Range<Int>?, Range<Int>?)])
  func columns(line: String, mark: Range<Int>, columns: Range<Int>, bytes: Range<Int>?, expected: Range<Int>?) {
    var finding = Sample.finding(
      "r", .low, path: SourcePath("a"), line: 3, columns: columns, text: line, mark: mark)
    finding.location.region.byteRange = bytes
    #expect(LineColumns(finding)?.columns(of: finding.location.region) == expected)
  }

  // MARK: Logs of pipelines

  @Test("GitHub gets the worst ten of a type, and is told of the rest")
  func gitHubLimits() throws {
    let lines = try text(many(12), "github").split(separator: "\n")
    for type in ["error", "warning", "notice"] { #expect(lines.count { $0.hasPrefix("::\(type) ") } == 10) }
    #expect(lines.prefix(10).allSatisfy { $0.contains("[rule-critical]") })
    #expect(lines.filter { $0.hasPrefix("::notice") }.allSatisfy { $0.contains("[rule-low]") })
    #expect(lines.suffix(2).first == "60 findings: 12 critical, 12 high, 12 medium, 12 low, 12 note")
    #expect(lines.last?.hasPrefix("30 of them have no annotation") == true)
  }

  @Test("nothing in a report is a command of a pipeline but ours", arguments: ["github", "azure"])
  func injection(format: String) throws {
    var report = Sample.kinds
    for index in report.findings.indices {
      report.findings[index].location.path = SourcePath(
        "a,line=9::x\r\n::error::owned\n##vso[task.setvariable variable=a]b")
      report.findings[index].message = "x\r\n::set-output name=a::b\n##vso[task.complete]%0A##[command]y"
      report.findings[index].severity = index % 2 == 0 ? .note : .high
    }
    report.rules = []
    report.notifications.append(
      Notification(kind: .unreadable, level: .error, message: "\n::stop-commands::x ##vso[task.complete]"))
    let text = try text(report, format)
    #expect(!text.contains("\r"))
    for line in text.split(separator: "\n") {
      #expect(
        !line.hasPrefix("::")
          || line.firstMatch(of: /^::(error|warning|notice) file=a%2Cline=9%3A%3Ax|^::(notice) title/) != nil
          || line.contains("title="))
      if format == "azure" {
        let commands = line.ranges(of: "##vso[").count
        #expect(line.hasPrefix("##vso[task.logissue ") || commands == 0)
      }
    }
  }

  @Test("the summary of a step stays below what GitHub takes, and says what is left out")
  func summaryLimit() throws {
    let report = many(200)
    let whole = try text(report, "markdown")
    var writer = MarkdownWriter(ReportView(report))
    for limit in [2_000, 20_000, whole.utf8.count - 1] {
      writer.maxBytes = limit
      let summary = String(decoding: writer.written(), as: UTF8.self)
      #expect(summary.utf8.count <= limit)
      #expect(summary.contains("more findings, none more severe, are not shown here"))
      #expect(summary.contains("### Critical"))
    }
    #expect(GitHubSummaryWriter.maxBytes < 1 << 20)
  }

  @Test(
    "text of others is text in Markdown",
    arguments: [
      ("a|b", "a\\|b"), ("<script>", "&lt;script&gt;"), ("@team #1 !5", "&#64;team &#35;1 &#33;5"),
      ("[x](y) *z* `c`", "\\[x\\](y) \\*z\\* \\`c\\`"), ("a\r\n# b", "a &#35; b"), ("|\u{301}", "\\|\u{301}"),
    ])
  func markdown(text: String, expected: String) {
    #expect(Markdown.text(text) == expected)
  }

  @Test(
    "code in Markdown ends where it should",
    arguments: [("a`b", "`` a`b ``"), ("``", "``` `` ```"), ("a|b", "`a\\|b`")])
  func code(text: String, expected: String) {
    #expect(Markdown.code(text) == expected)
  }
}
