internal import Documents
public import Findings

/// Reads SARIF 2.1.0 of any tool, ours included, so that one gate can judge all of them.
///
/// ```swift
/// let report = try SARIFReader.read(bytes)
/// let verdict = Gate(failOn: .high).decide(report)
/// ```
public enum SARIFReader {
  /// The report that a SARIF log holds: the results of all its runs, in order.
  ///
  /// A result whose `kind` is not `fail`, or whose `baselineState` is `absent`, is no finding. The severity is ours
  /// where we wrote the log, else it follows from `security-severity`, else from the level. A run without results, and
  /// one that says that it failed, make the report incomplete. Code is taken over only from our own logs: other tools
  /// leave the values of credentials in it.
  ///
  /// - Parameter bytes: a whole file, UTF-8 or, with a byte order mark, UTF-16.
  public static func read(_ bytes: [UInt8]) throws(ReportError) -> Report {
    report(of: try runs(in: bytes))
  }

  /// The same, with a report for each tool, in the order in which the log first names them.
  public static func readEachTool(_ bytes: [UInt8]) throws(ReportError) -> [Report] {
    let runs = try runs(in: bytes)
    var tools: [String] = []
    var runsOfTool: [String: [SARIFLog.Run]] = [:]
    for run in runs {
      let tool = SARIFRunReader(run).tool
      if runsOfTool[tool] == nil { tools.append(tool) }
      runsOfTool[tool, default: []].append(run)
    }
    return tools.isEmpty ? [report(of: [])] : tools.map { report(of: runsOfTool[$0] ?? []) }
  }

  private static func runs(in bytes: [UInt8]) throws(ReportError) -> [SARIFLog.Run] {
    let log = try log(in: bytes)
    guard let runs = log.runs else {
      throw ReportError(
        code: .notSARIF,
        message: "this is JSON but no SARIF log: it has no array \"runs\"; give a file that a tool wrote as SARIF")
    }
    guard log.version == "2.1.0" else {
      let found = log.version.map { "version \"\($0)\"" } ?? "no version"
      throw ReportError(
        code: .unsupportedVersion,
        message: "the SARIF log has \(found), but only 2.1.0 can be read; let the tool write SARIF 2.1.0")
    }
    return runs
  }

  private static func report(of runs: [SARIFLog.Run]) -> Report {
    let readers = runs.map(SARIFRunReader.init)
    var tools: [String] = []
    for reader in readers where !tools.contains(reader.tool) { tools.append(reader.tool) }
    var report = Report(
      tool: tools.isEmpty ? "unknown" : tools.joined(separator: ", "), version: readers.first?.version ?? "")

    var rules: [String: Rule] = [:]
    var ordinals: [String: Int] = [:]
    for reader in readers {
      let part = reader.findings()
      for rule in part.rules where rules[rule.id] == nil { rules[rule.id] = rule }
      for var finding in part.findings {
        // Equal digests are told apart by their place; our own logs have done so already.
        if finding.fingerprint.ordinal == 0 {
          ordinals[finding.fingerprint.digest, default: 0] += 1
          finding.fingerprint.ordinal = ordinals[finding.fingerprint.digest, default: 1]
        }
        report.findings.append(finding)
      }
      report.notifications += reader.notifications
      for pack in reader.packs where !report.packs.contains(pack) { report.packs.append(pack) }
      // The runs of one scan that was split all tell the whole of it. Where one of several scans saw no file, that
      // must not hide behind the others.
      if report.coverage == nil || reader.coverage?.files == 0 { report.coverage = reader.coverage }
    }
    report.rules = rules.values.sorted { $0.id < $1.id }
    if runs.isEmpty {
      report.notifications.append(
        Notification(kind: .noResults, level: .error, message: "the SARIF log holds no run: no tool has scanned"))
    }
    return report
  }

  private static func log(in bytes: [UInt8]) throws(ReportError) -> SARIFLog {
    let document: Document
    do throws(DocumentError) {
      document = try JSONReader.read(utf8(bytes))
    } catch {
      throw ReportError(
        code: .notJSON,
        message:
          "this can not be read as JSON (\(error)), perhaps it is empty or cut short; let the tool write the file again"
      )
    }
    guard let root = document.root, root.kind == .mapping else {
      throw ReportError(
        code: .notSARIF, message: "this is JSON but no SARIF log; give a file that a tool wrote as SARIF")
    }
    do throws(SARIFFault) {
      return try SARIFLog(root)
    } catch {
      throw ReportError(
        code: .malformed,
        message:
          "the SARIF log is malformed: \(PlainText.line(error.place(in: root))) \(error.message); "
          + "check it with a SARIF validator")
    }
  }

  /// JSON is UTF-8 (RFC 8259, 8.1); what Windows tools write as UTF-16 says so by its byte order mark.
  private static func utf8(_ bytes: [UInt8]) -> [UInt8] {
    let isLittle = bytes.starts(with: [0xFF, 0xFE])
    guard isLittle || bytes.starts(with: [0xFE, 0xFF]) else { return bytes }
    let units = stride(from: 2, to: bytes.count - 1, by: 2).map { offset in
      let (first, second) = (UInt16(bytes[offset]), UInt16(bytes[offset + 1]))
      return isLittle ? second << 8 | first : first << 8 | second
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }
}

extension Notification.Kind {
  /// A run of a SARIF log tells no results: the tool did not scan.
  static let noResults = Notification.Kind(rawValue: "no-results")
  /// A run of a SARIF log says that the tool failed.
  static let toolFailed = Notification.Kind(rawValue: "tool-failed")
}
