public import Findings

// Findings are matched by what they are and not by where they stand: first those in the same place, then those of one
// fingerprint in the same file, then anywhere, for a file may be renamed; last, for tools whose fingerprints hold the line,
// those of one rule with one message in one file, in their order.

/// What became of the findings of one report in another.
public struct ReportDiff: Sendable {
  /// A finding that is in both reports, in different places.
  public struct Move: Sendable {
    public var from: Location
    public var finding: Finding
  }

  /// In the second report alone, in its order.
  public private(set) var new: [Finding] = []
  /// In the first report alone, in its order.
  public private(set) var gone: [Finding] = []
  /// In both, on another line or in another file.
  public private(set) var moved: [Move] = []
  /// In both, in the same place.
  public private(set) var unchangedCount = 0

  let rules: [String: Rule]

  /// Compares what counts: suppressed findings are left out on both sides.
  public init(from old: Report, to new: Report) {
    var rules: [String: Rule] = [:]
    for rule in new.rules + old.rules where rules[rule.id] == nil { rules[rule.id] = rule }
    self.rules = rules
    let before = old.findings.filter { !$0.isSuppressed }
    let after = new.findings.filter { !$0.isSuppressed }
    var partner = [Int?](repeating: nil, count: after.count)
    var isTaken = [Bool](repeating: false, count: before.count)

    func match(_ key: (Finding) -> [String]) {
      var free: [[String]: [Int]] = [:]
      for index in before.indices.reversed() where !isTaken[index] {
        free[key(before[index]), default: []].append(index)
      }
      for index in after.indices where partner[index] == nil {
        guard let candidate = free[key(after[index])]?.popLast() else { continue }
        partner[index] = candidate
        isTaken[candidate] = true
      }
    }
    func place(_ finding: Finding) -> String {
      "\(finding.location.region.start.line):\(finding.location.region.start.column)"
    }
    match { [$0.ruleID, $0.fingerprint.digest, $0.location.path.uri, place($0)] }
    match { [$0.ruleID, $0.fingerprint.digest, $0.location.path.uri] }
    match { [$0.ruleID, $0.fingerprint.digest] }
    match { [$0.ruleID, $0.message, $0.location.path.uri] }

    for index in after.indices {
      guard let candidate = partner[index] else {
        self.new.append(after[index])
        continue
      }
      let from = before[candidate].location
      let isSame = from.path == after[index].location.path && from.region.start == after[index].location.region.start
      if isSame { unchangedCount += 1 } else { moved.append(Move(from: from, finding: after[index])) }
    }
    gone = before.indices.filter { !isTaken[$0] }.map { before[$0] }
  }

  /// A form in which the difference can be written.
  public enum Format: String, CaseIterable, Sendable {
    case text, markdown, json
  }

  /// UTF-8 with a line ending at the end.
  public func written(as format: Format) -> [UInt8] {
    switch format {
    case .text: Array(text.utf8)
    case .markdown: Array(markdown.utf8)
    case .json: json
    }
  }

  // MARK: For people

  private var countText: String {
    "\(new.count) new, \(gone.count) gone, \(moved.count) moved, \(unchangedCount) unchanged"
  }

  private func title(of finding: Finding) -> String {
    if let title = rules[finding.ruleID]?.title, !title.isEmpty { return title }
    return finding.message.isEmpty ? finding.ruleID : finding.message
  }

  private func place(_ location: Location) -> String {
    let path = location.path.bytes.isEmpty ? "-" : location.path.description
    return "\(path):\(location.region.start.line):\(location.region.start.column)"
  }

  private var text: String {
    var lines: [String] = []
    func line(_ sign: String, _ finding: Finding, _ place: String) {
      let title = TerminalText.line(title(of: finding))
      lines.append("\(sign) \(place)  \(finding.severity.rawValue)  \(title)  [\(TerminalText.line(finding.ruleID))]")
    }
    for finding in new { line("+", finding, place(finding.location)) }
    for finding in gone { line("-", finding, place(finding.location)) }
    for move in moved { line("~", move.finding, "\(place(move.from)) -> \(place(move.finding.location))") }
    return (lines + [countText]).joined(separator: "\n") + "\n"
  }

  private var markdown: String {
    var lines = ["## Findings: \(countText)"]
    func section(_ name: String, _ rows: [(Finding, String)]) {
      if rows.isEmpty { return }
      lines += ["", "### \(name)", "", "| severity | place | finding | rule |", "|---|---|---|---|"]
      for (finding, place) in rows {
        let title = Markdown.text(title(of: finding))
        lines.append("| \(finding.severity.rawValue) | \(place) | \(title) | \(Markdown.code(finding.ruleID)) |")
      }
    }
    section("New", new.map { ($0, Markdown.code(place($0.location))) })
    section("Gone", gone.map { ($0, Markdown.code(place($0.location))) })
    section(
      "Moved",
      moved.map { ($0.finding, "\(Markdown.code(place($0.from))) → \(Markdown.code(place($0.finding.location)))") })
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: For programs

  private var json: [UInt8] {
    let form = JSONReportWriter(ReportView(Report(tool: "", version: "")))
    var writer = JSONWriter(isPretty: true)
    writer.object { object in
      object.member("unchanged", unchangedCount)
      for (name, findings) in [("new", new), ("gone", gone)] {
        object.array(name) { array in
          for finding in findings { array.object { form.write(finding, in: &$0) } }
        }
      }
      object.array("moved") { array in
        for move in moved {
          array.object { inner in
            inner.member("from", place(move.from))
            inner.object("finding") { form.write(move.finding, in: &$0) }
          }
        }
      }
    }
    writer.endLine()
    return writer.bytes
  }
}
