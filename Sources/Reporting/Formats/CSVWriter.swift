internal import Findings

/// Writes one finding a line with a heading, for spreadsheets (RFC 4180).
struct CSVWriter: ReportWriter {
  let view: ReportView

  init(_ view: ReportView) { self.view = view }

  private static let heading = [
    "severity", "rule", "title", "path", "line", "column", "end line", "end column", "message", "level", "confidence",
    "proof", "novelty", "suppressed", "fingerprint",
  ]

  private static let quotes = PlainText.Replacements(["\"": "\"\""])

  func written() -> [UInt8] {
    var output: [UInt8] = []
    append(Self.heading, to: &output)
    for finding in view.findings { append(fields(of: finding), to: &output) }
    return output
  }

  private func fields(of finding: Finding) -> [String] {
    let region = finding.location.region
    return [
      finding.severity.rawValue, finding.ruleID, view.title(of: finding), finding.location.path.description,
      String(region.start.line), String(region.start.column), String(region.end.line), String(region.end.column),
      view.message(of: finding), finding.level.rawValue, finding.confidence.rawValue, finding.proof?.rawValue ?? "",
      finding.novelty?.rawValue ?? "", finding.suppression?.reason ?? "", finding.fingerprint.description,
    ]
  }

  private func append(_ fields: [String], to output: inout [UInt8]) {
    for (index, field) in fields.enumerated() {
      if index > 0 { output.append(UInt8(ascii: ",")) }
      append(field, to: &output)
    }
    output.append(contentsOf: "\r\n".utf8)
  }

  private func append(_ field: String, to output: inout [UInt8]) {
    var text = PlainText.line(field)
    // A spreadsheet would take it as a formula, and its text comes from whoever wrote the scanned files
    // (https://owasp.org/www-community/attacks/CSV_Injection).
    if let first = text.utf8.first, "=+-@".utf8.contains(first) { text = "'" + text }
    let needsQuotes = text.utf8.contains { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") }
    if needsQuotes { text = "\"" + Self.quotes.escaped(text) + "\"" }
    output.append(contentsOf: text.utf8)
  }
}
