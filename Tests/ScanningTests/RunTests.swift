import Findings
import RulePacks
import Scanning
import Sources
import Synchronization
import TestSupport
import Testing

@Suite("A scan")
struct RunTests {
  /// Files of many kinds and sizes, the same for the same seed.
  private static func randomFiles(seed: UInt64, count: Int) -> [(String, [UInt8])] {
    var random = SeededGenerator(seed: seed)
    return (0..<count).map { index in
      let depth = random.below(3)
      let name = (0..<depth).map { _ in random.pick(["a", "b c", "é"]) + "/" }.joined() + "f\(index)"
      var text = ""
      for _ in 0..<random.below(20) {
        text += random.pick([
          "x = '\(MadeUpCredential.gitHubToken(UInt64(random.below(5))))'", MadeUpCredential.slackToken(random.next()),
          "# tollgate" + ":ignore \(github) -- why", "# tollgate" + ":ignore \(github)", "plain", "é 👍",
          MadeUpCredential.brokenGitHubToken(random.next()),
        ])
        text += random.pick(["\n", "\r\n", " "])
      }
      let ending: [UInt8] = random.pick([[], [], [], [0], [0xFF], random.bytes(40)])
      return (name, Array(text.utf8) + ending)
    }
  }

  @Test(
    "gives the same report whatever the number of workers and the order of files", arguments: [1, 2, 3] as [UInt64])
  func deterministic(seed: UInt64) async {
    var random = SeededGenerator(seed: seed)
    let files = Self.randomFiles(seed: seed, count: 80)
    let expected = await Scan.files(files)
    #expect(!expected.findings.isEmpty && !expected.notifications.isEmpty, "seed \(seed)")
    for workers in [1, 2, 8, 200] {
      let report = await Scan.files(files.shuffled(using: &random), options: Scan.options(workers: workers))
      let isSame = "\(report)" == "\(expected)"
      #expect(isSame, "seed \(seed), \(workers) workers")
    }
  }

  @Test("finds in many files at once what it finds in each by itself", arguments: [7, 8] as [UInt64])
  func fewAndMany(seed: UInt64) async {
    // The engine makes itself ready in another way for few files.
    let files = Self.randomFiles(seed: seed, count: 100)
    var places: [String] = []
    for file in files.sorted(by: { SourcePath($0.0) < SourcePath($1.0) }) {
      places += await Scan.files([file]).places.map { "\(file.0) \($0)" }
    }
    let together = await Scan.files(files)
    #expect(zip(together.findings, together.places).map { "\($0.location.path) \($1)" } == places, "seed \(seed)")
  }

  @Test("of a tree gives the same report whatever the order in which its files were made")
  func creationOrder() async throws {
    var random = SeededGenerator(seed: 4)
    let files = Self.randomFiles(seed: 4, count: 40)
    var texts: Set<String> = []
    for workers in [1, 2, 8] {
      let shuffled = files.shuffled(using: &random)
      try await TemporaryDirectory.with { directory in
        for (name, bytes) in shuffled { try directory.write(bytes, to: name) }
        let tree = try FileTree([directory.path])
        texts.insert("\(await Scan.engine.scan(.tree(tree), options: Scan.options(workers: workers)))")
      }
    }
    #expect(texts.count == 1)
  }

  private final class Events: Sendable {
    let all = Mutex<[ScanEvent]>([])
    let cancel = Mutex<(@Sendable () -> Void)?>(nil)
    func add(_ event: ScanEvent) { all.withLock { $0.append(event) } }
  }

  @Test("tells each finding, notification and file once as an event, and the report last")
  func events() async throws {
    let files = Self.randomFiles(seed: 5, count: 60)
    try await TemporaryDirectory.with { directory in
      for (name, bytes) in files { try directory.write(bytes, to: name) }
      try directory.link("link", to: "x")
      let events = Events()
      let progress = ScanProgress()
      let options = Scan.options(workers: 4, maxFileBytes: 400)
      let report = await Scan.engine.scan(
        .tree(try FileTree([directory.path])), options: options, progress: progress, onEvent: events.add)
      let all = events.all.withLock { $0 }
      var findings: [Finding] = []
      var notifications: [Notification] = []
      var done: [SourcePath] = []
      for event in all {
        switch event {
        case .finding(var finding):
          // The report counts equal values over all files.
          finding.fingerprint.ordinal = 1
          findings.append(finding)
        case .notification(let notification): notifications.append(notification)
        case .fileDone(let path): done.append(path)
        default: break
        }
      }
      let reported = report.findings.map { finding in
        var finding = finding
        finding.fingerprint.ordinal = 1
        return finding
      }
      #expect(Self.counts(findings) == Self.counts(reported))
      #expect(Self.counts(notifications) == Self.counts(report.notifications))
      #expect(Self.counts(done) == Self.counts(files.map { SourcePath($0.0) }))
      #expect(notifications.contains { $0.kind == .tooLarge } && notifications.contains { $0.kind == .symbolicLink })
      guard case .started(let count) = all.first, case .finished(let last) = all.last else {
        Issue.record("the first event is not the start, or the last not the report")
        return
      }
      #expect(count == files.count)
      let isSame = "\(last)" == "\(report)"
      #expect(isSame)
      #expect(progress.fileCount == files.count && progress.filesDone == files.count)
    }
  }

