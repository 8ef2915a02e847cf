import Findings
import Reporting
import TestSupport
import Testing

@Suite("Each format as a whole")
struct SnapshotTests {
  // A page is held to what it does in a browser instead (HTMLWriterTests): recorded whole, every change of its style or its
  // script would be a change of each.
  private static let recorded = ReportFormat.allCases.filter { $0 != .html }

  @Test("is the recorded one", arguments: recorded, ["ordinary", "hostile", "empty"])
  func snapshot(format: ReportFormat, name: String) {
    let report = ["ordinary": Sample.ordinary, "hostile": Sample.hostile, "empty": Sample.empty][name]
    let bytes = render(report ?? Sample.empty, as: format, options: RenderOptions(duration: .milliseconds(83)))
    let ending = format.fileExtension
    let isNamedByEnding = format == .text || format.rawValue == ending
    let file = isNamedByEnding ? "\(name).\(ending)" : "\(name).\(format.rawValue).\(ending)"
    #expect(Snapshot.difference(bytes, from: "reports/\(file)") == nil)
    #expect(bytes.last == UInt8(ascii: "\n") || bytes.isEmpty)
    #expect(bytes == render(report ?? Sample.empty, as: format, options: RenderOptions(duration: .milliseconds(83))))
  }

  @Test("verbose and coloured text is the recorded one")
  func verbose() {
    let options = RenderOptions(isColored: true, width: 60, pathPrefix: "../", isVerbose: true)
    #expect(
      Snapshot.difference(render(Sample.ordinary, as: .text, options: options), from: "reports/verbose.txt") == nil)
  }

  @Test("a format is known by its name and by no other")
  func names() {
    let names = ReportFormat.allCases.map(\.rawValue)
    #expect(Set(names).count == names.count)
    #expect(names.prefix(4) == ["text", "sarif", "json", "jsonl"])
    #expect(ReportFormat(rawValue: "sarif") == .sarif)
    #expect(ReportFormat(rawValue: "SARIF") == nil)
  }
}
