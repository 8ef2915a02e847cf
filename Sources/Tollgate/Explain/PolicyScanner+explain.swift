internal import Findings
internal import Gating
internal import RulePacks
internal import Scanning
internal import Sources
internal import Synchronization

extension PolicyScanner {
  /// Scans one file and tells what was tried at a place of it, and why something is reported there or not.
  ///
  /// The file is seen as a scan of the current directory or of its work tree sees it.
  /// - Throws: when there is no such file, or it is a directory.
  public func explain(_ request: ExplainRequest) async throws(ScanRequestError) -> Explanation {
    var scan = ScanRequest(
      .paths([request.file]), excludes: request.excludes, maxFileBytes: request.maxFileBytes, workers: 1)
    scan.honoursForeignSuppressions = request.honoursForeignSuppressions
    scan.archiveDepth = 0
    scan.asOf = request.asOf
    let tree = try tree(of: request)
    guard let path = tree.onlyFile else {
      throw ScanRequestError(description: "\(SourcePath(request.file)) is a directory; name a file")
    }
    let result = ExplanationBox()
    let library = library
    let tracing = FileTracing(lines: request.line.map { $0...$0 }) { path, trace in
      result.set(ExplanationBuilder(trace, path: path, request: request, library: library).explanation)
    }
    let report = await engine.scan(.tree(tree), options: try options(of: scan), tracing: tracing)
    var explanation = result.value ?? Explanation(path: path, lines: request.line.map { $0...$0 })
    explanation.notes = report.notifications.map { "\($0.level.rawValue): \($0.message)" } + explanation.notes
    if await tree.isIgnoredByGit {
      explanation.notes.insert("git ignores the file: a scan of a directory passes over it", at: 0)
    }
    let gate = Gate(failOn: request.failOn)
    // The gate adds what it found out to the findings; their identity stays.
    let blocking = Set(gate.decide(report).blocking.map(\.fingerprint))
    explanation.findings = report.findings.filter { request.concerns($0) }.map { finding in
      Explanation.Reported(
        finding: finding, isBlocking: blocking.contains(finding.fingerprint),
        gate: Self.words(for: finding, isBlocking: blocking.contains(finding.fingerprint), failOn: request.failOn))
    }
    return explanation
  }

  /// The file below the root that a scan of the current directory has; below its own where it lies elsewhere.
  private func tree(of request: ExplainRequest) throws(ScanRequestError) -> FileTree {
    let globs = try globs(request.excludes)
    if let here = try? FileTree(["."], excludes: globs),
      let both = try? FileTree([".", request.file], excludes: globs), both.root == here.root,
      both.withoutDirectories.onlyFile != nil
    {
      return both.withoutDirectories
    }
    do throws(FileTree.Failure) {
      return try FileTree([request.file], excludes: globs)
    } catch {
      throw ScanRequestError(description: error.description)
    }
  }

  private static func words(for finding: Finding, isBlocking: Bool, failOn: Severity?) -> String {
    guard let failOn else { return "findings do not fail the gate (--fail-on never)" }
    if isBlocking { return "fails the gate: \(finding.severity) is at or above \(failOn) (--fail-on \(failOn))" }
    if let suppression = finding.suppression { return "does not count: suppressed (\(suppression.reason))" }
    if finding.level == .audit { return "does not fail the gate: level audit is advice" }
    return "does not fail the gate: \(finding.severity) is below \(failOn) (--fail-on \(failOn))"
  }
}

/// Takes what a worker hands back.
private final class ExplanationBox: Sendable {
  private let content = Mutex<Explanation?>(nil)

  var value: Explanation? { content.withLock { $0 } }

  func set(_ explanation: Explanation) { content.withLock { $0 = explanation } }
}

extension ExplainRequest {
  /// Whether a finding stands at the place.
  fileprivate func concerns(_ finding: Finding) -> Bool {
    guard let line else { return true }
    func isThere(_ region: Region) -> Bool {
      guard region.start.line <= line, line <= region.end.line else { return false }
      guard let column else { return true }
      let place = Position(line: line, column: column)
      return region.start <= place && (place < region.end || region.start == region.end)
    }
    if isThere(finding.location.region) { return true }
    return finding.relatedLocations.contains {
      $0.location.path == finding.location.path && isThere($0.location.region)
    }
  }
}
