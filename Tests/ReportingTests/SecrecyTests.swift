import Findings
import Foundation
import Reporting
import Testing

/// A value that is printed once is in a log for ever, so every way out is tried with values of several kinds.
@Suite("No value of a credential")
struct SecrecyTests {
  private static let reports = [Sample.ordinary, Sample.hostile, Sample.kinds, Sample.change]

  @Test("stands in any format", arguments: ReportFormat.allCases, reports.indices)
  func formats(format: ReportFormat, index: Int) {
    var options = [RenderOptions(), RenderOptions(isColored: true, width: 20, isVerbose: true), RenderOptions()]
    options[2].isOneLine = true
    for options in options { expectNoValue(render(Self.reports[index], as: format, options: options)) }
  }

  @Test("stands in SARIF for any service", arguments: SARIFProfile.allCases, reports.indices)
  func profiles(profile: SARIFProfile, index: Int) {
    var options = RenderOptions()
    options.sarifProfile = profile
    expectNoValue(render(Self.reports[index], as: .sarif, options: options))
  }

  @Test("stands in a comparison or a count", arguments: reports.indices)
  func comparisons(index: Int) {
    for format in ReportDiff.Format.allCases {
      expectNoValue(ReportDiff(from: Sample.empty, to: Self.reports[index]).written(as: format))
      expectNoValue(ReportDiff(from: Self.reports[index], to: Sample.empty).written(as: format))
    }
    expectNoValue(ReportStatistics([Self.reports[index]]).json())
    expectNoValue(render(ReportMerge.byTool([Self.reports[index], Sample.ordinary]), as: .sarif))
  }

  @Test("stands in what Swift prints of a report", arguments: reports.indices)
  func printing(index: Int) {
    let report = Self.reports[index]
    var text = "\(report) \(String(describing: report.findings)) \(String(reflecting: report))"
    dump(report, to: &text)
    for finding in report.findings { dump(finding, to: &text) }
    walk(Mirror(reflecting: report), into: &text)
    expectNoValue(Array(text.utf8))
  }

  @Test("stands in what an encoder writes")
  func encoding() throws {
    let secrets = Self.reports.flatMap { $0.findings.compactMap(\.secret) }
    expectNoValue(Array(try JSONEncoder().encode(secrets)))
  }

  @Test("comes back from a report of another tool, which may hold it in its code")
  func foreignCode() throws {
    let value = String(decoding: Sample.secrets[0], as: UTF8.self)
    let sarif = """
      {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "other"}}, "results": [{"ruleId": "r",
      "message": {"text": "a token"}, "locations": [{"physicalLocation": {"artifactLocation": {"uri": "a"},
      "region": {"startLine": 1, "snippet": {"text": "\(value)"}},
      "contextRegion": {"startLine": 1, "snippet": {"text": "x = \(value)"}}}}]}]}]}
      """
    let report = try SARIFReader.read(Array(sarif.utf8))
    #expect(report.findings.count == 1)
    for format in ReportFormat.allCases { expectNoValue(render(report, as: format)) }
  }

  private func walk(_ mirror: Mirror, into text: inout String) {
    for child in mirror.children {
      text += "\(child.label ?? "") \(child.value)\n"
      walk(Mirror(reflecting: child.value), into: &text)
    }
  }

  /// Looks for every piece of six bytes beyond the prefix that may be shown. The failure does not tell the piece.
  private func expectNoValue(_ output: [UInt8], sourceLocation: SourceLocation = #_sourceLocation) {
    let data = Data(output)
    for (index, secret) in Sample.secrets.enumerated() {
      let hidden = secret.dropFirst(index == 0 ? 4 : 0)
      for start in hidden.indices.dropLast(5) where data.range(of: Data(hidden[start..<(start + 6)])) != nil {
        Issue.record("value \(index) shows from byte \(start)", sourceLocation: sourceLocation)
        return
      }
    }
  }
}
