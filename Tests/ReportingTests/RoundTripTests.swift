import Findings
import Reporting
import Testing

@Suite("Our own SARIF, read back")
struct RoundTripTests {
  static let reports = Sample.reports

  @Test("says of each finding what the gate asks", arguments: reports.keys.sorted())
  func findings(name: String) throws {
    let report = try #require(Self.reports[name])
    let back = try SARIFReader.read(render(report, as: .sarif))
    try #require(back.findings.count == report.findings.count)
    for (read, written) in zip(back.findings, report.findings) {
      #expect(read.ruleID == written.ruleID)
      #expect(read.severity == written.severity)
      #expect(read.confidence == written.confidence)
      #expect(read.level == written.level)
      #expect(read.proof == written.proof)
      #expect(read.suppression == written.suppression)
      #expect(read.fingerprint == written.fingerprint)
      #expect(read.lineHash == written.lineHash)
      #expect(read.location.path == written.location.path)
      #expect(read.location.region.start == written.location.region.start)
      #expect(read.location.region.end == written.location.region.end)
      #expect(read.fixes == written.fixes)
      #expect(read.novelty == written.novelty)
    }
    #expect(back.isComplete == report.isComplete)
    #expect(back.coverage == report.coverage)
    #expect(back.packs == report.packs)
    #expect(back.notifications.map(\.kind) == report.notifications.map(\.kind))
    #expect(back.notifications.map(\.path) == report.notifications.map(\.path))
  }

  @Test("gives the same text for people")
  func text() throws {
    let back = try SARIFReader.read(render(Sample.ordinary, as: .sarif))
    let verbose = RenderOptions(isVerbose: true)
    // The rules' own sentences are not in SARIF, so the messages of findings are shown with them.
    var report = Sample.ordinary
    for index in report.rules.indices { report.rules[index].message = "" }
    #expect(render(back, as: .text, options: verbose) == render(report, as: .text, options: verbose))
  }

  @Test("gives the same bytes when it is written again", arguments: reports.keys.sorted())
  func again(name: String) throws {
    let once = try SARIFReader.read(render(#require(Self.reports[name]), as: .sarif))
    let twice = try SARIFReader.read(render(once, as: .sarif))
    #expect(render(once, as: .json) == render(twice, as: .json))
  }
}
