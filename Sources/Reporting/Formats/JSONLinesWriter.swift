internal import Findings

/// Writes the objects of ``JSONReportWriter`` one a line, each with its `type`, so that a script can take them one by
/// one; the summary comes last.
struct JSONLinesWriter: ReportWriter {
  let view: ReportView

  init(_ view: ReportView) {
    self.view = view
  }

  func written() -> [UInt8] {
    let report = view.report
    let form = JSONReportWriter(view)
    var writer = JSONWriter(isPretty: false)
    for finding in report.findings {
      writer.object { object in
        object.member("type", "finding")
        form.write(finding, in: &object)
      }
      writer.endLine()
    }
    for notification in report.notifications {
      writer.object { object in
        object.member("type", "notification")
        form.write(notification, in: &object)
      }
      writer.endLine()
    }
    writer.object { object in
      object.member("type", "summary")
      form.head(in: &object)
      object.member("findings", report.findings.count - view.suppressedCount)
      object.member("suppressed", view.suppressedCount)
      form.tail(in: &object)
    }
    writer.endLine()
    return writer.bytes
  }
}
