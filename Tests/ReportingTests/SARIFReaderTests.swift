import Findings
import Reporting
import Testing

@Suite("SARIF of other tools")
struct SARIFReaderTests {
  /// A log with one run: the given members of the driver, of the run and its results.
  private func read(driver: String = "", run: String = "", results: String) throws -> Report {
    let driver = driver.isEmpty ? "" : ", " + driver
    let run = run.isEmpty ? "" : run + ", "
    let text = """
      {"version": "2.1.0", "runs": [{\(run)"tool": {"driver": {"name": "other"\(driver)}}, "results": [\(results)]}]}
      """
    return try SARIFReader.read(Array(text.utf8))
  }

  static let place = """
    "message": {"text": "m"}, "locations": [{"physicalLocation": {"artifactLocation": {"uri": "src/a%20b.py"},
    "region": {"startLine": 3, "startColumn": 5, "endColumn": 9}}}]
    """

  @Test("a result becomes a finding")
  func plain() throws {
    let report = try read(
      driver: """
        "version": "4", "rules": [{"id": "R1", "shortDescription": {"text": "Title"}, "fullDescription": {"text": "Why"},
        "help": {"text": "Do this.\\n\\nMore"}, "helpUri": "https://example.com/r1",
        "properties": {"security-severity": "9.1", "precision": "very-high", "tags": ["security", "external/cwe/cwe-079"]}}]
        """,
      results: "{\"ruleId\": \"R1\", \"ruleIndex\": 0, \(Self.place)}")
    #expect(report.tool == "other")
    #expect(report.version == "4")
    #expect(report.coverage == nil)
    #expect(report.isComplete)
    let rule = try #require(report.rules.first)
    #expect(rule.title == "Title" && rule.why == "Why" && rule.fix == "Do this." && rule.tags == ["cwe-79"])
    let finding = try #require(report.findings.first)
    #expect(finding.severity == .critical && finding.confidence == .high && finding.level == .deny)
    #expect(finding.location.path == SourcePath("src/a b.py"))
    #expect(finding.location.region.start == Position(line: 3, column: 5))
    #expect(finding.location.region.end == Position(line: 3, column: 9))
    #expect(finding.message == "m" && finding.suppression == nil && finding.snippet == nil)
  }

