internal import Findings

/// Writes Markdown as GitHub and GitLab show it, for comments and summaries: counts, findings by severity, and what to do
/// once for each rule.
struct MarkdownWriter: ReportWriter {
  let view: ReportView
  /// The most bytes; what does not fit is counted.
  var maxBytes = Int.max

  init(_ view: ReportView) { self.view = view }

  func written() -> [UInt8] {
    let head = Array(heading.utf8)
    let foot = Array(footing.utf8)
    // Room for the line that says what is left out.
    let room = maxBytes == .max ? Int.max : maxBytes - head.count - foot.count - 200
    var output = head
    var (used, shown) = (0, 0)
    let findings = view.worstFirst
    var severity: Severity?
    for finding in findings {
      var text = ""
      if finding.severity != severity { text += section(finding.severity) }
      text += row(finding)
      if used + text.utf8.count > room { break }
      output.append(contentsOf: text.utf8)
      (used, shown, severity) = (used + text.utf8.count, shown + 1, finding.severity)
    }
    if shown < findings.count {
      output.append(
        contentsOf: "\n\(findings.count - shown) more findings, none more severe, are not shown here.\n".utf8)
    }
    if shown > 0 {
      let advice = advice(Set(findings.prefix(shown).map(\.ruleID)), room: room - used)
      output.append(contentsOf: advice.utf8)
    }
    return output + foot
  }

  // MARK: Parts

  private var heading: String {
    let counts = view.counts
    let total = counts.reduce(0) { $0 + $1.count }
    let title = total == 0 ? "No findings" : "\(total) finding\(total == 1 ? "" : "s")"
    var lines = ["## \(Markdown.text(view.report.tool)): \(title)", ""]
    if total > 0 {
      lines += ["| severity | findings |", "|---|---:|"]
      lines += counts.map { "| \($0.severity.rawValue) | \($0.count) |" }
      lines.append("")
    }
    if let reason = view.report.incompleteReason {
      lines += ["**The scan is incomplete:** \(Markdown.text(reason))", ""]
    }
    return lines.joined(separator: "\n").trimmedEnd + "\n"
  }

  private func section(_ severity: Severity) -> String {
    let name = severity.rawValue
    return "\n### \(name.prefix(1).uppercased() + name.dropFirst())\n\n| place | finding | rule |\n|---|---|---|\n"
  }

  private func row(_ finding: Finding) -> String {
    let start = finding.location.region.start
    let place = finding.hasFile ? Markdown.code("\(finding.location.path):\(start.line)") : "repository"
    var text = Markdown.text(view.title(of: finding))
    let message = view.message(of: finding)
    if message != view.rule(of: finding)?.message, message != view.title(of: finding) {
      text += "<br>" + Markdown.text(TextLimit.characters(message, TerminalText.longest))
    }
    if let snippet = finding.snippet?.text.trimmed, !snippet.isEmpty {
      text += "<br>" + Markdown.code(TextLimit.characters(snippet, TerminalText.longest))
    }
    var facts = [Markdown.code(finding.ruleID)]
    if finding.level != .deny { facts.append(finding.level.rawValue) }
    if finding.novelty == .existing { facts.append("existing") }
    return "| \(place) | \(text) | \(facts.joined(separator: ", ")) |\n"
  }

  /// What to do about each rule that is shown.
  private func advice(_ shown: Set<String>, room: Int) -> String {
    var text = "\n### What to do\n\n"
    var isEmpty = true
    for rule in view.firedRules where shown.contains(rule.id) && !rule.fix.isEmpty {
      let page = view.page(of: rule).map { " <\($0)>" } ?? ""
      let line = "- **\(Markdown.text(view.title(of: rule)))**: \(Markdown.text(rule.fix))\(page)\n"
      if text.utf8.count + line.utf8.count > room { break }
      text += line
      isEmpty = false
    }
    return isEmpty ? "" : text
  }

  private var footing: String {
    var sentences: [String] = []
    if let coverage = view.report.coverage { sentences.append("\(coverage.files) files scanned.") }
    let skipped = view.report.notifications.count(where: \.isSkip)
    if skipped > 0 { sentences.append("\(skipped) not scanned.") }
    if view.suppressedCount > 0 { sentences.append("\(view.suppressedCount) suppressed.") }
    return sentences.isEmpty ? "" : "\n\(sentences.joined(separator: " "))\n"
  }
}

extension String {
  fileprivate var trimmedEnd: String {
    var text = self
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }

  fileprivate var trimmed: String { String(drop(while: \.isWhitespace)).trimmedEnd }
}
