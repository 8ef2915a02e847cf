internal import Findings

/// Writes Checkstyle's XML, which many reviewing tools read: files with errors in them
/// (https://github.com/checkstyle/checkstyle, `XMLLogger`).
struct CheckstyleWriter: ReportWriter {
  let view: ReportView

  init(_ view: ReportView) { self.view = view }

  func written() -> [UInt8] {
    var files: [(path: SourcePath, findings: [Finding])] = []
    var places: [SourcePath: Int] = [:]
    for finding in view.active {
      if let place = places[finding.location.path] {
        files[place].findings.append(finding)
      } else {
        places[finding.location.path] = files.count
        files.append((finding.location.path, [finding]))
      }
    }
    var writer = XMLWriter()
    writer.element("checkstyle", [("version", "8.0")]) { root in
      for file in files {
        root.element("file", [("name", file.path.bytes.isEmpty ? "." : file.path.exactText)]) { element in
          for finding in file.findings { element.element("error", attributes(of: finding)) }
        }
      }
    }
    return writer.bytes
  }

  private func attributes(of finding: Finding) -> [XMLWriter.Attribute] {
    let start = finding.location.region.start
    let severity =
      switch finding.severity {
      case .critical, .high: "error"
      case .medium: "warning"
      case .low, .note: "info"
      }
    let pack = view.rule(of: finding)?.pack ?? view.report.tool
    return [
      ("line", String(start.line)), ("column", String(start.column)), ("severity", severity),
      ("message", view.message(of: finding)), ("source", "\(pack).\(finding.ruleID)"),
    ]
  }
}
