internal import Findings

/// Writes logging commands of Azure Pipelines, which it shows as issues of the run, the worst first, for it shows ten of a
/// type on the page of the run
/// (https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands#logissue-log-an-error-or-warning).
struct AzureWriter: ReportWriter {
  let view: ReportView

  init(_ view: ReportView) { self.view = view }

  private static let inData = PlainText.Replacements(["%": "%AZP25", "\r": "%0D", "\n": "%0A"])
  private static let inProperty = PlainText.Replacements([";": "%3B", "]": "%5D"])
  private static let inLine = PlainText.Replacements(["#": "＃"])

  func written() -> [UInt8] {
    var lines = view.worstFirst.map(line)
    let total = lines.count
    lines.append(total == 0 ? "No findings" : "\(total) finding\(total == 1 ? "" : "s"): \(view.countText)")
    if let reason = view.report.incompleteReason {
      let properties = [("type", "error")]
      lines.append(Self.command("task.logissue", properties, "The scan is incomplete: \(reason)"))
    }
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  private func line(_ finding: Finding) -> String {
    let start = finding.location.region.start
    var properties = [("type", finding.severity >= .high ? "error" : "warning")]
    if finding.hasFile {
      properties += [
        ("sourcepath", finding.location.path.description), ("linenumber", String(start.line)),
        ("columnnumber", String(start.column)),
      ]
    }
    properties.append(("code", PlainText.line(finding.ruleID)))
    let message = "\(finding.severity.rawValue): \(view.message(of: finding))"
    // Advice is a line of the log and no issue: Azure has errors and warnings only.
    if finding.severity == .note {
      let place = finding.hasFile ? "\(finding.location.path):\(start.line): " : ""
      return Self.plain("\(place)\(message) [\(finding.ruleID)]")
    }
    return Self.command("task.logissue", properties, PlainText.line(message))
  }

  private static func command(_ name: String, _ properties: [(String, String)], _ data: String) -> String {
    let list = properties.map { "\($0)=\(property($1))" }.joined(separator: ";")
    return "##vso[\(name) \(list)]\(escaped(PlainText.line(data)))"
  }

  /// What the agent undoes (microsoft/azure-pipelines-agent, `Command.cs`).
  private static func escaped(_ text: String) -> String {
    inData.escaped(text)
  }

  private static func property(_ text: String) -> String {
    inProperty.escaped(escaped(text))
  }

  /// A line of the log in which the agent finds no command: they begin with `##vso[` anywhere in a line.
  private static func plain(_ line: String) -> String { inLine.escaped(PlainText.line(line)) }
}