  @Test(
    "the severity is that of the score, then of the level, then of the rule",
    arguments: [
      (#""level": "error""#, "", Severity.high), (#""level": "warning""#, "", .medium), (#""level": "note""#, "", .low),
      (#""level": "none""#, "", .note), (#""level": "Error""#, "", .high), ("", "", .medium),
      ("", #""defaultConfiguration": {"level": "error"}"#, .high),
      (#""level": "note""#, #""properties": {"security-severity": "7.5"}"#, .high),
      (
        #""level": "note", "properties": {"security-severity": 9.8}"#, #""properties": {"security-severity": "1"}"#,
        .critical
      ),
      (#""level": "error", "properties": {"security-severity": "nan"}"#, "", .high),
      (#""level": "error", "properties": {"security-severity": {}}"#, "", .high),
      (#""level": "error", "properties": {"tollgate": {"severity": "low"}}"#, "", .low),
      (#""level": "error", "properties": {"tollgate": {"severity": "odd"}}"#, "", .high),
      (#""level": "error", "properties": 3"#, "", .high),
    ])
  func severities(result: String, rule: String, severity: Severity) throws {
    let report = try read(
      driver: "\"rules\": [{\"id\": \"R1\"\(rule.isEmpty ? "" : ", " + rule)}]",
      results: "{\"ruleId\": \"R1\", \(result.isEmpty ? "" : result + ", ")\(Self.place)}")
    #expect(report.findings.map(\.severity) == [severity])
  }

  @Test(
    "a rule is found by id, index, reference, extension and the beginning of its id",
    arguments: [
      (#""ruleId": "D2""#, "D2", Severity.high), (#""ruleIndex": 1"#, "D2", .high),
      (#""rule": {"index": 1}"#, "D2", .high), (#""rule": {"id": "D2"}"#, "D2", .high),
      (#""ruleId": "D2/7/8""#, "D2/7/8", .high), (#""ruleId": "E1""#, "E1", .low),
      (#""rule": {"index": 0, "toolComponent": {"index": 0}}"#, "E1", .low),
      (#""rule": {"index": 0, "toolComponent": {"name": "ext"}}"#, "E1", .low),
      (#""ruleId": "unknown""#, "unknown", .medium), (#""ruleIndex": 99"#, "other", .medium),
      (#""ruleIndex": -1"#, "other", .medium),
    ])
  func rules(reference: String, id: String, severity: Severity) throws {
    let text = """
      {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "other", "rules": [{"id": "D1"},
      {"id": "D2", "defaultConfiguration": {"level": "error"}}]}, "extensions": [{"name": "ext", "rules":
      [{"id": "E1", "defaultConfiguration": {"level": "note"}}]}]}, "results": [{\(reference), \(Self.place)}]}]}
      """
    let report = try SARIFReader.read(Array(text.utf8))
    #expect(report.findings.map(\.ruleID) == [id])
    #expect(report.findings.map(\.severity) == [severity])
  }

  @Test(
    "what passed, or is gone, is no finding",
    arguments: [
      (#""kind": "fail""#, 1), (#""kind": "pass""#, 0), (#""kind": "notApplicable""#, 0),
      (#""kind": "informational""#, 0), (#""baselineState": "absent""#, 0), (#""baselineState": "new""#, 1),
      (#""baselineState": "unchanged""#, 1), (#""kind": null"#, 1), (#""kind": "FAIL""#, 1), (#""kind": "review""#, 0),
    ])
  func kinds(member: String, count: Int) throws {
    #expect(try read(results: "{\"ruleId\": \"R\", \(member), \(Self.place)}").findings.count == count)
  }

  @Test(
    "a result is suppressed when all who were asked agreed",
    arguments: [
      ("[]", false), (#"[{"kind": "inSource"}]"#, true), (#"[{"kind": "external", "status": "accepted"}]"#, true),
      (#"[{"kind": "external", "status": "underReview"}]"#, false),
      (#"[{"kind": "external", "status": "rejected"}]"#, false),
      (#"[{"kind": "inSource"}, {"kind": "external", "status": "rejected"}]"#, false), ("null", false),
    ])
  func suppressions(array: String, isSuppressed: Bool) throws {
    let report = try read(results: "{\"ruleId\": \"R\", \"suppressions\": \(array), \(Self.place)}")
    #expect(report.findings.map(\.isSuppressed) == [isSuppressed])
    #expect(report.findings.allSatisfy { $0.suppression?.reason.isEmpty != true })
  }

  @Test(
    "a tool that failed makes the report incomplete",
    arguments: [
      (#""invocations": [{"executionSuccessful": true}]"#, true),
      (#""invocations": [{"executionSuccessful": false}]"#, false),
      (
        #""invocations": [{"executionSuccessful": true, "toolExecutionNotifications": [{"message": {"text": "m"}}]}]"#,
        true
      ),
      (
        #""invocations": [{"executionSuccessful": true, "toolExecutionNotifications": [{"level": "error", "message": {"text": "m"}}]}]"#,
        false
      ),
      (
        #""invocations": [{"executionSuccessful": true, "toolConfigurationNotifications": [{"level": "error", "message": {"text": "m"}}]}]"#,
        false
      ),
    ])
  func failures(invocations: String, isComplete: Bool) throws {
    #expect(try read(run: invocations, results: "").isComplete == isComplete)
  }

  @Test(
    "a log without results is no proof of anything",
    arguments: [
      #"{"version": "2.1.0", "runs": []}"#, #"{"version": "2.1.0", "runs": [{}]}"#,
      #"{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "x"}}}]}"#,
      #"{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "x"}}, "results": null}]}"#,
      #"{"version": "2.1.0", "runs": [{"results": []}, {"tool": {"driver": {"name": "x"}}}]}"#,
    ])
  func noResults(text: String) throws {
    #expect(try !SARIFReader.read(Array(text.utf8)).isComplete)
  }

  @Test("a scan of nothing does not hide behind another one", arguments: [[3, 0], [0, 3], [3, 3]])
  func severalScans(files: [Int]) throws {
    let runs = files.map { count in
      """
      {"tool": {"driver": {"name": "Tollgate"}}, "invocations": [{"executionSuccessful": \(count > 0)}], "results": [],
      "properties": {"tollgate": {"coverage": {"files": \(count), "bytes": 1}}}}
      """
    }
    let text = #"{"version": "2.1.0", "runs": ["# + runs.joined(separator: ",") + "]}"
    #expect(try SARIFReader.read(Array(text.utf8)).isComplete == !files.contains(0))
  }

  @Test("numbers at the ends of their range are shown, not a crash", arguments: [Int.max, Int.min, -1])
  func extremeNumbers(number: Int) throws {
    let text = """
      {"version": "2.1.0", "runs": [{"properties": {"tollgate": {"coverage": {"files": \(number), "bytes": \(number)}}},
      "results": [{"properties": {"tollgate": {}}, "locations": [{"physicalLocation": {"region": {"startLine": \(number),
      "startColumn": \(number), "endLine": \(number), "endColumn": \(number)},
      "contextRegion": {"snippet": {"text": "x"}}}}]}]}]}
      """
    let report = try SARIFReader.read(Array(text.utf8))
    for format in ReportFormat.allCases { #expect(!render(report, as: format).isEmpty || format.rawValue == "rdjsonl") }
  }

  @Test("a result need not have a place, a message or a rule")
  func bareResult() throws {
    let report = try read(
      driver: #""rules": [{"id": "R", "messageStrings": {"default": {"text": "found {0} in {1}"}}}]"#,
      results: #"{"ruleId": ""}, {"ruleId": "R", "message": {"id": "default", "arguments": ["x", "y"]}}"#)
    #expect(report.findings.map(\.message) == ["other", "found x in y"])
    #expect(report.findings.allSatisfy { $0.location.path.bytes.isEmpty })
    for format in ReportFormat.allCases { #expect(!render(report, as: format).isEmpty || format.rawValue == "rdjsonl") }
  }

  @Test("places are normalised")
  func places() throws {
    let report = try read(
      run: #""artifacts": [{"location": {"uri": "from/artifacts.c"}}]"#,
      results: #"""
        {"message": {"text": "m"}, "locations": [{"physicalLocation": {"artifactLocation": {"index": 0}}}]},
        {"message": {"text": "m"}, "locations": [{"physicalLocation": {"artifactLocation": {"uri": "./x"},
          "region": {"startLine": 9, "endLine": 2, "startColumn": -4, "endColumn": 0}}}]},
        {"message": {"text": "m"}, "locations": [{"physicalLocation": {"artifactLocation": {"uri": "file:///home/x%zz"}}}]}
        """#)
    #expect(report.findings.map(\.location.path.description) == ["from/artifacts.c", "x", "/home/x%zz"])
    #expect(report.findings[1].location.region.start == Position(line: 9, column: 1))
    #expect(report.findings[1].location.region.end == Position(line: 9, column: 1))
  }

  @Test("equal places get different fingerprints, ours are kept")
  func fingerprints() throws {
    let same = "{\"ruleId\": \"R\", \(Self.place)}"
    let ours = "{\"ruleId\": \"R\", \"partialFingerprints\": {\"tollgate/v1\": \"abc:4\"}, \(Self.place)}"
    let fingerprints = try read(results: [same, same, ours].joined(separator: ",")).findings.map(\.fingerprint)
    #expect(fingerprints.map(\.ordinal) == [1, 2, 4])
    #expect(fingerprints[0].digest == fingerprints[1].digest)
    #expect(fingerprints[2].digest == "abc")
  }

  @Test("a fingerprint of the tool itself lasts when lines move, one that says nothing does not count")
  func foreignFingerprints() throws {
    func digest(_ members: String, line: Int) throws -> String {
      let place = Self.place.replacing("\"startLine\": 3", with: "\"startLine\": \(line)")
      return try read(results: "{\"ruleId\": \"R\", \(members)\(place)}").findings[0].fingerprint.digest
    }
    let own = #""partialFingerprints": {"key": "1f"}, "#
    let other = #""fingerprints": {"matchBasedId/v1": "2f"}, "#
    let none = #""fingerprints": {"matchBasedId/v1": "requires login"}, "#
    #expect(try digest(own, line: 3) == digest(own, line: 9))
    #expect(try digest(other, line: 3) == digest(other, line: 9))
    #expect(try digest(own, line: 3) != digest(other, line: 3))
    #expect(try digest(none, line: 3) != digest(none, line: 9))
    #expect(try digest("", line: 3) == digest(none, line: 3))
  }

  @Test(
    "what is no SARIF 2.1.0 is an error that says what to do",
    arguments: [
      ("", ReportError.Code.notJSON), ("{", .notJSON), ("\u{0}", .notJSON), ("[]", .notSARIF), ("3", .notSARIF),
      ("{}", .notSARIF), (#"{"version": "2.1.0"}"#, .notSARIF), (#"{"version": "2.1.0", "runs": null}"#, .notSARIF),
      (#"{"version": "2.0.0", "runs": []}"#, .unsupportedVersion), (#"{"runs": []}"#, .unsupportedVersion),
      (#"{"version": "2.1.0", "runs": {}}"#, .malformed),
      (#"{"version": "2.1.0", "runs": [{"results": [{"level": 3}]}]}"#, .malformed),
      (#"{"version": "2.1.0", "runs": [{"results": [7]}]}"#, .malformed),
      (
        #"{"version": "2.1.0", "runs": [{"results": [{"locations": [{"physicalLocation": {"region": {"startLine": 1e99}}}]}]}]}"#,
        .malformed
      ),
    ])
  func errors(text: String, code: ReportError.Code) {
    let error = #expect(throws: ReportError.self) { try SARIFReader.read(Array(text.utf8)) }
    #expect(error?.code == code)
    #expect(error?.message.contains("\n") == false)
  }

  @Test("an error names the place")
  func errorPlace() {
    let text = #"{"version": "2.1.0", "runs": [{"results": [{}, {"level": 3}]}]}"#
    let error = #expect(throws: ReportError.self) { try SARIFReader.read(Array(text.utf8)) }
    #expect(error?.message.contains("runs[0].results[1].level") == true)
  }

  @Test("a byte order mark and UTF-16 are read")
  func encodings() throws {
    let text = #"{"version": "2.1.0", "runs": [{"results": []}]}"#
    #expect(try SARIFReader.read([0xEF, 0xBB, 0xBF] + Array(text.utf8)).isComplete)
    let wide = [0xFF, 0xFE] + text.utf16.flatMap { unit -> [UInt8] in [UInt8(unit & 255), UInt8(unit >> 8)] }
    #expect(try SARIFReader.read(wide).isComplete)
  }

  @Test("deep nesting is an error, not a crash")
  func nesting() {
    let text = #"{"version": "2.1.0", "runs": "# + String(repeating: "[", count: 100_000)
    #expect(throws: ReportError.self) { try SARIFReader.read(Array(text.utf8)) }
  }
}
