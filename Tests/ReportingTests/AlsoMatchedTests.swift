import Findings
import Reporting
import TestSupport
import Testing

@Suite("Rules that gave way, and comments of other tools")
struct AlsoMatchedTests {
  private static let report: Report = {
    var report = Sample.ordinary
    report.findings[0].alsoMatched = ["generic-quoted-credential", "other-rule"]
    report.findings[0].suppression = Suppression(
      kind: .inSource, reason: "comment of gitleaks: gitleaks" + ":allow", tool: "gitleaks")
    return report
  }()

  @Test("come back from SARIF")
  func sarif() throws {
    let back = try SARIFReader.read(render(Self.report, as: .sarif))
    let index = try #require(back.findings.firstIndex { !$0.alsoMatched.isEmpty })
    #expect(back.findings[index].alsoMatched == Self.report.findings[0].alsoMatched)
    #expect(back.findings[index].suppression == Self.report.findings[0].suppression)
  }

  @Test("stand in JSON as its schema says")
  func json() throws {
    let value = try JSONValue(render(Self.report, as: .json))
    let finding = try #require(value["findings"].elements.first)
    #expect(finding["alsoMatched"].elements.compactMap(\.text) == Self.report.findings[0].alsoMatched)
    #expect(finding["suppression"]["tool"].text == "gitleaks")
    let schema = JSONSchema(try JSONValue(#require(Repository.bytes("docs/report.schema.json"))))
    #expect(schema.errors(in: value).isEmpty)
  }

  @Test("are told to people: the count in the summary, the rules where all is asked for")
  func text() {
    let text = String(decoding: render(Self.report, as: .text, options: RenderOptions(isVerbose: true)), as: UTF8.self)
    #expect(text.contains("1 of them by comments of other tools"))
    #expect(text.contains("also matched: generic-quoted-credential, other-rule"))
    let short = String(decoding: render(Self.report, as: .text), as: UTF8.self)
    #expect(!short.contains("also matched"))
  }
}
