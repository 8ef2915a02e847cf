import Findings
import TestSupport
import Testing

@testable import Reporting

@Suite("SARIF for services")
struct SARIFProfileTests {
  private func log(_ report: Report, _ profile: SARIFProfile, category: String? = nil) throws -> JSONValue {
    var options = RenderOptions()
    options.sarifProfile = profile
    options.category = category
    options.azurePipeline = AzurePipeline { SnapshotTests.pipeline[$0] }
    return try JSONValue(render(report, as: .sarif, options: options))
  }

  @Test("keeps the rules by which they check it", arguments: Sample.reports.keys.sorted(), SARIFProfile.allCases)
  func rules(name: String, profile: SARIFProfile) throws {
    let log = try log(#require(Sample.reports[name]), profile)
    let service: SARIFRules.Service =
      switch profile {
      case .github: .github
      case .azure: .azure
      case .generic, .gitlab: .all
      }
    #expect(SARIFRules(log, for: service).broken == [])
  }

  @Test("the rules find what is wrong")
  func brokenLogs() throws {
    let text = """
      {"$schema": "other", "version": "2.0", "runs": [{"tool": {"driver": {"name": "a tool of four words", "rules":
      [{"id": "R", "name": "R", "helpUri": "relative", "relationships": [{"target": {"id": "1", "index": 4}}]}]}},
      "artifacts": [{"location": {"uri": "../a b"}}], "originalUriBaseIds": {"ROOT": {"uri": "file:///x"}},
      "results": [{"rule": {"id": "S"}, "ruleIndex": 3, "message": {"id": "m"}, "relatedLocations": [{}],
      "locations": [{"physicalLocation": {"artifactLocation": {"uri": "file:///x", "uriBaseId": "NONE"},
      "region": {"endLine": 1}, "contextRegion": {"startLine": 4, "endLine": 2}}}]}, {"ruleId": "T"}]}]}
      """
    let log = try JSONValue(Array(text.utf8))
    let common: Set<String> = [
      "SARIF1001", "SARIF1002", "SARIF1004", "SARIF1005", "SARIF1007", "SARIF1008", "SARIF1009", "SARIF1010",
      "SARIF1011", "SARIF1012", "SARIF2001", "SARIF2004", "SARIF2005", "GH1013",
    ]
    #expect(SARIFRules(log, for: .all).broken == common)
    #expect(
      SARIFRules(log, for: .github).broken.subtracting(common)
        == ["GH1001", "GH1003", "GH1005", "GH1007", "GH1015", "GH1017", "GH2012"])
    #expect(
      SARIFRules(log, for: .azure).broken.subtracting(common)
        == ["GHAzDO1014", "GHAzDO1015", "GHAzDO1016", "GHAzDO1017", "GHAzDO1019", "GHAzDO1020", "GHAzDO2012"])
  }

  @Test(
    "leaves suppressed results out where they would be shown as open, and says so", arguments: SARIFProfile.allCases)
  func suppressed(profile: SARIFProfile) throws {
    let run = try log(Sample.ordinary, profile)["runs"][0]
    let isLeftOut = profile == .github || profile == .gitlab
    #expect(run["results"].elements.count == (isLeftOut ? 3 : 4))
    #expect(run["results"].elements.contains { $0["suppressions"] != .absent } == !isLeftOut)
    let kinds = run["invocations"][0]["toolExecutionNotifications"].elements.map { $0["descriptor"]["id"].text }
    #expect(kinds.contains("suppressed-left-out") == isLeftOut)
  }

  @Test(
    "takes the most severe where there are too many, in one run for GitHub and GitLab", arguments: SARIFProfile.allCases
  )
  func limits(profile: SARIFProfile) throws {
    let low = Sample.finding("low", .low, path: SourcePath("a"), line: 1, columns: 1..<2)
    let high = Sample.finding("high", .high, path: SourcePath("b"), line: 1, columns: 1..<2)
    let report = Report(tool: "Tollgate", version: "1.0.0", findings: Array(repeating: low, count: 51) + [high])
    var options = RenderOptions()
    options.sarifProfile = profile
    var writer = SARIFWriter(ReportView(report, options: options))
    // A hundredth of what they are.
    writer.limit.resultsPerRun /= 100
    writer.limit.results /= 100
    let runs = try JSONValue(writer.written())["runs"].elements
    let isOne = profile == .github || profile == .gitlab
    #expect(runs.map { $0["results"].elements.count } == (isOne ? [50] : [50, 2]))
    #expect(runs[0]["results"][0]["ruleId"].text == "high")
    let note = runs[0]["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"].text
    #expect(note?.hasPrefix("2 of the findings") == (isOne ? true : nil))
  }

  @Test("stays below the size that a service takes")
  func size() throws {
    let findings = (0..<400).map { index in
      Sample.finding(
        "rule", index == 399 ? .critical : .low, path: SourcePath("a"), line: index + 1, columns: 1..<2,
        message: String(repeating: "long ", count: index))
    }
    var writer = SARIFWriter(ReportView(Report(tool: "Tollgate", version: "1.0.0", findings: findings)))
    writer.limit.bytes = 200_000
    let bytes = writer.written()
    #expect(bytes.count <= 200_000 && bytes.count > 100_000)
    let run = try JSONValue(bytes)["runs"][0]
    #expect(run["results"][0]["level"].text == "error")
    let note = run["invocations"][0]["toolExecutionNotifications"][0]["descriptor"]["id"].text
    #expect(note == "findings-left-out")
    // Where not even one fits there is none, and no loop without an end.
    writer.limit.bytes = 100
    #expect(try JSONValue(writer.written())["runs"][0]["results"].elements.isEmpty)
    #expect(SARIFSelection.Limit(.gitlab).bytes == 10_000_000)
  }

  @Test("names the category where the service knows one")
  func category() throws {
    for profile in SARIFProfile.allCases where profile != .azure {
      #expect(try log(Sample.kinds, profile, category: "web")["runs"][0]["automationDetails"]["id"].text == "web/")
      #expect(try log(Sample.kinds, profile)["runs"][0]["automationDetails"] == .absent)
    }
    let details = try log(Sample.kinds, .azure, category: "web")["runs"][0]["automationDetails"]
    #expect(
      details["id"].text
        == "azuredevops/pipeline/build/contoso/11111111-1111-1111-1111-111111111111/12/"
        + "22222222-2222-2222-2222-222222222222/refs/heads/main/987")
    var options = RenderOptions()
    options.sarifProfile = .azure
    let outside = try JSONValue(render(Sample.kinds, as: .sarif, options: options))
    #expect(outside["runs"][0]["automationDetails"] == .absent)
  }

  @Test(
    "an Azure pipeline is known by all of its variables or not at all",
    arguments: SnapshotTests.pipeline.keys.sorted())
  func pipeline(missing: String) {
    #expect(AzurePipeline { SnapshotTests.pipeline[$0] } != nil)
    #expect(AzurePipeline { $0 == missing ? nil : SnapshotTests.pipeline[$0] } == nil)
    let older = SnapshotTests.pipeline.merging(["SYSTEM_COLLECTIONURI": "https://contoso.visualstudio.com/"]) { $1 }
    #expect(AzurePipeline { older[$0] }?.id.contains("/contoso/") == true)
  }

  @Test("tells GitLab weaknesses first, for they decide what kind of finding it is")
  func tags() throws {
    let rules = try log(Sample.ordinary, .gitlab)["runs"][0]["tool"]["driver"]["rules"].elements
    #expect(rules[0]["properties"]["tags"].elements.prefix(2).map(\.text) == ["security", "cwe-798"])
  }

  @Test("a finding about no file has a place where services need one, and none when it is read back")
  func noFile() throws {
    for profile in SARIFProfile.allCases {
      var options = RenderOptions()
      options.sarifProfile = profile
      let bytes = render(Sample.kinds, as: .sarif, options: options)
      let result = try #require(
        try JSONValue(bytes)["runs"][0]["results"].elements.first { $0["ruleId"].text == "no-security-policy" })
      #expect((result["locations"] == .absent) == (profile == .generic))
      let back = try SARIFReader.read(bytes).findings.first { $0.ruleID == "no-security-policy" }
      #expect(back?.location.path == SourcePath(""))
    }
  }

  @Test("fixes are edits of files by line, column and byte")
  func fixes() throws {
    let result = try log(Sample.kinds, .generic)["runs"][0]["results"][0]
    #expect(result["fixes"].elements.count == 2)
    let change = result["fixes"][0]["artifactChanges"][0]
    #expect(change["artifactLocation"]["uri"].text == ".github/workflows/ci.yml")
    let region = change["replacements"][0]["deletedRegion"]
    #expect(
      region["startColumn"].number == 30 && region["byteOffset"].number == 135 && region["byteLength"].number == 3)
    #expect(change["replacements"][0]["insertedContent"]["text"].text?.hasSuffix("# v4") == true)
    #expect(result["fixes"][1]["artifactChanges"].elements.count == 2)
    #expect(result["fixes"][1]["artifactChanges"][0]["replacements"][0]["insertedContent"] == .absent)
  }

  @Test("all results of a change have a state, and those of other scans have none")
  func baselineStates() throws {
    let states = try log(Sample.change, .generic)["runs"][0]["results"].elements.map { $0["baselineState"].text }
    #expect(Set(states) == ["new", "unchanged"])
    #expect(
      try log(Sample.kinds, .generic)["runs"][0]["results"].elements.allSatisfy { $0["baselineState"] == .absent })
  }
}
