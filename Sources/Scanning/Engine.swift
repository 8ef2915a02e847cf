package import Findings
internal import Matching
package import RulePacks
package import Sources
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
    /// Whether comments of other tools (`gitleaks:allow`) suppress findings.
    package var honoursForeignSuppressions = true
    /// Which archives are looked into, and how far; entries are held to ``maxFileBytes`` too.
    package var archives: ArchiveOptions
    /// The time by which credentials are taken for expired; `nil`: none is.
    package var asOf: Timestamp?

    package init(
      maxFileBytes: Int, workers: Int, fingerprintKey: [UInt8], archives: ArchiveOptions = ArchiveOptions(),
      asOf: Timestamp? = nil
    ) {
      self.maxFileBytes = maxFileBytes
      self.workers = workers
      self.fingerprintKey = fingerprintKey
      self.archives = archives
      self.archives.maxEntryBytes = min(archives.maxEntryBytes, maxFileBytes)
      self.asOf = asOf
    }
  }

  private let library: RuleLibrary
  /// The rules made ready for a few files and for many, each when it is first needed.
  private let prepared = Mutex<[PatternSet.Scale: RuleSets]>([:])
  private let tool: (name: String, version: String)

  package init(library: RuleLibrary, tool: String, version: String) {
    self.library = library
    self.tool = (tool, version)
  }

  /// Up to how many files the rules need not be made ready for a tree.
  private static let fewFiles = 48

  private func rules(forFiles count: Int) throws(PrefilterError) -> RuleSets {
    let scale = count <= Self.fewFiles ? PatternSet.Scale.small : .large
    return try prepared.withLock { prepared throws(PrefilterError) in
      if let known = prepared[scale] { return known }
      let rules = try RuleSets(library, scale: scale)
      prepared[scale] = rules
      return rules
    }
  }

  /// Makes the rules ready before the number of files is known. What is wrong with them is told when they are used.
  @concurrent private func prepareRules(forFiles count: Int) async {
    _ = try? rules(forFiles: count)
  }

  /// Scans everything in `source`.
  ///
  /// Cancelling the task ends the scan between two files; the report then says that it is incomplete.
  /// - Parameter tracing: who wants to know of every step.
  package func scan(
    _ source: ContentSource, options: Options, progress: ScanProgress? = nil,
    onEvent: (@Sendable (ScanEvent) -> Void)? = nil, tracing: FileTracing? = nil
  ) async -> Report {
    var listing = FileListing()
    var source = source
    if case .git(let git) = source {
      // Git lists while the rules are made ready: a commit hook waits for both.
      async let ready: Void = prepareRules(forFiles: git.isMostlyFewFiles ? 1 : Self.fewFiles + 1)
      source = .blobs(await git.blobs(workers: options.workers))
      await ready
    }
    switch source {
    case .tree(let tree): listing = await tree.list()
    case .memory(let memory): listing = memory.listing
    case .git: break
    case .blobs(let blobs): listing = blobs.listing
    }
    progress?.start(listing.files.count)
    onEvent?(.started(fileCount: listing.files.count))
    for notification in listing.notifications { onEvent?(.notification(notification)) }
    var result = ScanRun.Result()
    do throws(PrefilterError) {
      let rules = try rules(forFiles: listing.files.count)
      let run = ScanRun(
        rules: rules, source: source, files: listing.files, options: options, progress: progress, onEvent: onEvent,
        tracing: tracing)
      result = await run.result()
    } catch {
      let notification = Notification(
        kind: .engine, level: .error, message: "the keywords of the rules make no database: \(error)")
      result.notifications.append(notification)
      onEvent?(.notification(notification))
    }
    result.notifications += listing.notifications
    if case .blobs(let blobs) = source { Self.complete(&result, blobs) }
    let report = report(of: &result)
    onEvent?(.finished(report))
    return report
  }

  /// Adds what only git knows of findings, and says when there was nothing to look at.
  private static func complete(_ result: inout ScanRun.Result, _ blobs: GitBlobs) {
    do throws(GitFailure) {
      try blobs.complete(&result.findings)
    } catch {
      result.notifications.append(Notification(kind: .gitUnavailable, level: .error, message: "\(error)"))
    }
    if let nothing = blobs.nothing, result.coverage.files == 0,
      !result.notifications.contains(where: { $0.level == .error })
    {
      result.notifications.append(Notification(kind: .nothingToScan, level: .note, message: nothing))
    }
  }

  private func report(of result: inout ScanRun.Result) -> Report {
    FindingOrder.sort(&result.findings)
    FindingOrder.number(&result.findings)
    FindingOrder.sort(&result.notifications)
    return Report(
      tool: tool.name, version: tool.version,
      packs: library.packs.map { Report.Pack(name: $0.name, bytes: $0.bytes, ruleCount: $0.rules.count) },
      rules: (library.rules.map(\.metadata) + EngineRules.all).sorted { $0.id < $1.id },
      findings: result.findings, notifications: result.notifications, coverage: result.coverage)
  }
}
