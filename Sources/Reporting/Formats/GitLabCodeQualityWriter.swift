internal import Findings

/// Writes GitLab's Code Quality report: the one that merge requests show without a paid tier
/// (https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format).
struct GitLabCodeQualityWriter: ReportWriter {
  let view: ReportView

  init(_ view: ReportView) { self.view = view }

  func written() -> [UInt8] {
    var writer = JSONWriter(isPretty: true)
    var seen: [String: Int] = [:]
    writer.array { array in
      for finding in view.active {
        // GitLab shows one of several with the same fingerprint; reports of several tools may share one.
        var fingerprint = finding.fingerprint.description
        seen[fingerprint, default: 0] += 1
        if let count = seen[fingerprint], count > 1 { fingerprint += "-\(count)" }
        array.object { write(finding, fingerprint: fingerprint, in: &$0) }
      }
    }
    writer.endLine()
    return writer.bytes
  }

  private func write(_ finding: Finding, fingerprint: String, in object: inout JSONWriter) {
    object.member("description", view.message(of: finding))
    object.member("check_name", finding.ruleID)
    object.member("fingerprint", fingerprint)
    object.member("severity", Self.severity(finding.severity))
    object.object("location") { location in
      location.member("path", finding.hasFile ? finding.location.path.exactText : ".")
      location.object("lines") { $0.member("begin", finding.location.region.start.line) }
    }
  }

  private static func severity(_ severity: Severity) -> String {
    switch severity {
    case .critical: "blocker"
    case .high: "critical"
    case .medium: "major"
    case .low: "minor"
    case .note: "info"
    }
  }
}
