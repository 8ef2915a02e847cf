public import Findings

/// How many findings there are of which kind: an overview of reports.
public struct ReportStatistics: Sendable {
  /// A name, and how many findings of each severity belong to it.
  public struct Row: Sendable {
    public var name: String
    public var counts: [Severity: Int]
    public var total: Int { counts.values.reduce(0, +) }
  }

  public private(set) var tools: [Row]
  /// By the id of the rule.
  public private(set) var rules: [Row]
  /// By the first folder of the path; `.` for files at the root.
  public private(set) var folders: [Row]
  public private(set) var total: Row
  public private(set) var suppressedCount: Int
  /// How many things were not scanned.
  public private(set) var skippedCount: Int

  public init(_ reports: [Report]) {
    let active = reports.map { report in (tool: report.tool, findings: report.findings.filter { !$0.isSuppressed }) }
    let findings = active.flatMap(\.findings)
    func rows(_ pairs: [(String, Finding)]) -> [Row] {
      var counts: [String: [Severity: Int]] = [:]
      for (name, finding) in pairs { counts[name, default: [:]][finding.severity, default: 0] += 1 }
      let rows = counts.map { Row(name: $0.key, counts: $0.value) }
      return rows.sorted { ($1.total, $0.name) < ($0.total, $1.name) }
    }
    tools = rows(active.flatMap { report in report.findings.map { (report.tool, $0) } })
    rules = rows(findings.map { ($0.ruleID, $0) })
    folders = rows(findings.map { (Self.folder(of: $0.location.path), $0) })
    total = Row(name: "all", counts: rows(findings.map { ("all", $0) }).first?.counts ?? [:])
    suppressedCount = reports.reduce(0) { $0 + $1.findings.count(where: \.isSuppressed) }
    skippedCount = reports.reduce(0) { $0 + $1.notifications.count(where: \.isSkip) }
  }

  private static func folder(of path: SourcePath) -> String {
    guard let slash = path.bytes.firstIndex(of: UInt8(ascii: "/")) else { return "." }
    return SourcePath(bytes: Array(path.bytes[..<slash])).description
  }

  /// A table for people: at most `limit` rows of a kind.
  public func text(limit: Int = 15) -> [UInt8] {
    var lines: [[String]] = [["", "total"] + Severity.allCases.reversed().map(\.rawValue)]
    func line(_ row: Row) -> [String] {
      [TerminalText.line(row.name), String(row.total)]
        + Severity.allCases.reversed().map { row.counts[$0].map(String.init) ?? "-" }
    }
    lines.append(line(total))
    for (title, rows) in [("tools", tools), ("rules", rules), ("folders", folders)] where !rows.isEmpty {
      lines += [[], [title]] + rows.prefix(limit).map(line)
      if rows.count > limit { lines.append(["\(rows.count - limit) more"]) }
    }
    let width = lines.compactMap(\.first).map(TerminalText.cells).max() ?? 0
    var text = ""
    for line in lines {
      var shown = ""
      for (index, cell) in line.enumerated() {
        let pad = String(repeating: " ", count: max(0, (index == 0 ? width : 9) - TerminalText.cells(cell)))
        shown += index == 0 ? cell + pad : pad + cell
      }
      while shown.last == " " { shown.removeLast() }
      text += shown + "\n"
    }
    text += "\n\(suppressedCount) suppressed, \(skippedCount) not scanned\n"
    return Array(text.utf8)
  }

  public func json() -> [UInt8] {
    var writer = JSONWriter(isPretty: true)
    func counts(_ row: Row, in object: inout JSONWriter) {
      object.member("total", row.total)
      for severity in Severity.allCases.reversed() { object.member(severity.rawValue, row.counts[severity] ?? 0) }
    }
    writer.object { object in
      object.object("findings") { counts(total, in: &$0) }
      for (name, rows) in [("tools", tools), ("rules", rules), ("folders", folders)] {
        object.array(name) { array in
          for row in rows {
            array.object { inner in
              inner.member("name", row.name)
              counts(row, in: &inner)
            }
          }
        }
      }
      object.member("suppressed", suppressedCount)
      object.member("notScanned", skippedCount)
    }
    writer.endLine()
    return writer.bytes
  }
}
