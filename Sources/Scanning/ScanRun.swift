internal import Findings
internal import Matching
internal import RulePacks
internal import Sources
internal import Synchronization

/// One scan: a queue of files and the workers that empty it.
final class ScanRun: Sendable {
  /// What workers hand back.
  struct Result: Sendable {
    var findings: [Finding] = []
    var notifications: [Notification] = []
    var coverage = Report.Coverage()

    mutating func add(_ other: Result) {
      findings += other.findings
      notifications += other.notifications
      coverage.files += other.coverage.files
      coverage.bytes += other.coverage.bytes
    }
  }

  private let rules: RuleSets
  let source: ContentSource
  let files: [SourcePath]
  let options: Engine.Options
  private let progress: ScanProgress?
  private let onEvent: (@Sendable (ScanEvent) -> Void)?
  private let tracing: FileTracing?
  /// The index of the next file that nobody has taken.
  let next = Atomic<Int>(0)

  init(
    rules: RuleSets, source: ContentSource, files: [SourcePath], options: Engine.Options, progress: ScanProgress?,
    onEvent: (@Sendable (ScanEvent) -> Void)?, tracing: FileTracing? = nil
  ) {
    self.rules = rules
    self.source = source
    self.files = files
    self.options = options
    self.progress = progress
    self.onEvent = onEvent
    self.tracing = tracing
  }

  var workers: Int {
    let limit = if case .blobs(let blobs) = source { blobs.workers(options.workers) } else { options.workers }
    return max(1, min(limit, files.count))
  }

  func result() async -> Result {
    let workers = workers
    return await withTaskGroup(of: Result.self) { group in
      for _ in 0..<workers { group.addTask { await self.work() } }
      var result = Result()
      for await part in group { result.add(part) }
      if Task.isCancelled {
        note(
          Notification(kind: .cancelled, level: .error, message: "the scan was cancelled before it was complete"),
          in: &result)
      }
      return result
    }
  }

  @concurrent private func work() async -> Result {
    var result = Result()
    do throws(PrefilterError) {
      var analyzer = try FileAnalyzer(
        rules: rules,
        options: FindingAssembly.Options(
          fingerprintKey: options.fingerprintKey, honoursForeignSuppressions: options.honoursForeignSuppressions),
        neighbours: NeighbouringFiles(of: source, limit: options.maxFileBytes), asOf: options.asOf)
      switch source {
      case .tree(let tree): read(tree, with: &analyzer, into: &result)
      case .git: break
      case .blobs(let blobs): read(blobs, with: &analyzer, into: &result)
      case .memory(let memory):
        while let index = takeFile() {
          let bytes = memory.files[index].bytes
          guard bytes.count <= options.maxFileBytes else {
            note(FileReader.tooLarge(files[index], size: bytes.count, limit: options.maxFileBytes), in: &result)
            finish(index)
            continue
          }
          analyze(bytes.span, at: index, with: &analyzer, into: &result)
        }
      }
    } catch {
      note(Notification(kind: .engine, level: .error, message: "\(error)"), in: &result)
    }
    return result
  }

  private func read(_ tree: FileTree, with analyzer: inout FileAnalyzer, into result: inout Result) {
    var reader: FileReader
    do throws(SystemError) {
      reader = try FileReader(
        root: tree.root, limit: options.maxFileBytes,
        archiveLimit: options.archives.depth > 0 ? options.archives.maxArchiveBytes : 0)
    } catch {
      note(
        Notification(kind: .unreadable, level: .error, message: "the root could not be opened: \(error)"), in: &result)
      return
    }
    while let index = takeFile() {
      switch reader.read(files[index]) {
      case .skipped(let notification):
        note(notification, in: &result)
        finish(index)
      case .read(let count):
        reader.withContents(count) { analyze($0, at: index, with: &analyzer, into: &result) }
      }
    }
  }

  func analyze(
    _ bytes: Span<UInt8>, at index: Int, with analyzer: inout FileAnalyzer, into result: inout Result
  ) {
    if options.archives.depth > 0, let format = ArchiveFormat(bytes) {
      // It was looked at, even if there is nothing in it.
      result.coverage.files += 1
      var walk = ArchiveWalk(options.archives)
      walk.walk(bytes, format: format, path: files[index]) {
        analyze($0, path: $1, isInArchive: true, with: &analyzer, into: &result)
      } note: {
        note($0, in: &result)
      }
    } else {
      analyze(bytes, path: files[index], isInArchive: false, with: &analyzer, into: &result)
    }
    finish(index)
  }

  private func analyze(
    _ bytes: Span<UInt8>, path: SourcePath, isInArchive: Bool, with analyzer: inout FileAnalyzer,
    into result: inout Result
  ) {
    let trace = tracing.map { FileTrace(wantedLines: $0.lines) }
    let found = analyzer.analyze(bytes, path: path, isInArchive: isInArchive, trace: trace)
    if let trace { tracing?.onTrace(path, trace) }
    if found.isScanned {
      result.coverage.files += 1
      result.coverage.bytes += bytes.count
    }
    result.findings += found.findings
    if let onEvent {
      for finding in found.findings { onEvent(.finding(finding)) }
    }
    for notification in found.notifications { note(notification, in: &result) }
  }

  func note(_ notification: Notification, in result: inout Result) {
    result.notifications.append(notification)
    onEvent?(.notification(notification))
  }

  private func takeFile() -> Int? {
    guard !Task.isCancelled else { return nil }
    let index = next.add(1, ordering: .relaxed).oldValue
    return index < files.count ? index : nil
  }

  func finish(_ index: Int) {
    progress?.advance()
    onEvent?(.fileDone(files[index]))
  }
}
