internal import Findings

/// The part of a report that its page shows, as JSON for `report.js`.
struct HTMLReportData {
  let view: ReportView

  init(_ view: ReportView) { self.view = view }

  func written() -> [UInt8] {
    let rules = view.firedRules
    var indices: [String: Int] = [:]
    for (index, rule) in rules.enumerated() { indices[rule.id] = index }
    var writer = JSONWriter(isPretty: false)
    writer.object { root in
      root.array("rules") { array in
        for rule in rules { array.object { write(rule, to: &$0) } }
      }
      root.array("findings") { array in
        for finding in view.findings { array.object { write(finding, indices[finding.ruleID], to: &$0) } }
      }
      root.array("notifications") { array in
        for notification in view.report.notifications {
          array.object { object in
            object.member("kind", notification.kind.rawValue)
            object.member("level", notification.level.rawValue)
            object.member("path", ifPresent: notification.path?.description)
            object.member("message", PlainText.line(notification.message))
          }
        }
      }
    }
    return writer.bytes
  }

  private func write(_ rule: Rule, to object: inout JSONWriter) {
    object.member("id", rule.id)
    object.member("pack", ifPresent: rule.pack)
    object.member("title", PlainText.line(view.title(of: rule)))
    object.member("phase", rule.phase.rawValue)
    object.member("why", ifPresent: PlainText.line(rule.why))
    object.member("fix", ifPresent: PlainText.line(rule.fix))
    object.array("references", ifPresent: rule.references)
    object.array("tags", ifPresent: rule.tags)
  }

  private func write(_ finding: Finding, _ rule: Int?, to object: inout JSONWriter) {
    if let rule { object.member("rule", rule) } else { object.member("ruleId", finding.ruleID) }
    object.member("severity", finding.severity.rawValue)
    object.member("confidence", finding.confidence.rawValue)
    object.member("level", finding.level.rawValue)
    object.member("message", PlainText.line(view.message(of: finding)))
    write(finding.location, to: &object)
    if let snippet = finding.snippet {
      object.array("snippet") { array in
        for piece in SnippetPieces(snippet).all { array.element(piece) }
      }
    }
    object.member("proof", ifPresent: finding.proof?.rawValue)
    object.member("state", ifPresent: finding.state?.rawValue ?? finding.novelty?.rawValue)
    object.member("suppression", ifPresent: finding.suppression.map { PlainText.line($0.reason) })
    if !finding.relatedLocations.isEmpty {
      object.array("related") { array in
        for related in finding.relatedLocations {
          array.object {
            write(related.location, to: &$0)
            $0.member("message", PlainText.line(related.message))
          }
        }
      }
    }
    if let provenance = finding.provenance {
      object.object("provenance") { object in
        object.member("commit", ifPresent: provenance.commit)
        object.member("date", ifPresent: provenance.authorDate)
        if let isInHead = provenance.isInHead { object.member("inHead", isInHead) }
      }
    }
    object.member("fingerprint", finding.fingerprint.description)
  }

  private func write(_ location: Location, to object: inout JSONWriter) {
    object.member("path", ifPresent: location.path.description)
    guard location.region.start.line > 0 else { return }
    object.member("line", location.region.start.line)
    object.member("column", location.region.start.column)
  }
}

/// A line of code before, in and after the mark; what is not seen in it is written out, so that nothing can hide there.
private struct SnippetPieces {
  var all = ["", "", ""]

  init(_ snippet: Snippet) {
    var cell = 0
    for (index, character) in snippet.text.enumerated() {
      let text = TerminalText.code(character, at: cell)
      cell += TerminalText.cells(text)
      all[index < snippet.mark.lowerBound ? 0 : index < snippet.mark.upperBound ? 1 : 2] += text
    }
  }
}
