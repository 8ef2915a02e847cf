internal import Findings

/// Writes a report for people: each finding with its line of code, what to do once for each rule, then a summary.
///
/// ```
/// src/settings.py:12:14  critical  GitHub personal access token  [github-personal-access-token, proved]
///    12 | token = "ghp_[masked:33-64]"
///       |          ^^^^^^^^^^^^^^^^^^
///       = fix: Revoke it in the settings of GitHub and read it from the environment.
/// ```
struct TextWriter: ReportWriter {
  let view: ReportView
  let style: TerminalStyle

  init(_ view: ReportView) {
    self.view = view
    style = TerminalStyle(isColored: view.options.isColored)
  }

  var report: Report { view.report }
  var options: RenderOptions { view.options }

  func written() -> [UInt8] {
    var output: [UInt8] = []
    var explained: Set<String> = []
    for finding in report.findings where options.isVerbose || !finding.isSuppressed {
      let isFirst = explained.insert(finding.ruleID).inserted
      for line in lines(of: finding, explains: isFirst) { append(line, to: &output) }
      append("", to: &output)
    }
    for line in options.hidesSummary ? errorLines : summary { append(line, to: &output) }
    return output
  }

  private func append(_ line: String, to output: inout [UInt8]) {
    output.append(contentsOf: line.utf8)
    output.append(UInt8(ascii: "\n"))
  }

  /// A path as people click it.
  func shown(_ path: SourcePath) -> String {
    TerminalText.line(options.pathPrefix) + (path.bytes.isEmpty ? "-" : path.description)
  }

  // MARK: One finding

  private func lines(of finding: Finding, explains: Bool) -> [String] {
    let rule = view.rule(of: finding)
    var lines = [heading(of: finding, rule: rule)]
    let number = String(finding.location.region.start.line)
    let margin = String(repeating: " ", count: max(5, number.count) + 1)
    if let snippet = finding.snippet {
      let view = SnippetView(snippet, width: max(20, options.width - margin.count - 2))
      let gutter = String(repeating: " ", count: margin.count - 1 - number.count) + number
      lines.append(style.faint("\(gutter) |") + (view.code.isEmpty ? "" : " \(view.code)"))
      if !view.marks.isEmpty {
        lines.append(style.faint("\(margin)|") + " " + style.severity(finding.severity, view.marks))
      }
    }
    // The rule's own sentence adds nothing to its title; one that was made for this finding does.
    if finding.message != rule?.message && finding.message != heading(rule, finding) {
      lines += note("", finding.message, margin: margin)
    }
    if !finding.encodings.isEmpty {
      lines += note("decoded: ", finding.encodings.map(\.rawValue).joined(separator: " → "), margin: margin)
    }
    for related in finding.relatedLocations {
      let start = related.location.region.start
      lines += note(
        "", "\(shown(related.location.path)):\(start.line):\(start.column): \(related.message)", margin: margin)
    }
    if options.isVerbose, !finding.alsoMatched.isEmpty {
      lines += note("also matched: ", finding.alsoMatched.joined(separator: ", "), margin: margin)
    }
    if let origin = Self.origin(finding.provenance) { lines += note("", origin, margin: margin) }
    if let suppression = finding.suppression { lines += note("suppressed: ", suppression.reason, margin: margin) }
    if explains, let fix = rule?.fix, !fix.isEmpty { lines += note("fix: ", fix, margin: margin) }
    return lines
  }

  /// Which commit brought the finding in, and whether it is still there.
  private static func origin(_ provenance: Provenance?) -> String? {
    guard let provenance, let isInHead = provenance.isInHead else { return nil }
    let date = provenance.authorDate.map { " of \($0)" } ?? ""
    let commit = provenance.commit.map { "came in with commit \($0.prefix(12))\(date)" } ?? "blob \(provenance.blob)"
    return "\(commit); \(isInHead ? "still in HEAD" : "no longer in HEAD, but in the history")"
  }

  private func heading(_ rule: Rule?, _ finding: Finding) -> String {
    if let title = rule?.title, !title.isEmpty { return title }
    return finding.message.isEmpty ? finding.ruleID : finding.message
  }

  private func heading(of finding: Finding, rule: Rule?) -> String {
    let start = finding.location.region.start
    var facts = [TerminalText.line(finding.ruleID)]
    // Every match has the shape; only an answer from its structure is news.
    if let proof = finding.proof, proof != .shaped { facts.append(proof.rawValue) }
    if finding.level != .deny { facts.append(finding.level.rawValue) }
    if finding.novelty == .existing { facts.append("existing") }
    if finding.isSuppressed { facts.append("suppressed") }
    return [
      style.path("\(shown(finding.location.path)):\(start.line):\(start.column)"),
      style.severity(finding.severity, finding.severity.rawValue),
      TerminalText.line(heading(rule, finding)),
      style.faint("[\(facts.joined(separator: ", "))]"),
    ].joined(separator: "  ")
  }

  /// Wrapped text under a finding, later lines indented as far as the first.
  private func note(_ label: String, _ text: String, margin: String) -> [String] {
    let lines = TerminalText.wrapped(text, width: max(20, options.width - margin.count - 2 - label.count))
    let indent = String(repeating: " ", count: label.count)
    return lines.enumerated().map { index, line in
      margin + (index == 0 ? "= \(label)" : "  \(indent)") + line
    }
  }
}
