import Findings
import Scanning
import Sources
import TestSupport
import Testing

@Suite("Archives")
struct ArchiveTests {
  private static let token = MadeUpCredential.gitHubToken(12)
  private static let text = Array("first line\n  value = \"\(token)\"\n".utf8)

  private static func scan(
    _ bytes: [UInt8], name: String = "dir/file.bin", _ change: (inout ArchiveOptions) -> Void = { _ in }
  ) async -> Report {
    var options = Scan.options()
    change(&options.archives)
    return await Scan.files([(name, bytes)], options: options)
  }

  private static func paths(_ report: Report) -> [String] {
    report.findings.map { "\($0.location.path):\($0.location.region.start.line):\($0.location.region.start.column)" }
  }

  @Test("of every kind are looked into, whatever their name", arguments: ArchiveBuilder.Kind.allCases)
  func kinds(kind: ArchiveBuilder.Kind) async throws {
    let report = await Self.scan(try ArchiveBuilder.archive(kind, [("a/b.txt", Self.text)]))
    let inner = [.gzip, .bzip2, .xz, .zstandard].contains(kind) ? "file" : "a/b.txt"
    #expect(Self.paths(report) == ["dir/file.bin!/\(inner):2:12"])
    #expect(report.notifications.isEmpty)
    #expect(report.coverage == Report.Coverage(files: 2, bytes: Self.text.count))
    #expect(report.findings.first?.location.path.uri == "dir/file.bin%21/\(inner)")
  }

  @Test("within archives are looked into, as deep as the option says")
  func nested() async throws {
    var bytes = try ArchiveBuilder.archive(.tarXz, [("x.txt", Self.text)])
    bytes = try ArchiveBuilder.archive(.zip, [("b.txt", Array("x\n".utf8)), ("in.tar.xz", bytes)])
    bytes = try ArchiveBuilder.archive(.tarGzip, [("y/z.zip", bytes)])
    let path = "dir/file.bin!/y/z.zip!/in.tar.xz!/x.txt:2:12"
    #expect(Self.paths(await Self.scan(bytes)) == [path])
    for depth in 1...2 {
      let report = await Self.scan(bytes) { $0.depth = depth }
      #expect(report.findings.isEmpty)
      #expect(report.notifications.map(\.kind) == [.archiveLimit])
      #expect(report.notifications.first?.message.contains("\(depth) archives") == true)
      #expect(report.isComplete)
    }
    let off = await Self.scan(bytes) { $0.depth = 0 }
    #expect(off.notifications.map(\.kind) == [.binary])
  }

  @Test("hold encoded credentials too")
  func encoded() async throws {
    let text = Array("a: \(Wrapping.base64.wrap(Self.token))\n".utf8)
    let utf16 = "b: \(Self.token)\n".utf16(isBigEndian: false)
    let report = await Self.scan(try ArchiveBuilder.archive(.zip, [("a", text), ("b", utf16)]))
    #expect(Self.paths(report) == ["dir/file.bin!/a:1:4", "dir/file.bin!/b:1:4"])
    #expect(report.findings.map(\.encodings) == [[.base64], []])
  }

  @Test("with names that lead out of them stay below their own path")
  func names() async throws {
    let names = ["../../etc/a", "/b", "c\\..\\d", "./e//f", "é 漢", ".."]
    let report = await Self.scan(try ArchiveBuilder.archive(.tar, names.map { ($0, Self.text) }))
    let expected = ["etc/a", "b", "c/d", "e/f", "é 漢", "unnamed"].map { "dir/file.bin!/\($0)" }
    #expect(Set(report.findings.map(\.location.path.description)) == Set(expected))
  }

  @Test("that are encrypted are told of")
  func encrypted() async throws {
    let bytes = try ArchiveBuilder.archive(.zip, [("a", Self.text), ("b", Self.text)], passphrase: "x1")
    let report = await Self.scan(bytes)
    #expect(report.findings.isEmpty)
    #expect(report.notifications.map(\.kind) == [.archiveEncrypted])
    #expect(report.notifications.first?.message.hasPrefix("2 entries are encrypted") == true)
    #expect(report.notifications.first?.isSkip == true)
  }

  @Test("that are cut short are read as far as they go, and told of", arguments: ArchiveBuilder.Kind.allCases)
  func truncated(kind: ArchiveBuilder.Kind) async throws {
    var random = SeededGenerator(seed: 5)
    let filler = random.bytes(60_000).map { 32 + $0 % 90 }
    let bytes = try ArchiveBuilder.archive(kind, [("a", Self.text + filler)])
    for length in [bytes.count - 40, bytes.count / 2, 30] {
      let report = await Self.scan(Array(bytes.prefix(length)))
      // A tar archive may end anywhere; a file of 30 bytes may be no archive that is recognised.
      let told = report.notifications.contains { [.archiveDamaged, .binary, .invalidUTF8].contains($0.kind) }
      #expect(told || kind == .tar || !report.findings.isEmpty, "\(kind), \(length) bytes")
      #expect(report.isComplete || length == 30)
    }
  }

