internal import Findings

/// Writes Tollgate's own form of a report, `docs/report.schema.json`.
struct JSONReportWriter: ReportWriter {
  let view: ReportView

  init(_ view: ReportView) {
    self.view = view
  }

  private var report: Report { view.report }

  func written() -> [UInt8] {
    var writer = JSONWriter(isPretty: true)
    writer.object { object in
      head(in: &object)
      object.array("rules") { array in
        for rule in view.firedRules { array.object { write(rule, in: &$0) } }
      }
      object.array("findings") { array in
        for finding in report.findings { array.object { write(finding, in: &$0) } }
      }
      object.array("notifications") { array in
        for notification in report.notifications { array.object { write(notification, in: &$0) } }
      }
      tail(in: &object)
    }
    writer.endLine()
    return writer.bytes
  }

  /// The version of the form: it changes when a reader would have to.
  static let formatVersion = 1

  func head(in object: inout JSONWriter) {
    object.member("format", Self.formatVersion)
    object.member("tool", report.tool)
    object.member("version", report.version)
    object.array("packs") { array in
      for pack in report.packs {
        array.object { packObject in
          packObject.member("name", pack.name)
          packObject.member("digest", pack.digest)
          packObject.member("rules", pack.ruleCount)
        }
      }
    }
  }

  func tail(in object: inout JSONWriter) {
    if let coverage = report.coverage {
      object.object("coverage") { inner in
        inner.member("files", coverage.files)
        inner.member("bytes", coverage.bytes)
      }
    }
    object.member("complete", report.isComplete)
    object.member("incompleteReason", ifPresent: report.incompleteReason)
  }

  private func write(_ rule: Rule, in object: inout JSONWriter) {
    object.member("id", rule.id)
    object.member("title", rule.title)
    object.member("severity", rule.severity.rawValue)
    object.member("why", ifPresent: rule.why)
    object.member("fix", ifPresent: rule.fix)
    object.array("references", ifPresent: rule.references)
  }

  func write(_ finding: Finding, in object: inout JSONWriter) {
    let region = finding.location.region
    object.member("rule", finding.ruleID)
    object.member("severity", finding.severity.rawValue)
    object.member("confidence", finding.confidence.rawValue)
    object.member("level", finding.level.rawValue)
    object.member("message", finding.message)
    object.member("path", finding.location.path.description)
    object.member("uri", finding.location.path.uri)
    object.object("start") { write(region.start, in: &$0) }
    object.object("end") { write(region.end, in: &$0) }
    if !finding.relatedLocations.isEmpty {
      object.array("related") { array in
        for related in finding.relatedLocations { array.object { write(related, in: &$0) } }
      }
    }
    object.member("snippet", ifPresent: finding.snippet?.text)
    object.member("mask", ifPresent: finding.secret?.mask)
    object.member("proof", ifPresent: finding.proof?.rawValue)
    object.array("alsoMatched", ifPresent: finding.alsoMatched)
    object.array("encodings", ifPresent: finding.encodings.map(\.rawValue))
    object.member("fingerprint", finding.fingerprint.description)
    object.member("lineHash", ifPresent: finding.lineHash)
    object.member("novelty", ifPresent: finding.novelty?.rawValue)
    object.member("state", ifPresent: finding.state?.rawValue)
    if let provenance = finding.provenance { object.object("provenance") { $0.members(of: provenance) } }
    if let suppression = finding.suppression {
      object.object("suppression") { inner in
        inner.member("kind", suppression.kind.rawValue)
        inner.member("reason", suppression.reason)
        inner.member("tool", ifPresent: suppression.tool)
        inner.member("exception", ifPresent: suppression.exceptionID)
      }
    }
    if !finding.fixes.isEmpty {
      object.array("fixes") { array in
        for fix in finding.fixes { array.object { write(fix, in: &$0) } }
      }
    }
  }

  private func write(_ fix: Fix, in object: inout JSONWriter) {
    object.member("description", fix.description)
    object.array("edits") { edits in
      for edit in fix.edits {
        edits.object { inner in
          let region = edit.location.region
          inner.member("path", edit.location.path.description)
          inner.member("uri", edit.location.path.uri)
          inner.object("start") { write(region.start, in: &$0) }
          inner.object("end") { write(region.end, in: &$0) }
          if let bytes = region.byteRange {
            inner.member("byteOffset", bytes.lowerBound)
            inner.member("byteLength", bytes.count)
          }
          inner.member("replacement", edit.replacement)
        }
      }
    }
  }

  private func write(_ related: RelatedLocation, in object: inout JSONWriter) {
    object.member("message", related.message)
    object.member("path", related.location.path.description)
    object.member("uri", related.location.path.uri)
    object.object("start") { write(related.location.region.start, in: &$0) }
    object.object("end") { write(related.location.region.end, in: &$0) }
  }

  private func write(_ position: Position, in object: inout JSONWriter) {
    object.member("line", position.line)
    object.member("column", position.column)
  }

  func write(_ notification: Notification, in object: inout JSONWriter) {
    object.member("kind", notification.kind.rawValue)
    object.member("level", notification.level.rawValue)
    object.member("message", notification.message)
    object.member("path", ifPresent: notification.path?.description)
    object.member("uri", ifPresent: notification.path?.uri)
  }
}
