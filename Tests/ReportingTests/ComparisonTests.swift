import Findings
import Foundation
import TestSupport
import Testing

@testable import Reporting

@Suite("Several reports")
struct ComparisonTests {
  private func finding(_ rule: String, _ path: String, _ line: Int, digest: String, ordinal: Int = 1) -> Finding {
    var finding = Sample.finding(rule, .high, path: SourcePath(path), line: line, columns: 1..<5, message: "m \(rule)")
    finding.fingerprint = Fingerprint(digest: digest, ordinal: ordinal)
    return finding
  }

  private func report(_ findings: [Finding], tool: String = "Tollgate", version: String = "1.0.0") -> Report {
    Report(tool: tool, version: version, findings: findings, coverage: Report.Coverage(files: 1, bytes: 1))
  }

  // MARK: Merging

  @Test("merge to the same bytes in whatever order they come")
  func order() throws {
    let one = report([finding("a", "x", 3, digest: "d1"), finding("b", "y", 1, digest: "d2")])
    let two = report([finding("a", "x", 3, digest: "d1"), finding("a", "z", 9, digest: "d1")])
    let three = report([finding("c", "w", 1, digest: "d3")], tool: "other")
    let orders = [[one, two, three], [three, two, one], [two, one, three], [two, three, one]]
    let bytes = orders.map { render(ReportMerge.byTool($0), as: .sarif) }
    #expect(Set(bytes).count == 1)
    let runs = try JSONValue(bytes[0])["runs"].elements
    #expect(runs.map { $0["tool"]["driver"]["name"].text } == ["Tollgate", "other"])
    #expect(runs[0]["results"].elements.count == 3)
  }

  @Test("tell once what both tell, and count what only looks alike anew")
  func duplicates() {
    let merged = ReportMerge.byTool([
      report([finding("a", "x", 3, digest: "d1")]),
      report([finding("a", "x", 3, digest: "d1"), finding("a", "y", 3, digest: "d1", ordinal: 1)]),
    ])
    #expect(merged.count == 1)
    #expect(merged[0].findings.map(\.fingerprint.ordinal) == [1, 2])
    #expect(merged[0].findings.map(\.location.path.description) == ["x", "y"])
  }

  @Test("keep twice what one report tells twice")
  func twins() {
    let twins = report(
      [finding("a", "x", 3, digest: "d1"), finding("a", "x", 3, digest: "d1", ordinal: 2)], tool: "other")
    #expect(ReportMerge.byTool([twins]).map(\.findings.count) == [2])
    #expect(ReportMerge.byTool([twins, twins]).map { $0.findings.map(\.fingerprint.ordinal) } == [[1, 2]])
    let one = report([finding("a", "x", 3, digest: "d1")], tool: "other")
    #expect(ReportMerge.byTool([one, twins]).map(\.findings.count) == [2])
    #expect(ReportMerge.byTool([twins, one]).map(\.findings.count) == [2])
  }

  @Test("a finding that one report suppresses and another does not counts")
  func suppressions() {
    var suppressed = finding("a", "x", 3, digest: "d1")
    suppressed.suppression = Suppression(kind: .external, reason: "r")
    for reports in [
      [[suppressed], [finding("a", "x", 3, digest: "d1")]], [[finding("a", "x", 3, digest: "d1")], [suppressed]],
    ] {
      let merged = ReportMerge.byTool(reports.map { report($0) })
      #expect(merged[0].findings.map(\.isSuppressed) == [false])
    }
  }

  @Test("each tool of a log can be read by itself")
  func tools() throws {
    let bytes = render(
      [report([finding("a", "x", 1, digest: "d1")]), report([finding("b", "y", 1, digest: "d2")], tool: "other")],
      as: .sarif)
    let reports = try SARIFReader.readEachTool(bytes)
    #expect(reports.map(\.tool) == ["Tollgate", "other"])
    #expect(reports.map { $0.findings.map(\.ruleID) } == [["a"], ["b"]])
    #expect(try SARIFReader.read(bytes).findings.count == 2)
    #expect(try SARIFReader.readEachTool(Array(#"{"version": "2.1.0", "runs": []}"#.utf8)).map(\.isComplete) == [false])
  }

