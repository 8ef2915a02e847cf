internal import Findings

/// Writes SonarQube's generic issues in the form of version 10.3 and later
/// (https://docs.sonarsource.com/sonarqube-server/latest/analyzing-source-code/importing-external-issues/generic-issue-import-format/).
///
/// Findings that are about no file have no place there and are left out.
struct SonarQubeWriter: ReportWriter {
  let view: ReportView

  init(_ view: ReportView) { self.view = view }

  func written() -> [UInt8] {
    let findings = view.active.filter(\.hasFile)
    var writer = JSONWriter(isPretty: true)
    writer.object { object in
      object.array("rules") { rules in
        var seen: Set<String> = []
        for finding in findings where seen.insert(finding.ruleID).inserted {
          rules.object { write(view.rule(of: finding), of: finding, in: &$0) }
        }
      }
      object.array("issues") { issues in
        for finding in findings { issues.object { write(finding, in: &$0) } }
      }
    }
    writer.endLine()
    return writer.bytes
  }

  private func write(_ rule: Rule?, of finding: Finding, in object: inout JSONWriter) {
    object.member("id", finding.ruleID)
    object.member("name", rule.map(view.title(of:)) ?? finding.ruleID)
    let description = [rule?.why, rule?.fix].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: "\n\n")
    object.member("description", description.isEmpty ? view.message(of: finding) : description)
    object.member("engineId", view.report.tool)
    object.member("cleanCodeAttribute", "TRUSTWORTHY")
    object.array("impacts") { impacts in
      impacts.object { impact in
        impact.member("softwareQuality", "SECURITY")
        impact.member("severity", Self.severity(rule?.severity ?? finding.severity))
      }
    }
  }

  /// The words that all versions have: BLOCKER and INFO came with 10.8.
  private static func severity(_ severity: Severity) -> String {
    switch severity {
    case .critical, .high: "HIGH"
    case .medium: "MEDIUM"
    case .low, .note: "LOW"
    }
  }

  private func write(_ finding: Finding, in object: inout JSONWriter) {
    object.member("ruleId", finding.ruleID)
    object.object("primaryLocation") { write(finding.location, message: view.message(of: finding), in: &$0) }
    let related = finding.relatedLocations.filter { !$0.location.path.bytes.isEmpty }
    if !related.isEmpty {
      object.array("secondaryLocations") { array in
        for other in related { array.object { write(other.location, message: other.message, in: &$0) } }
      }
    }
  }

  private func write(_ location: Location, message: String, in object: inout JSONWriter) {
    object.member("message", message)
    object.member("filePath", location.path.exactText)
    object.object("textRange") { range in
      let (start, end) = (location.region.start, location.region.end)
      range.member("startLine", start.line)
      range.member("endLine", end.line)
      // An empty span makes the import of the whole file fail.
      if start < end {
        range.member("startColumn", start.column - 1)
        range.member("endColumn", end.column - 1)
      }
    }
  }
}
