import Findings
import Sources
import TestSupport
import Testing

@Suite("Reading files")
struct FileReaderTests {
  /// Reads files one after the other with one reader and gives their bytes, or why there are none.
  private static func read(
    _ names: [String], in directory: TemporaryDirectory, limit: Int = 1 << 30
  ) throws -> [Result<[UInt8], Skip>] {
    var reader = try FileReader(root: Array(directory.path.utf8), limit: limit)
    var results: [Result<[UInt8], Skip>] = []
    for name in names {
      switch reader.read(SourcePath(name)) {
      case .read(let count): results.append(.success(reader.withContents(count) { Array($0) }))
      case .skipped(let notification): results.append(.failure(Skip(notification: notification)))
      }
    }
    return results
  }

  struct Skip: Error, Hashable {
    var notification: Notification
  }

  @Test("stops at the limit and not before", arguments: [0, 1, 1_000, (256 << 10) - 1, 256 << 10, (256 << 10) + 1])
  func limit(limit: Int) async throws {
    try await TemporaryDirectory.with { directory in
      let bytes = (0...limit).map { UInt8(truncatingIfNeeded: $0 &* 31) }
      try directory.write(Array(bytes.dropLast()), to: "full")
      try directory.write(bytes, to: "over")
      let results = try Self.read(["full", "over", "full"], in: directory, limit: limit)
      #expect(results[0] == .success(Array(bytes.dropLast())))
      #expect(results[2] == results[0])
      guard case .failure(let skip) = results[1] else {
        throw Skip(notification: .init(kind: .tooLarge, level: .error, message: "read"))
      }
      #expect(skip.notification.kind == .tooLarge)
      #expect(skip.notification.level == .warning)
      #expect(skip.notification.path == SourcePath("over"))
      #expect(skip.notification.message.contains("\(limit + 1) bytes"))
      #expect(skip.notification.message.contains("--max-file-size"))
    }
  }

  @Test("uses one buffer for large and small files without mixing them")
  func buffer() async throws {
    try await TemporaryDirectory.with { directory in
      let sizes = [0, 10, 300 << 10, 5, 256 << 10, 2 << 20, 1, 0, (512 << 10) + 1, 3]
      let contents = sizes.enumerated().map { index, size in [UInt8](repeating: UInt8(index + 1), count: size) }
      for (index, content) in contents.enumerated() { try directory.write(content, to: "\(index)") }
      let results = try Self.read(sizes.indices.map { "\($0)" }, in: directory)
      #expect(results == contents.map { .success($0) })
    }
  }

  @Test("reads a file whose size is not told beforehand")
  func unknownSize() async throws {
    // Files of /proc have size 0; this one holds the names of the limits of a process.
    guard (try? FileReader(root: Array("/proc/self".utf8), limit: 1 << 20)) != nil else { return }
    var reader = try FileReader(root: Array("/proc/self".utf8), limit: 1 << 20)
    guard case .read(let count) = reader.read(SourcePath("limits")) else {
      Issue.record("not read")
      return
    }
    #expect(count > 100)
    var small = try FileReader(root: Array("/proc/self".utf8), limit: 20)
    guard case .skipped(let notification) = small.read(SourcePath("limits")) else {
      Issue.record("read beyond the limit")
      return
    }
    #expect(notification.kind == .tooLarge)
  }

  @Test("says why there is nothing to read")
  func skips() async throws {
    try await TemporaryDirectory.with { directory in
      try directory.write("x", to: "file")
      try directory.makeDirectory("directory")
      try directory.link("link", to: "file")
      try directory.makePipe("pipe")
      let names = ["missing", "file/below", "directory", "link", "pipe", String(repeating: "n", count: 300)]
      let kinds: [Notification.Kind] = [.deleted, .deleted, .specialFile, .symbolicLink, .specialFile, .unreadable]
      let results = try Self.read(names, in: directory)
      for (result, kind) in zip(results, kinds) {
        guard case .failure(let skip) = result else {
          Issue.record("\(kind.rawValue) was read")
          continue
        }
        #expect(skip.notification.kind == kind)
        // Only what failed makes a report incomplete.
        #expect(skip.notification.level == (kind == .unreadable ? .error : .note))
      }
    }
  }

  @Test("does not leave the tree through a directory that is a link")
  func linkedDirectory() async throws {
    try await TemporaryDirectory.with { directory in
      try directory.write("x", to: "outside/file")
      try directory.write("y", to: "tree/real/file")
      try directory.link("tree/linked", to: "../outside")
      var reader = try FileReader(root: Array(directory.path(of: "tree").utf8), limit: 100)
      // git lists `linked/file` when it is tracked and `linked` was a directory once.
      guard case .skipped(let notification) = reader.read(SourcePath("linked/file")) else {
        Issue.record("read through the link")
        return
      }
      #expect(notification.kind == .symbolicLink)
      guard case .read(1) = reader.read(SourcePath("real/file")) else {
        Issue.record("a plain file is not read any more")
        return
      }
    }
  }

  @Test("reports a root that is gone")
  func missingRoot() {
    #expect(throws: SystemError.self) { _ = try FileReader(root: Array("/nonexistent/root".utf8), limit: 1) }
  }

  @Test("reports a file that may not be read as an error", .enabled(if: !Program.isRoot))
  func denied() async throws {
    try await TemporaryDirectory.with { directory in
      try directory.write("x", to: "file")
      try directory.setMode(0, of: "file")
      guard case .failure(let skip) = try Self.read(["file"], in: directory)[0] else {
        Issue.record("read")
        return
      }
      #expect(skip.notification.kind == .unreadable)
      #expect(skip.notification.level == .error)
    }
  }
}
