import Findings
import TestSupport
import Testing

@testable import Reporting

@Suite("SARIF that is written")
struct SARIFWriterTests {
  static let reports = Sample.reports

  private func log(_ report: Report, _ profile: SARIFProfile = .generic) throws -> JSONValue {
    var options = RenderOptions()
    options.sarifProfile = profile
    return try JSONValue(render(report, as: .sarif, options: options))
  }

  @Test(
    "is valid by the schema of errata 01",
    .enabled(if: Repository.shared("sarif-schema-2.1.0.json") != nil, "../shared is not there"),
    arguments: reports.keys.sorted(), SARIFProfile.allCases)
  func schema(name: String, profile: SARIFProfile) throws {
    let schema = JSONSchema(try JSONValue(#require(Repository.shared("sarif-schema-2.1.0.json"))))
    #expect(schema.errors(in: try log(#require(Self.reports[name]), profile)) == [])
  }

  @Test("the validator finds what is wrong")
  func validator() throws {
    let bytes = try #require(Repository.bytes("docs/report.schema.json"))
    let schema = JSONSchema(try JSONValue(bytes))
    let errors = schema.errors(in: try JSONValue(Array(#"{"format": 2, "tool": 1, "odd": []}"#.utf8)))
    #expect(errors.contains { $0.contains("const") })
    #expect(errors.contains { $0.contains("/tool: type") })
    #expect(errors.contains { $0.contains("odd is not allowed") })
    #expect(errors.contains { $0.contains("findings is missing") })
  }

  @Test("holds no null and no empty string", arguments: reports.keys.sorted())
  func noEmptiness(name: String) throws {
    try log(#require(Self.reports[name])).walk { path, value in
      #expect(value != .null && value != .text(""), "\(path)")
    }
  }

  @Test("says what services require of each rule", arguments: reports.keys.sorted())
  func rules(name: String) throws {
    let run = try log(#require(Self.reports[name]))["runs"][0]
    for rule in run["tool"]["driver"]["rules"].elements {
      for key in ["id", "name"] { #expect((rule[key].text ?? "").utf8.count <= 255) }
      #expect(rule["id"] != rule["name"])
      for key in ["shortDescription", "fullDescription"] {
        #expect((1...1_024).contains((rule[key]["text"].text ?? "").utf8.count))
      }
      #expect(rule["help"]["text"].text != nil)
      #expect(rule["help"]["markdown"].text != nil)
      #expect(["error", "warning", "note"].contains(rule["defaultConfiguration"]["level"].text))
      #expect(Double(rule["properties"]["security-severity"].text ?? "") != nil)
      #expect((1...10).contains(rule["properties"]["tags"].elements.count))
    }
  }

  @Test("says what services require of each result", arguments: reports.keys.sorted())
  func results(name: String) throws {
    let run = try log(#require(Self.reports[name]))["runs"][0]
    let rules = run["tool"]["driver"]["rules"].elements
    #expect(run["columnKind"].text == "utf16CodeUnits")
    for result in run["results"].elements {
      if let index = result["ruleIndex"].number { #expect(rules[Int(index)]["id"] == result["ruleId"]) }
      #expect((1...2_048).contains((result["message"]["text"].text ?? "").utf8.count))
      if result["ruleId"].text == "no-security-policy" {
        #expect(result["locations"] == .absent)
        continue
      }
      #expect(result["locations"].elements.count == 1)
      let place = result["locations"][0]["physicalLocation"]
      let uri = place["artifactLocation"]["uri"].text ?? "/"
      #expect(!uri.hasPrefix("/") && !uri.contains("..") && !uri.contains(":"))
      #expect(run["originalUriBaseIds"][place["artifactLocation"]["uriBaseId"].text ?? ""] != .absent)
      for key in ["startLine", "startColumn", "endLine", "endColumn"] {
        #expect((place["region"][key].number ?? 0) >= 1)
      }
      #expect(result["partialFingerprints"]["primaryLocationLineHash"].text != nil)
      #expect(Fingerprint(result["partialFingerprints"]["tollgate/v1"].text ?? "") != nil)
    }
  }

  @Test("shows the mask for a credential and declares it as a redaction token")
  func redaction() throws {
    let run = try log(Sample.ordinary)["runs"][0]
    let tokens = run["redactionTokens"].elements.compactMap(\.text)
    let place = run["results"][0]["locations"][0]["physicalLocation"]
    #expect(place["region"]["snippet"]["text"].text == "ghp_[masked:33-64]")
    #expect(place["contextRegion"]["snippet"]["text"].text == "token = \"ghp_[masked:33-64]\"")
    #expect(tokens.contains("[masked:33-64]"))
  }

  @Test("names weaknesses in the taxonomy and for each rule")
  func weaknesses() throws {
    let run = try log(Sample.ordinary)["runs"][0]
    let taxa = run["taxonomies"][0]["taxa"].elements.compactMap { $0["id"].text }
    #expect(taxa == ["259", "798"])
    let rule = run["tool"]["driver"]["rules"][0]
    #expect(rule["relationships"][0]["target"]["id"].text == "798")
    #expect(rule["relationships"][0]["target"]["index"].number == 1)
    #expect(rule["properties"]["tags"].elements.contains(.text("external/cwe/cwe-798")))
  }

  @Test("gives every result suppressions when one has some, and none has them otherwise")
  func suppressions() throws {
    let results = try log(Sample.ordinary)["runs"][0]["results"].elements
    #expect(results.map { $0["suppressions"].elements.count } == [0, 0, 1, 0])
    #expect(results.allSatisfy { $0["suppressions"] != .absent })
    #expect(results[2]["suppressions"][0]["status"].text == "accepted")
    var report = Sample.ordinary
    report.findings.removeAll(where: \.isSuppressed)
    #expect(try log(report)["runs"][0]["results"].elements.allSatisfy { $0["suppressions"] == .absent })
  }

  @Test("tells every notification and whether the scan succeeded")
  func invocations() throws {
    let good = try log(Sample.ordinary)["runs"][0]["invocations"][0]
    #expect(good["executionSuccessful"].flag == true)
    #expect(good["toolExecutionNotifications"].elements.count == 4)
    #expect(good["toolExecutionNotifications"][1]["descriptor"]["id"].text == "too-large")
    for report in [Sample.hostile, Sample.empty] {
      #expect(try log(report)["runs"][0]["invocations"][0]["executionSuccessful"].flag == false)
    }
  }

  @Test("is split by severity where services take no more results, and says what is left out")
  func split() throws {
    let low = Sample.finding("low", .low, path: SourcePath("a"), line: 1, columns: 1..<2)
    let high = Sample.finding("high", .high, path: SourcePath("b"), line: 1, columns: 1..<2)
    func runs(_ findings: [Finding]) throws -> [JSONValue] {
      var writer = SARIFWriter(ReportView(Report(tool: "Tollgate", version: "1.0.0", findings: findings)))
      writer.limit = SARIFSelection.Limit(resultsPerRun: 50, results: 250)
      return try JSONValue(writer.written())["runs"].elements
    }
    #expect(try runs(Array(repeating: low, count: 50)).count == 1)
    let two = try runs(Array(repeating: low, count: 50) + [high])
    #expect(two.map { $0["results"].elements.count } == [50, 1])
    #expect(two[0]["results"][0]["ruleId"].text == "high")
    #expect(two[0]["invocations"][0]["toolExecutionNotifications"] == .absent)

    let five = try runs(Array(repeating: low, count: 252) + [high])
    #expect(five.map { $0["results"].elements.count } == [50, 50, 50, 50, 50])
    #expect(five[0]["results"][0]["ruleId"].text == "high")
    let notice = five[0]["invocations"][0]["toolExecutionNotifications"][0]
    #expect(notice["level"].text == "warning")
    #expect(notice["message"]["text"].text?.hasPrefix("3 of the findings") == true)
  }

  @Test("keeps to the numbers of GitHub and GitLab")
  func limits() {
    for profile in SARIFProfile.allCases {
      let limit = SARIFSelection.Limit(profile)
      #expect(limit.resultsPerRun <= 5_000 && limit.results <= 25_000)
      #expect(limit.results / limit.resultsPerRun <= 20)
    }
  }

  @Test("a text is cut between characters, with an ellipsis")
  func cutting() {
    #expect(SARIFLimit.cut("short", to: 5) == "short")
    #expect(SARIFLimit.cut("longer", to: 5) == "lo…")
    #expect(SARIFLimit.cut("éééé", to: 7) == "éé…")
    #expect(SARIFLimit.cut("e" + String(repeating: "\u{301}", count: 50), to: 10) == "…")
  }
}