  @Test("of random bytes behind a right beginning end", arguments: 0..<UInt64(40))
  func damaged(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let kind = random.pick(ArchiveBuilder.Kind.allCases)
    let others = [.gzip, .bzip2, .xz, .zstandard].contains(kind) ? [] : [("b/c", random.bytes(3_000))]
    var bytes = try ArchiveBuilder.archive(kind, [("a", Self.text)] + others)
    for _ in 0..<(1 + random.below(20)) { bytes[random.below(bytes.count)] = UInt8(random.below(256)) }
    let report = await Self.scan(bytes)
    #expect(report.coverage != nil)
  }

  @Test("that expand beyond measure are given up")
  func bombs() async throws {
    let zeros = [UInt8](repeating: 0x20, count: 4 << 20)
    for kind in [ArchiveBuilder.Kind.zip, .tarGzip, .tarXz, .gzip, .zstandard] {
      let files = (0..<4).map { ("f\($0)", zeros) }
      let isOne = [.gzip, .zstandard].contains(kind)
      let bytes = try ArchiveBuilder.archive(kind, isOne ? [("f", zeros + zeros)] : files)
      let report = await Self.scan(bytes) { $0.freeBytes = 5 << 20 }
      #expect(report.notifications.map(\.kind) == [.archiveLimit], "\(kind)")
      #expect(report.coverage.map { $0.bytes <= 9 << 20 } == true)
      let total = await Self.scan(bytes) { $0.maxTotalBytes = 3 << 20 }
      #expect(total.notifications.map(\.kind) == [.archiveLimit], "\(kind)")
      #expect(total.coverage.map { $0.bytes } == 0)
    }
  }

  @Test("count the entries of all archives within them")
  func entries() async throws {
    let inner = try ArchiveBuilder.archive(.tar, (0..<30).map { ("f\($0)", Array("x\n".utf8)) })
    let bytes = try ArchiveBuilder.archive(.zip, (0..<4).map { ("\($0).tar", inner) } + [("last", Self.text)])
    let report = await Self.scan(bytes) { $0.maxEntries = 50 }
    #expect(report.notifications.map(\.kind) == [.archiveLimit] && report.findings.isEmpty)
    #expect(report.notifications.first?.message.contains("50 entries") == true)
    #expect(await Self.scan(bytes).findings.count == 1)
  }

  @Test("tell of an entry that is too large, and read the others")
  func largeEntry() async throws {
    var random = SeededGenerator(seed: 6)
    let large = random.bytes(50_000).map { 32 + $0 % 90 }
    for kind in [ArchiveBuilder.Kind.zip, .tarGzip, .sevenZip] {
      let bytes = try ArchiveBuilder.archive(kind, [("large", large), ("small", Self.text)])
      let report = await Self.scan(bytes) { $0.maxEntryBytes = 10_000 }
      #expect(report.notifications.map(\.kind) == [.tooLarge], "\(kind)")
      #expect(report.notifications.first?.path == SourcePath("dir/file.bin!/large"))
      #expect(Self.paths(report) == ["dir/file.bin!/small:2:12"], "\(kind)")
    }
  }

  @Test("give the same report whatever the number of workers")
  func deterministic() async throws {
    let files = try (0..<20).map { index in
      let kind = ArchiveBuilder.Kind.allCases[index % 7]
      return ("f\(index)", try ArchiveBuilder.archive(kind, (0..<5).map { ("e\($0)", Self.text) }))
    }
    let expected = await Scan.files(files)
    #expect(expected.findings.count == 100)
    for workers in [2, 8] {
      let report = await Scan.files(files.reversed(), options: Scan.options(workers: workers))
      let isSame = "\(report)" == "\(expected)"
      #expect(isSame)
    }
  }

  @Test("of a tree may be larger than other files")
  func largeArchive() async throws {
    let files = (0..<40).map { ("f\($0)", Self.text + [UInt8](repeating: 0x2E, count: 400)) }
    let bytes = try ArchiveBuilder.archive(.tar, files)
    try await TemporaryDirectory.with { directory in
      try directory.write(bytes, to: "large.tar")
      try directory.write([UInt8](repeating: 0x2E, count: 5_000), to: "large.txt")
      var options = Scan.options(maxFileBytes: 2_000)
      let report = await Scan.engine.scan(.tree(try FileTree([directory.path])), options: options)
      #expect(report.findings.count == 40)
      #expect(
        report.notifications.map { "\($0.kind.rawValue) \($0.path?.description ?? "")" } == ["too-large large.txt"])
      options.archives.maxArchiveBytes = 10_000
      let limited = await Scan.engine.scan(.tree(try FileTree([directory.path])), options: options)
      #expect(limited.findings.isEmpty && limited.notifications.map(\.kind) == [.tooLarge, .tooLarge])
    }
  }
}
