internal import Findings
internal import Gating

/// Writes a verdict as Markdown that a code host shows under a change. Nothing from the scanned files may become markup:
/// all of it goes through ``MarkdownText``.
struct VerdictMarkdown {
  private let verdict: Verdict

  init(_ verdict: Verdict) {
    self.verdict = verdict
  }

  func written() -> String {
    let sign =
      switch verdict.outcome {
      case .passed: "✅"
      case .failed: "❌"
      case .incomplete: "⚠️"
      }
    var blocks = [
      "### \(sign) Gate \(verdict.outcome)",
      verdict.reasons.map { "- \(MarkdownText.escaped($0))" }.joined(separator: "\n"),
    ]
    let denied = verdict.decisions.filter { $0.effect == .deny }
    blocks.append(table("Denied", denied) { $0.message ?? $0.finding.message })
    if let step = verdict.nextStep { blocks.append(MarkdownText.escaped(step)) }
    let excused = verdict.decisions.filter { $0.isExcused && $0.unexcused == .deny }
    blocks.append(folded("Excused: \(excused.count)", table("", excused, VerdictText.excuse)))
    let warned = verdict.decisions.filter { $0.effect == .warn }
    blocks.append(folded("Warnings: \(warned.count)", table("", warned) { $0.finding.message }))
    let notices = verdict.exceptions.filter { $0.status != .used }.map { exception in
      "- exception \(MarkdownText.code(exception.id)) of \(MarkdownText.escaped(exception.owner)): "
        + "\(exception.status.rawValue), until \(exception.until)"
    }
    blocks.append(notices.joined(separator: "\n"))
    blocks.append(
      "<sub>stage \(verdict.stage), policy \(MarkdownText.escaped(verdict.policy)), as of \(verdict.asOf)</sub>")
    return blocks.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  private func table(_ title: String, _ decisions: [Decision], _ words: (Decision) -> String) -> String {
    if decisions.isEmpty { return "" }
    var rows = ["| where | rule | severity | state | |", "|---|---|---|---|---|"]
    for decision in decisions.prefix(verdict.listLimit) {
      let finding = decision.finding
      rows.append(
        "| \(MarkdownText.code(VerdictText.place(of: finding))) | \(MarkdownText.code(finding.ruleID)) | \(finding.severity) "
          + "| \(decision.state.rawValue) | \(MarkdownText.escaped(words(decision))) |")
    }
    let more = decisions.count > verdict.listLimit ? "\n\n… and \(decisions.count - verdict.listLimit) more" : ""
    return (title.isEmpty ? "" : "**\(title)**\n\n") + rows.joined(separator: "\n") + more
  }

  private func folded(_ summary: String, _ text: String) -> String {
    text.isEmpty ? "" : "<details><summary>\(summary)</summary>\n\n\(text)\n\n</details>"
  }
}

/// Text from outside, made harmless in Markdown as code hosts show it (https://github.github.com/gfm/).
enum MarkdownText {
  /// In running text and in cells of tables: every sign of markup is escaped, and so are mentions.
  static func escaped(_ text: String) -> String {
    var shown = ""
    for scalar in VerdictText.line(text).unicodeScalars {
      switch scalar {
      case "\\", "`", "*", "_", "{", "}", "[", "]", "(", ")", "#", "+", "!", "|", "~":
        shown += "\\"
        shown.unicodeScalars.append(scalar)
      case "<": shown += "&lt;"
      case ">": shown += "&gt;"
      case "&": shown += "&amp;"
      // A zero-width space: `@team` must not call the team.
      case "@": shown += "@\u{200B}"
      default: shown.unicodeScalars.append(scalar)
      }
    }
    return shown
  }

  /// In a span of code; back ticks and bars, which would end it or a cell, are replaced.
  static func code(_ text: String) -> String {
    let inner = VerdictText.line(text).map { $0 == "`" ? "'" : $0 == "|" ? "¦" : $0 }
    return "`\(String(inner))`"
  }
}
