package import Findings
internal import Matching
package import RulePacks
internal import Sources
internal import Synchronization

/// Looks at files in parallel. Built once from rules, immutable, free to share.
package final class Engine: Sendable {
  package struct Options: Sendable {
    /// Larger files are skipped, in bytes.
    package var maxFileBytes = 10 << 20
    /// How many files are looked at at the same time.
    package var workers: Int
    /// See ``Fingerprint``.
    package var fingerprintKey: [UInt8]

    package init(maxFileBytes: Int, workers: Int, fingerprintKey: [UInt8]) {
      self.maxFileBytes = maxFileBytes
      self.workers = workers
      self.fingerprintKey = fingerprintKey
    }
  }

  private let library: RuleLibrary
  private let rules: TextRuleSet
  private let tool: (name: String, version: String)

  /// - Throws: when Vectorscan refuses the anchors.
  package init(library: RuleLibrary, tool: String, version: String) throws(RulePackError) {
    self.library = library
    self.tool = (tool, version)
    do throws(PrefilterError) {
      rules = try TextRuleSet(library.rules, marker: SuppressionComment.pattern)
    } catch {
      let diagnostic = PackDiagnostic(
        file: "all packs", position: Position(line: 1, column: 1), message: "the keywords make no database: \(error)")
      throw RulePackError(diagnostics: [diagnostic])
    }
  }

  /// Scans everything in `source`.
  ///
  /// Cancelling the task ends the scan between two files; the report then says that it is incomplete.
  package func scan(
    _ source: ContentSource, options: Options, progress: ScanProgress? = nil,
    onEvent: (@Sendable (ScanEvent) -> Void)? = nil
  ) async -> Report {
    var listing = FileListing()
    switch source {
    case .tree(let tree): listing = await tree.list()
    case .memory(let files): listing.files = files.map(\.path)
    }
    progress?.start(listing.files.count)
    onEvent?(.started(fileCount: listing.files.count))
    for notification in listing.notifications { onEvent?(.notification(notification)) }
    let run = ScanRun(
      rules: rules, source: source, files: listing.files, options: options, progress: progress, onEvent: onEvent)
    var result = await run.result()
    result.notifications += listing.notifications
    let report = report(of: &result)
    onEvent?(.finished(report))
    return report
  }

  private func report(of result: inout ScanRun.Result) -> Report {
    FindingOrder.sort(&result.findings)
    FindingOrder.number(&result.findings)
    FindingOrder.sort(&result.notifications)
    return Report(
      tool: tool.name, version: tool.version,
      packs: library.packs.map { Report.Pack(name: $0.name, digest: $0.digest, ruleCount: $0.rules.count) },
      rules: (library.rules.map(\.metadata) + EngineRules.all).sorted { $0.id < $1.id },
      findings: result.findings, notifications: result.notifications, coverage: result.coverage)
  }
}
