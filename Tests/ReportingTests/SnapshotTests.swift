import Findings
import Reporting
import TestSupport
import Testing

@Suite("Each format as a whole")
struct SnapshotTests {
  // A page is held to what it does in a browser instead (HTMLWriterTests): recorded whole, every change of its style or its
  // script would be a change of each.
  private static let recorded = ReportFormat.allCases.filter { $0 != .html }

  @Test("is the recorded one", arguments: recorded, ["ordinary", "hostile", "empty", "kinds"])
  func snapshot(format: ReportFormat, name: String) throws {
    let report = try #require(Sample.reports[name])
    let bytes = render(report, as: format, options: RenderOptions(duration: .milliseconds(83)))
    let ending = format.fileExtension
    let isNamedByEnding = format == .text || format.rawValue == ending
    let file = isNamedByEnding ? "\(name).\(ending)" : "\(name).\(format.rawValue).\(ending)"
    #expect(Snapshot.difference(bytes, from: "reports/\(file)") == nil)
    #expect(bytes.last == UInt8(ascii: "\n") || bytes.isEmpty)
    #expect(bytes == render(report, as: format, options: RenderOptions(duration: .milliseconds(83))))
  }

  @Test("verbose and coloured text is the recorded one")
  func verbose() {
    let options = RenderOptions(isColored: true, width: 60, pathPrefix: "../", isVerbose: true)
    #expect(
      Snapshot.difference(render(Sample.ordinary, as: .text, options: options), from: "reports/verbose.txt") == nil)
  }

  @Test("of text, with one line for each finding and with links, is the recorded one")
  func oneLine() {
    var options = RenderOptions(width: 80)
    options.isOneLine = true
    #expect(Snapshot.difference(render(Sample.kinds, as: .text, options: options), from: "reports/oneline.txt") == nil)
    options.isOneLine = false
    options.isColored = true
    options.linkBase = "file://host/home/me/project/"
    #expect(Snapshot.difference(render(Sample.kinds, as: .text, options: options), from: "reports/links.txt") == nil)
  }

  @Test("of SARIF for a service is the recorded one", arguments: SARIFProfile.allCases)
  func profiles(profile: SARIFProfile) {
    var options = RenderOptions()
    options.sarifProfile = profile
    options.category = "services/web"
    options.azurePipeline = AzurePipeline { Self.pipeline[$0] }
    let bytes = render(Sample.change, as: .sarif, options: options)
    #expect(Snapshot.difference(bytes, from: "reports/change.\(profile.rawValue).sarif") == nil)
  }

  static let pipeline = [
    "TF_BUILD": "True", "SYSTEM_COLLECTIONURI": "https://dev.azure.com/contoso/",
    "SYSTEM_TEAMPROJECTID": "11111111-1111-1111-1111-111111111111", "SYSTEM_DEFINITIONID": "12",
    "BUILD_DEFINITIONNAME": "nightly", "SYSTEM_PHASEID": "22222222-2222-2222-2222-222222222222",
    "SYSTEM_PHASENAME": "Scan", "BUILD_SOURCEBRANCH": "refs/heads/main", "BUILD_BUILDID": "987",
  ]

  @Test("a format is known by its name and by no other")
  func names() {
    let names = ReportFormat.allCases.map(\.rawValue)
    #expect(Set(names).count == names.count)
    #expect(names.prefix(4) == ["text", "sarif", "json", "jsonl"])
    #expect(ReportFormat(rawValue: "sarif") == .sarif)
    #expect(ReportFormat(rawValue: "SARIF") == nil)
  }
}
