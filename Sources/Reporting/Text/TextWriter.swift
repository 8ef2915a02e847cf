internal import Findings

/// Writes a report for people: by file, each finding with its line of code, what to do once for each rule, then a summary.
///
/// ```
/// src/settings.py
///   12:14  critical  GitHub personal access token  [github-personal-access-token, proved]
///     12 | token = "ghp_[masked:33-64]"
///        |          ^^^^^^^^^^^^^^^^^^
///        = fix: Revoke it in the settings of GitHub and read it from the environment.
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

  /// So many findings of one rule and severity are shown with their code; more would fill the screen with the same.
  static let maxOfRule = 5

  func written() -> [UInt8] {
    var output: [UInt8] = []
    var lines = options.isOneLine ? oneLiners : files
    if !lines.isEmpty && !(options.isOneLine && options.hidesSummary) { lines.append("") }
    lines += options.hidesSummary ? errorLines : summary
    for line in lines {
      output.append(contentsOf: line.utf8)
      output.append(UInt8(ascii: "\n"))
    }
    return output
  }

  // MARK: Files

  private var listed: [Finding] { options.isVerbose ? view.findings : view.active }

  private var files: [String] {
    let groups = FindingGroups(listed, limit: options.isVerbose ? .max : Self.maxOfRule)
    var explained: Set<String> = []
    var lines: [String] = []
    for file in groups.files {
      if !lines.isEmpty { lines.append("") }
      lines.append(link(style.path(shown(file.path)), to: file.path))
      let columns = Columns(file.findings)
      for (index, finding) in file.findings.enumerated() {
        if index > 0 { lines.append("") }
        let isFirst = explained.insert(finding.ruleID).inserted
        lines += self.lines(of: finding, columns: columns, explains: isFirst)
      }
    }
    if !groups.folds.isEmpty { lines.append("") }
    return lines + groups.folds.map(line)
  }

  private func line(_ fold: FindingGroups.Fold) -> String {
    let count = style.severity(
      fold.finding.severity, "\(Self.grouped(fold.count)) more \(fold.finding.severity.rawValue)")
    let files =
      fold.paths.count == 1 ? shown(fold.finding.location.path) : "\(Self.grouped(fold.paths.count)) files"
    return "\(count) in \(files): \(TerminalText.line(view.title(of: fold.finding)))  "
      + style.faint("[\(TerminalText.line(fold.finding.ruleID))]") + "; --verbose shows all"
  }

  /// A path as people open it.
  func shown(_ path: SourcePath) -> String {
    path.bytes.isEmpty ? "-" : TerminalText.line(options.pathPrefix) + path.description
  }

  private func link(_ text: String, to path: SourcePath) -> String {
    guard let base = options.linkBase, !path.bytes.isEmpty else { return text }
    return style.link(text, to: base + path.uri)
  }

  // MARK: One line for each

  private var oneLiners: [String] {
    listed.map { finding in
      let start = finding.location.region.start
      let place = "\(shown(finding.location.path)):\(start.line):\(start.column)"
      return [
        link(style.path(place), to: finding.location.path) + ":",
        style.severity(finding.severity, finding.severity.rawValue) + ":",
        TerminalText.line(view.title(of: finding)), style.faint("[\(facts(of: finding).joined(separator: ", "))]"),
      ].joined(separator: " ")
    }
  }

  // MARK: One finding

  /// How wide the columns of a file's findings are.
  private struct Columns {
    var place = 0
    var severity = 0

    init(_ findings: [Finding]) {
      for finding in findings {
        let start = finding.location.region.start
        place = max(place, "\(start.line):\(start.column)".utf8.count)
        severity = max(severity, finding.severity.rawValue.utf8.count)
      }
    }
  }

  private func lines(of finding: Finding, columns: Columns, explains: Bool) -> [String] {
    let rule = view.rule(of: finding)
    var lines = heading(of: finding, columns: columns)
    let number = String(finding.location.region.start.line)
    let margin = String(repeating: " ", count: max(6, number.count + 2) + 1)
    if let snippet = finding.snippet {
      let view = SnippetView(snippet, width: max(20, options.width - margin.count - 2))
      let gutter = String(repeating: " ", count: margin.count - 1 - number.count) + number
      lines.append(style.faint("\(gutter) |") + (view.code.isEmpty ? "" : " \(view.code)"))
      if !view.marks.isEmpty {
        lines.append(style.faint("\(margin)|") + " " + style.severity(finding.severity, view.marks))
      }
    }
    // The rule's own sentence adds nothing to its title; one that was made for this finding does.
    if finding.message != rule?.message && finding.message != view.title(of: finding) {
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

  private func facts(of finding: Finding) -> [String] {
    var facts = [TerminalText.line(finding.ruleID)]
    // Every match has the shape; only an answer from its structure is news.
    if let proof = finding.proof, proof != .shaped { facts.append(proof.rawValue) }
    if finding.level != .deny { facts.append(finding.level.rawValue) }
    if finding.novelty == .existing { facts.append("existing") }
    if finding.isSuppressed { facts.append("suppressed") }
    return facts
  }

  /// Place, severity, title and facts; in two lines where they do not fit into one.
  private func heading(of finding: Finding, columns: Columns) -> [String] {
    let start = finding.location.region.start
    let place = "\(start.line):\(start.column)"
    let severity = finding.severity.rawValue
    let pad = String(repeating: " ", count: columns.place - place.utf8.count)
    let gap = String(repeating: " ", count: columns.severity - severity.utf8.count)
    let title = TerminalText.line(view.title(of: finding))
    let facts = "[\(facts(of: finding).joined(separator: ", "))]"
    let indent = 2 + columns.place + 2 + columns.severity + 2
    let head =
      "  \(pad)\(link(style.path(place), to: finding.location.path))  \(style.severity(finding.severity, severity))\(gap)  "
    let page = options.linkBase == nil ? nil : view.page(of: view.rule(of: finding))
    let shownFacts = page.map { style.link(style.faint(facts), to: $0) } ?? style.faint(facts)
    if indent + TerminalText.cells(title) + 2 + TerminalText.cells(facts) <= options.width {
      return [head + title + "  " + shownFacts]
    }
    let space = String(repeating: " ", count: indent)
    let wrapped = TerminalText.wrapped(title, width: max(20, options.width - indent))
    return wrapped.enumerated().map { $0.offset == 0 ? head + $0.element : space + $0.element } + [space + shownFacts]
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
