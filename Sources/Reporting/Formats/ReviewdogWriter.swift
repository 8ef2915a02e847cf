internal import Findings

// reviewdog counts columns in bytes of UTF-8, and a report holds them in UTF-16 code units. The line of code tells the
// one from the other as long as nothing before the place was masked or cut; where it was, the line alone is told.

/// Writes the diagnostics of reviewdog, which makes comments in reviews of them
/// (https://github.com/reviewdog/reviewdog/tree/master/proto/rdf).
struct ReviewdogWriter: ReportWriter {
  let view: ReportView

  init(_ view: ReportView) { self.view = view }

  func written() -> [UInt8] {
    var writer = JSONWriter(isPretty: true)
    writer.object { object in
      object.object("source") { write(source: &$0) }
      object.array("diagnostics") { array in
        for finding in view.active where finding.hasFile {
          array.object { write(finding, in: &$0) }
        }
      }
    }
    writer.endLine()
    return writer.bytes
  }

  func write(source: inout JSONWriter) {
    source.member("name", view.report.tool)
    if view.isOwn { source.member("url", SARIFWriter.homepage) }
  }

  func write(_ finding: Finding, in object: inout JSONWriter) {
    let rule = view.rule(of: finding)
    object.member("message", view.message(of: finding))
    object.object("location") { write(finding.location, in: finding, &$0) }
    object.member("severity", Self.severity(finding.severity))
    object.object("code") { code in
      code.member("value", finding.ruleID)
      code.member("url", ifPresent: view.page(of: rule))
    }
    let suggestions = finding.fixes.compactMap { suggestion($0, of: finding) }
    if !suggestions.isEmpty {
      object.array("suggestions") { array in
        for suggestion in suggestions {
          array.object { inner in
            inner.object("range") { write(suggestion.columns, suggestion.region, in: &$0) }
            inner.member("text", suggestion.text)
          }
        }
      }
    }
    if !finding.relatedLocations.isEmpty {
      object.array("related_locations") { array in
        for related in finding.relatedLocations {
          array.object { inner in
            inner.member("message", related.message)
            inner.object("location") { write(related.location, in: nil, &$0) }
          }
        }
      }
    }
  }

  private static func severity(_ severity: Severity) -> String {
    switch severity {
    case .critical, .high: "ERROR"
    case .medium: "WARNING"
    case .low, .note: "INFO"
    }
  }

  // MARK: Places

  private func write(_ location: Location, in finding: Finding?, _ object: inout JSONWriter) {
    object.member("path", location.path.exactText)
    let columns = finding.flatMap { LineColumns($0)?.columns(of: location.region) }
    object.object("range") { write(columns, location.region, in: &$0) }
  }

  private func write(_ columns: Range<Int>?, _ region: Region, in range: inout JSONWriter) {
    range.object("start") { start in
      start.member("line", region.start.line)
      if let columns { start.member("column", columns.lowerBound) }
    }
    range.object("end") { end in
      end.member("line", region.end.line)
      if let columns { end.member("column", columns.upperBound) }
    }
  }

  /// A fix of one edit in the line of the finding: a comment can offer no other.
  private func suggestion(_ fix: Fix, of finding: Finding) -> (columns: Range<Int>, region: Region, text: String)? {
    guard fix.edits.count == 1, let edit = fix.edits.first, edit.location.path == finding.location.path,
      let columns = LineColumns(finding)?.columns(of: edit.location.region)
    else { return nil }
    return (columns, edit.location.region, edit.replacement)
  }
}

/// Writes the same diagnostics one a line.
struct ReviewdogLinesWriter: ReportWriter {
  let view: ReportView

  init(_ view: ReportView) { self.view = view }

  func written() -> [UInt8] {
    let form = ReviewdogWriter(view)
    var writer = JSONWriter(isPretty: false)
    for finding in view.active where finding.hasFile {
      writer.object { object in
        form.write(finding, in: &object)
        object.object("source") { form.write(source: &$0) }
      }
      writer.endLine()
    }
    return writer.bytes
  }
}

/// Columns in UTF-8 of places in the line of a finding.
struct LineColumns {
  private let line: Int
  private let text: String
  /// How many UTF-16 code units of the line stand in `text` as they are in the file.
  private let exactUnits: Int

  /// `nil` where the finding has no line of code, or one that was changed before its mark.
  init?(_ finding: Finding) {
    guard let snippet = finding.snippet else { return nil }
    let before = snippet.text.prefix(max(0, snippet.mark.lowerBound))
    let column = finding.location.region.start.column
    // What stands for a control character takes other bytes than it.
    let isExact = before.utf16.count == column - 1 && !before.unicodeScalars.contains { $0 == "\u{FFFD}" }
    guard isExact else { return nil }
    line = finding.location.region.start.line
    // Behind the mark nothing is sure where a value was masked.
    let isMasked =
      finding.secret != nil
      || Secret.LengthClass.allCases.contains {
        snippet.text.contains($0.redactionToken)
      }
    text = isMasked ? String(before) : snippet.text
    exactUnits = text.utf16.count
  }

  /// The bytes of the line from 1 on, the end exclusive; `nil` where they are not known.
  func columns(of region: Region) -> Range<Int>? {
    guard region.start.line == line, region.end.line == line, let start = column(region.start.column) else {
      return nil
    }
    if let end = column(region.end.column), end >= start { return start..<end }
    // A value that is not shown: its bytes are counted.
    guard let bytes = region.byteRange else { return nil }
    return start..<(start + bytes.count)
  }

  private func column(_ column: Int) -> Int? {
    guard column - 1 <= exactUnits, column >= 1 else { return nil }
    let index = text.utf16.index(text.utf16.startIndex, offsetBy: column - 1)
    return text[..<index].utf8.count + 1
  }
}