  private static func counts<Element: Hashable>(_ elements: [Element]) -> [Element: Int] {
    elements.reduce(into: [:]) { $0[$1, default: 0] += 1 }
  }

  @Test("that is cancelled says that it is incomplete, and tells it as an event")
  func cancelled() async throws {
    let files = Self.randomFiles(seed: 6, count: 200)
    let events = Events()
    // The first file ends the scan: no timing decides how far it gets.
    let (gate, opener) = AsyncStream.makeStream(of: Void.self)
    let task = Task {
      for await _ in gate { break }
      return await Scan.engine.scan(
        .memory(MemoryFiles(files.map { (SourcePath($0.0), $0.1) })), options: Scan.options(workers: 2)
      ) { event in
        events.add(event)
        if case .fileDone = event { events.cancel.withLock { $0?() } }
      }
    }
    events.cancel.withLock { $0 = { task.cancel() } }
    opener.yield()
    let report = await task.value
    #expect(!report.isComplete)
    #expect(report.notifications.contains { $0.kind == .cancelled && $0.level == .error })
    #expect((report.coverage?.files ?? 0) < 200)
    let told = events.all.withLock { $0 }.contains { event in
      if case .notification(let notification) = event { notification.kind == .cancelled } else { false }
    }
    #expect(told)
  }

  @Test("tells of a file at which a pattern gave up, and goes on")
  func matchLimit() async throws {
    // Steps grow with the square of the subject and more; 2,000,000 are allowed.
    let rule = """
      pack: slow
      rules:
        - id: slow
          title: Slow
          severity: high
          confidence: high
          level: deny
          phase: code
          tags: [secret]
          on: text
          keywords: [anchor]
          pattern: 'anchor(?:a{1,60}){1,60}(?:a{1,60}){1,60}b'
          message: Slow.
          why: Slow.
          fix: Slow.
      """
    let pack = try RulePackReader(checksPatterns: false).read(Array(rule.utf8), file: "slow.yaml")
    let engine = Engine(library: try RuleLibrary([pack]), tool: "tollgate", version: "test")
    let files = [("a", "anchor" + String(repeating: "a", count: 3_000) + "cb"), ("b", "anchoraab")]
    let report = await engine.scan(
      .memory(MemoryFiles(files.map { (SourcePath($0.0), Array($0.1.utf8)) })), options: Scan.options())
    #expect(report.notifications.map(\.kind) == [.matchLimit])
    #expect(report.notifications.first?.path == SourcePath("a"))
    #expect(report.notifications.first?.message.contains("slow") == true)
    #expect(!report.isComplete)
    #expect(report.findings.map(\.location.path) == [SourcePath("b")])
  }

  @Test("of hostile bytes ends", arguments: 0..<UInt64(40))
  func hostile(seed: UInt64) async {
    var random = SeededGenerator(seed: seed)
    let words: [[UInt8]] = [
      Array(MadeUpCredential.gitHubToken(seed).utf8), Array("-----BEGIN RSA PRIVATE KEY-----".utf8),
      Array("-----END ".utf8),
      Array(("tollgate" + ":ignore").utf8), Array(" \(github) -- ".utf8), Array("ghp_".utf8), Array("glpat-".utf8),
      Array("eyJhbGciOi".utf8), Array("postgres://a:".utf8), [0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xFE, 0xFF], [13], [10],
      [0xC3], [0xF0, 0x9F], [0xE2, 0x80, 0xAE], Array("=\"".utf8), Array(MadeUpCredential.jsonWebToken(seed).utf8),
    ]
    for _ in 0..<20 {
      var bytes: [UInt8] = []
      for _ in 0..<random.below(60) {
        bytes += random.once(in: 4) ? random.bytes(random.below(30)) : random.pick(words)
      }
      if random.once(in: 4) { bytes.removeAll { $0 == 0 } }
      let report = await Scan.bytes(bytes)
      let size = bytes.count
      for finding in report.findings {
        let region = finding.location.region
        #expect(region.byteRange.map { $0.upperBound <= size } == true, "seed \(seed)")
        #expect(region.start <= region.end && region.start.line >= 1 && region.start.column >= 1, "seed \(seed)")
        #expect(finding.snippet.map { $0.mark.upperBound <= $0.text.count } == true, "seed \(seed)")
      }
    }
  }
}
