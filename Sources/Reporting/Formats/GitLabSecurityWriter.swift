internal import Findings

// GitLab keeps one report for each kind of scan and does not merge what comes as SARIF with it. The facts are those of
// version 15.2.1 of its schemas (https://gitlab.com/gitlab-org/security-products/security-report-schemas).

/// Writes a security report of GitLab over the findings of one kind.
struct GitLabSecurityForm {
  let view: ReportView
  /// `scan.type`.
  let type: String
  let includes: (Finding) -> Bool

  private static let schemaVersion = "15.2.1"
  private static let maxName = 255
  private static let maxSolution = 7_000

  func written() -> [UInt8] {
    var writer = JSONWriter(isPretty: true)
    writer.object { object in
      object.member("version", Self.schemaVersion)
      object.object("scan") { scan(in: &$0) }
      object.array("vulnerabilities") { array in
        for finding in view.active where finding.hasFile && includes(finding) {
          array.object { write(finding, in: &$0) }
        }
      }
    }
    writer.endLine()
    return writer.bytes
  }

  /// The schema wants a time of UTC without a `Z`.
  static func time(_ seconds: Int) -> String {
    // To the year 9999: it wants four digits, too.
    let time = Timestamp(secondsSince1970: max(0, min(seconds, 253_402_300_799)))
    return String(time.description.dropLast())
  }

  private func scan(in scan: inout JSONWriter) {
    for role in ["analyzer", "scanner"] { scan.object(role) { tool(in: &$0) } }
    scan.member("type", type)
    let end = view.options.endTime ?? 0
    let length = view.options.duration.map { Int($0.components.seconds) } ?? 0
    scan.member("start_time", Self.time(end - length))
    scan.member("end_time", Self.time(end))
    scan.member("status", view.report.isComplete ? "success" : "failure")
    let notifications = view.report.notifications.filter { $0.level > .note }
    if notifications.isEmpty { return }
    scan.array("messages") { array in
      for notification in notifications {
        array.object { message in
          message.member("level", notification.level == .error ? "fatal" : "warn")
          let place = notification.path.map { "\($0): " } ?? ""
          let text = notification.message.isEmpty ? notification.kind.rawValue : notification.message
          message.member("value", place + PlainText.line(text))
        }
      }
    }
  }

  private func tool(in tool: inout JSONWriter) {
    let name = view.report.tool.isEmpty ? "unknown" : view.report.tool
    tool.member("id", name.lowercased())
    tool.member("name", name)
    if view.isOwn { tool.member("url", SARIFWriter.homepage) }
    tool.object("vendor") { $0.member("name", name) }
    tool.member("version", view.report.version.isEmpty ? "unknown" : view.report.version)
  }

  private func write(_ finding: Finding, in object: inout JSONWriter) {
    let rule = view.rule(of: finding)
    object.member("id", Self.id(of: finding))
    object.member("name", TextLimit.characters(view.title(of: finding), Self.maxName))
    let description = [view.message(of: finding), rule?.why ?? ""].filter { !$0.isEmpty }.joined(separator: "\n\n")
    object.member("description", Markdown.text(description, keepsBreaks: true))
    object.member("severity", Self.severity(finding.severity))
    if let fix = rule?.fix, !fix.isEmpty { object.member("solution", TextLimit.characters(fix, Self.maxSolution)) }
    object.array("identifiers") { identifiers in
      identifiers.object { own in
        own.member("type", "\(view.isOwn ? "tollgate" : view.report.tool)_rule_id")
        own.member("name", rule.map(view.title(of:)) ?? finding.ruleID)
        own.member("value", finding.ruleID)
      }
      for weakness in rule?.weaknesses ?? [] {
        identifiers.object { other in
          other.member("type", "cwe")
          other.member("name", "CWE-\(weakness)")
          other.member("value", String(weakness))
          other.member("url", SARIFWriter.weaknessPage(weakness))
        }
      }
    }
    let pages = (rule?.references ?? []).filter(WebAddress.isValid)
    if !pages.isEmpty {
      object.array("links") { array in
        for page in pages { array.object { $0.member("url", page) } }
      }
    }
    object.object("location") { location(of: finding, in: &$0) }
    object.object("tracking") { tracking in
      tracking.member("type", "source")
      tracking.array("items") { items in
        items.object { self.tracking(of: finding, in: &$0) }
      }
    }
    if finding.proof == .disproved {
      object.array("flags") { flags in
        flags.object { flag in
          flag.member("type", "flagged-as-likely-false-positive")
          flag.member("origin", view.report.tool)
          flag.member("description", "Its checksum or structure is not that of a real credential.")
        }
      }
    }
  }

  private func location(of finding: Finding, in location: inout JSONWriter) {
    location.member("file", finding.location.path.exactText)
    location.member("start_line", finding.location.region.start.line)
    location.member("end_line", finding.location.region.end.line)
    if type == "secret_detection" {
      // The word that GitLab's own analyzer gives a tree without a commit.
      let commit = finding.provenance?.commit ?? view.options.commit ?? "0000000"
      location.object("commit") { $0.member("sha", commit) }
    }
  }

  private func tracking(of finding: Finding, in item: inout JSONWriter) {
    item.member("file", finding.location.path.exactText)
    item.member("start_line", finding.location.region.start.line)
    item.member("end_line", finding.location.region.end.line)
    item.array("signatures") { signatures in
      signatures.object { signature in
        signature.member("algorithm", Fingerprint.scheme)
        signature.member("value", finding.fingerprint.description)
      }
    }
  }

  private static func severity(_ severity: Severity) -> String {
    switch severity {
    case .critical: "Critical"
    case .high: "High"
    case .medium: "Medium"
    case .low: "Low"
    case .note: "Info"
    }
  }

  /// A UUID of version 8 (RFC 9562, 5.8) that stays as long as the fingerprint and the path do.
  private static func id(of finding: Finding) -> String {
    let text = Array("\(finding.fingerprint)\0\(finding.ruleID)\0".utf8) + finding.location.path.bytes
    var bytes = Array(Digest.sha256(text).prefix(16))
    bytes[6] = bytes[6] & 0x0F | 0x80
    bytes[8] = bytes[8] & 0x3F | 0x80
    let digits = Array(Digest.hex(bytes))
    return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }.joined(separator: "-")
  }
}

/// Writes GitLab's secret detection report: `artifacts:reports:secret_detection`.
struct GitLabSecretDetectionWriter: ReportWriter {
  let view: ReportView

  init(_ view: ReportView) { self.view = view }

  func written() -> [UInt8] {
    GitLabSecurityForm(view: view, type: "secret_detection", includes: view.isCredential).written()
  }
}

/// Writes GitLab's SAST report, `artifacts:reports:sast`: everything but credentials.
struct GitLabSASTWriter: ReportWriter {
  let view: ReportView

  init(_ view: ReportView) { self.view = view }

  func written() -> [UInt8] {
    GitLabSecurityForm(view: view, type: "sast", includes: { !view.isCredential($0) }).written()
  }
}
