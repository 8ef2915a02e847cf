internal import Findings

// One file that suits GitHub, GitLab, Azure DevOps, SonarQube and Jenkins. Left out on purpose: times and absolute
// paths (equal scans give equal bytes), `automationDetails` (Azure drops runs with an id that is not its own), the
// values of credentials.

/// Writes SARIF 2.1.0 errata 01 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/).
struct SARIFWriter {
  static let schema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
  static let homepage = "https://github.com/tollgate-scanner/tollgate"
  static let rootID = "SRCROOT"

  let report: Report
  /// The rules by id, each id once.
  let rules: [Rule]
  let ruleIndex: [String: Int]
  /// The numbers of the weaknesses that rules name, ascending.
  let weaknesses: [Int]
  /// When one result has suppressions, all have (SARIF 2.1.0, 3.27.23).
  let writesSuppressions: Bool
  /// The same goes for states (3.27.24).
  let writesStates: Bool
  /// Tests need not write so many.
  var limit = (resultsPerRun: SARIFLimit.resultsPerRun, results: SARIFLimit.results)

  init(report: Report) {
    self.report = report
    var byID: [String: Rule] = [:]
    for rule in report.rules where byID[rule.id] == nil { byID[rule.id] = rule }
    rules = byID.values.sorted { $0.id < $1.id }
    ruleIndex = Dictionary(uniqueKeysWithValues: rules.enumerated().map { ($1.id, $0) })
    weaknesses = Set(rules.flatMap(\.weaknesses)).sorted()
    writesSuppressions = report.findings.contains(where: \.isSuppressed)
    writesStates = !report.findings.isEmpty && report.findings.allSatisfy { $0.state != nil }
  }

  func written() -> [UInt8] {
    // Indented while a person may read it; a large report would pass the size limits of services by its blanks alone.
    var writer = JSONWriter(isPretty: report.findings.count <= 1_000)
    writer.object { log in
      log.member("$schema", Self.schema)
      log.member("version", "2.1.0")
      log.array("runs") { runs in
        for part in parts { runs.object { run(part, in: &$0) } }
      }
    }
    writer.endLine()
    return writer.bytes
  }

  /// The findings of each run: all in one where services take them, else the most severe first in several.
  private var parts: [ArraySlice<Finding>] {
    if report.findings.count <= limit.resultsPerRun { return [report.findings[...]] }
    let bySeverity = Severity.allCases.reversed().flatMap { severity in
      report.findings.filter { $0.severity == severity }
    }
    let kept = bySeverity.prefix(limit.results)
    return stride(from: 0, to: kept.count, by: limit.resultsPerRun).map { start in
      kept[start..<min(start + limit.resultsPerRun, kept.count)]
    }
  }

  private func run(_ findings: ArraySlice<Finding>, in run: inout JSONWriter) {
    run.object("tool") { tool in
      tool.object("driver") { driver(in: &$0) }
    }
    run.array("invocations") { array in
      array.object { invocation(in: &$0) }
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
    run.array("results") { results in
      for finding in findings { results.object { result(finding, in: &$0) } }
    }
    run.object("properties") { $0.object("tollgate") { scan(in: &$0) } }
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