  // MARK: Comparing

  @Test("a finding is new, gone, moved or the same")
  func diff() {
    let old = report([
      finding("a", "same", 1, digest: "d1"), finding("a", "down", 1, digest: "d2"),
      finding("a", "old-name", 1, digest: "d3"),
      finding("a", "gone", 1, digest: "d4"), finding("line", "f", 7, digest: "place-7"),
    ])
    let new = report([
      finding("a", "down", 5, digest: "d2"), finding("a", "new-name", 1, digest: "d3"),
      finding("a", "new", 1, digest: "d5"),
      finding("a", "same", 1, digest: "d1"), finding("line", "f", 9, digest: "place-9"),
    ])
    let diff = ReportDiff(from: old, to: new)
    #expect(diff.new.map(\.location.path.description) == ["new"])
    #expect(diff.gone.map(\.location.path.description) == ["gone"])
    #expect(diff.moved.map(\.from.path.description) == ["down", "old-name", "f"])
    #expect(diff.unchangedCount == 1)
    let text = String(decoding: diff.written(as: .text), as: UTF8.self)
    #expect(text.hasPrefix("+ new:1:1  high  m a  [a]\n- gone:1:1  "))
    #expect(text.contains("~ f:7:1 -> f:9:1  high"))
    #expect(text.hasSuffix("1 new, 1 gone, 3 moved, 1 unchanged\n"))
    let back = ReportDiff(from: new, to: old)
    #expect(back.new.map(\.location.path.description) == ["gone"] && back.moved.count == 3)
  }

  @Test("equal findings are matched one to one, in place first")
  func equals() {
    let old = report([finding("a", "x", 1, digest: "d"), finding("a", "x", 9, digest: "d", ordinal: 2)])
    let new = report([
      finding("a", "x", 4, digest: "d"), finding("a", "x", 9, digest: "d", ordinal: 2),
      finding("a", "x", 12, digest: "d", ordinal: 3),
    ])
    let diff = ReportDiff(from: old, to: new)
    #expect(diff.unchangedCount == 1 && diff.moved.map(\.finding.location.region.start.line) == [4])
    #expect(diff.new.map(\.location.region.start.line) == [12] && diff.gone.isEmpty)
  }

  @Test("suppressed findings are on neither side")
  func suppressed() {
    let diff = ReportDiff(from: Sample.empty, to: Sample.ordinary)
    #expect(diff.new.count == 3)
    #expect(ReportDiff(from: Sample.ordinary, to: Sample.ordinary).unchangedCount == 3)
  }

  @Test("is the recorded one", arguments: ReportDiff.Format.allCases)
  func snapshots(format: ReportDiff.Format) {
    var later = Sample.kinds
    later.findings.removeFirst()
    later.findings[0].location.region.start.line = 6
    later.findings += Sample.ordinary.findings
    let ending = ["text": "txt", "markdown": "md", "json": "json"][format.rawValue] ?? ""
    let bytes = ReportDiff(from: Sample.kinds, to: later).written(as: format)
    #expect(Snapshot.difference(bytes, from: "reports/diff.\(ending)") == nil)
  }

  // MARK: Counting

  @Test("statistics are the recorded ones")
  func statistics() throws {
    let statistics = ReportStatistics([Sample.kinds, Sample.ordinary, Sample.hostile])
    #expect(Snapshot.difference(statistics.text(), from: "reports/stats.txt") == nil)
    #expect(Snapshot.difference(statistics.json(), from: "reports/stats.json") == nil)
    #expect(statistics.total.total == 14 && statistics.suppressedCount == 2)
    #expect(statistics.folders.reduce(0) { $0 + $1.total } == 14)
    #expect(String(decoding: statistics.text(limit: 1), as: UTF8.self).contains(" more\n"))
  }
}
