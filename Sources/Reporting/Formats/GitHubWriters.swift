internal import Findings

// GitHub makes annotations of at most ten errors, ten warnings and ten notices of a step, and fifty of a job
// (https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands); which ones is a matter of order. So
// the worst come first, and what is left out is said.

/// Writes workflow commands, which GitHub shows at the lines of a pull request, then a summary for the job's log.
struct GitHubAnnotationsWriter: ReportWriter {
  let view: ReportView

  init(_ view: ReportView) { self.view = view }

  private static let maxOfType = 10
  private static let inData = PlainText.Replacements(["%": "%25", "\r": "%0D", "\n": "%0A"])
  private static let inProperty = PlainText.Replacements([":": "%3A", ",": "%2C"])
  private static let inLine = PlainText.Replacements(["#": "＃"])

  func written() -> [UInt8] {
    var output: [UInt8] = []
    var counts: [String: Int] = [:]
    var shown = 0
    let findings = view.worstFirst
    for finding in findings {
      let type = Self.type(finding.severity)
      if counts[type, default: 0] == Self.maxOfType { continue }
      counts[type, default: 0] += 1
      shown += 1
      output.append(contentsOf: "\(command(type, finding))\n".utf8)
    }
    let total = findings.count
    var lines = [total == 0 ? "No findings" : "\(total) finding\(total == 1 ? "" : "s"): \(view.countText)"]
    if shown < total {
      lines.append("\(total - shown) of them have no annotation: GitHub shows \(Self.maxOfType) of a type")
    }
    if let reason = view.report.incompleteReason { lines.append("The scan is incomplete: \(reason)") }
    for line in lines { output.append(contentsOf: "\(Self.plain(line))\n".utf8) }
    return output
  }

  private static func type(_ severity: Severity) -> String {
    switch severity {
    case .critical, .high: "error"
    case .medium: "warning"
    case .low, .note: "notice"
    }
  }

  private func command(_ type: String, _ finding: Finding) -> String {
    let region = finding.location.region
    var properties: [(String, String)] = []
    if finding.hasFile {
      properties += [("file", finding.location.path.description), ("line", String(region.start.line))]
      properties.append(("endLine", String(region.end.line)))
      // The runner takes columns only within one line.
      if region.end.line == region.start.line {
        properties += [("col", String(region.start.column)), ("endColumn", String(region.end.column))]
      }
    }
    properties.append(("title", PlainText.line(view.title(of: finding))))
    var lines = [PlainText.line(view.message(of: finding)) + " [\(PlainText.line(finding.ruleID))]"]
    if let fix = view.rule(of: finding)?.fix, !fix.isEmpty { lines.append("Fix: \(PlainText.line(fix))") }
    let list = properties.map { "\($0)=\(Self.property($1))" }.joined(separator: ",")
    return "::\(type) \(list)::\(Self.data(lines.joined(separator: "\n")))"
  }

  /// What the runner undoes (actions/toolkit, packages/core/src/command.ts).
  private static func data(_ text: String) -> String {
    inData.escaped(text)
  }

  private static func property(_ text: String) -> String {
    inProperty.escaped(data(text))
  }

  /// A line of the log in which the runner finds no command: an older form of them begins with `##[` anywhere in a line.
  private static func plain(_ line: String) -> String { inLine.escaped(PlainText.line(line)) }
}

/// Writes Markdown for the file that GITHUB_STEP_SUMMARY names. GitHub refuses more than 1 MiB of a step.
struct GitHubSummaryWriter: ReportWriter {
  static let maxBytes = 900_000

  let view: ReportView

  init(_ view: ReportView) { self.view = view }

  func written() -> [UInt8] {
    var writer = MarkdownWriter(view)
    writer.maxBytes = Self.maxBytes
    return writer.written()
  }
}
