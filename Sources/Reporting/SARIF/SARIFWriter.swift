internal import Findings

// One file that suits GitHub, GitLab, Azure DevOps, SonarQube and Jenkins. Left out on purpose: times and absolute
// paths (equal scans give equal bytes), `automationDetails` (Azure drops runs with an id that is not its own), the
// values of credentials.

/// Writes SARIF 2.1.0 errata 01 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/).
struct SARIFWriter: ReportWriter {
  static let schema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
  static let homepage = "https://github.com/tollgate-scanner/tollgate"
  static let rootID = "SRCROOT"

  /// Where a service needs a file and a finding is about none.
  static let noFile = "%28repository%29"

  let view: ReportView
  /// The numbers of the weaknesses that rules name, ascending.
  let weaknesses: [Int]
  /// Tests need not write so many.
  var limit: SARIFSelection.Limit

  init(_ view: ReportView) {
    self.view = view
    weaknesses = Set(view.rules.flatMap(\.weaknesses)).sorted()
    limit = SARIFSelection.Limit(view.options.sarifProfile)
  }

  var report: Report { view.report }
  var profile: SARIFProfile { view.options.sarifProfile }

  func written() -> [UInt8] {
    var limit = limit
    while true {
      let bytes = log(SARIFSelection(view, limit: limit))
      if bytes.count <= limit.bytes || limit.results == 0 { return bytes }
      // As many as fit, and a few less: results are not of one size.
      let count = min(limit.results, report.findings.count)
      limit.results = max(0, min(count - 1, count * limit.bytes / bytes.count * 95 / 100))
    }
  }

  private func log(_ selection: SARIFSelection) -> [UInt8] {
    // Indented while a person may read it; a large report would pass the size limits of services by its blanks alone.
    Self.log(isPretty: report.findings.count <= 1_000) { runs in
      // About what a rule and a finding take.
      runs.reserve(view.rules.count * 1_500 + selection.runs.reduce(0) { $0 + $1.count } * 900)
      write(selection, in: &runs)
    }
  }

  /// The runs of this report, in the array of a log.
  private func write(_ selection: SARIFSelection, in runs: inout JSONWriter) {
    for (index, findings) in selection.runs.enumerated() {
      runs.object { run(findings, number: index + 1, notes: selection.notes, in: &$0) }
    }
  }

  private static func log(isPretty: Bool, _ runs: (inout JSONWriter) -> Void) -> [UInt8] {
    var writer = JSONWriter(isPretty: isPretty)
    writer.object { log in
      log.member("$schema", schema)
      log.member("version", "2.1.0")
      log.array("runs", runs)
    }
    writer.endLine()
    return writer.bytes
  }

  /// One log with the runs of several reports: each tool keeps its own.
  static func log(of reports: [Report], options: RenderOptions) -> [UInt8] {
    let count = reports.reduce(0) { $0 + $1.findings.count }
    return log(isPretty: count <= 1_000) { runs in
      for report in reports {
        let writer = SARIFWriter(ReportView(report, options: options))
        writer.write(SARIFSelection(writer.view, limit: writer.limit), in: &runs)
      }
    }
  }

  private func run(_ findings: [Finding], number: Int, notes: [Notification], in run: inout JSONWriter) {
    run.object("tool") { tool in
      tool.object("driver") { driver(in: &$0) }
    }
    automation(number: number, in: &run)
    run.array("invocations") { array in
      array.object { invocation(notes: notes, in: &$0) }
    }
    run.object("originalUriBaseIds") { bases in
      bases.object(Self.rootID) { base in
        base.object("description") { $0.member("text", "The root of the scanned tree.") }
      }
    }
    run.member("columnKind", "utf16CodeUnits")
    run.array("redactionTokens", ifPresent: Secret.LengthClass.allCases.map(\.redactionToken))
    if !weaknesses.isEmpty {
      run.array("taxonomies") { array in
        array.object { taxonomy(in: &$0) }
      }
    }
    // When one result has suppressions or a state, all have (SARIF 2.1.0, 3.27.23 and 3.27.24).
    let form = ResultForm(
      writesSuppressions: findings.contains(where: \.isSuppressed),
      writesBaselineState: !findings.isEmpty && findings.allSatisfy { $0.state != nil || $0.novelty != nil })
    run.array("results") { results in
      for finding in findings { results.object { result(finding, form: form, in: &$0) } }
    }
    run.object("properties") { $0.object("tollgate") { scan(in: &$0) } }
  }

  /// What all results of a run have, or none.
  struct ResultForm {
    var writesSuppressions: Bool
    var writesBaselineState: Bool
  }

  /// What tells this run from another one of the same tool (SARIF 2.1.0, 3.17).
  private func automation(number: Int, in run: inout JSONWriter) {
    if profile == .azure {
      guard let pipeline = view.options.azurePipeline else { return }
      run.object("automationDetails") { details in
        details.member("id", pipeline.id)
        details.object("properties") { properties in
          properties.member(AzurePipeline.prefix + "buildDefinitionId", pipeline.definitionID)
          properties.member(AzurePipeline.prefix + "buildDefinitionName", pipeline.definitionName)
          properties.member(AzurePipeline.prefix + "phaseId", pipeline.phaseID)
          properties.member(AzurePipeline.prefix + "phaseName", pipeline.phaseName)
        }
      }
    } else if let category = view.options.category, !category.isEmpty {
      // What stands before the last slash is the category; behind it would be the name of the run.
      let suffix = number == 1 ? "" : "-\(number)"
      run.object("automationDetails") { $0.member("id", "\(category)\(suffix)/") }
    }
  }

  /// What SARIF has no word for: what was covered and by which packs.
  private func scan(in scan: inout JSONWriter) {
    if let coverage = report.coverage {
      scan.object("coverage") { object in
        object.member("files", coverage.files)
        object.member("bytes", coverage.bytes)
      }
    }
    scan.array("packs") { packs in
      for pack in report.packs {
        packs.object { object in
          object.member("name", pack.name)
          object.member("digest", pack.digest)
          object.member("rules", pack.ruleCount)
        }
      }
    }
  }
}
