import Findings
import Sources
import TestSupport
import Testing

@Suite("A git work tree")
struct GitWorkTreeTests {
  private static func listing(_ path: String, excludes: [String] = []) async throws -> FileListing {
    try await FileTree([path], excludes: excludes.compactMap { PathGlob($0) }).list()
  }

  @Test("gives what is tracked and what is not ignored")
  func ignored() async throws {
    try await TemporaryDirectory.with { directory in
      let repository = try await GitRepository(in: directory)
      try await repository.commit([".gitignore": "build/\n*.log\n", "a": "x", "sub/b": "x", "kept.log": "x"])
      for name in ["new", "sub/new", "sub/.hidden", "build/out", "x.log", "sub/deep/y.log"] {
        try repository.write("x", to: name)
      }
      let listing = try await Self.listing(directory.path)
      // A tracked file counts although a pattern names it.
      #expect(
        listing.files.map(\.description)
          == [".gitignore", "a", "kept.log", "new", "sub/.hidden", "sub/b", "sub/new"])
      #expect(listing.notifications.isEmpty)
    }
  }

  @Test("is the root of the paths when one of its directories is named")
  func subdirectory() async throws {
    try await TemporaryDirectory.with { directory in
      let repository = try await GitRepository(in: directory)
      try await repository.commit([".gitignore": "*.log\n", "a": "x", "sub/b": "x", "sub/deep/c": "x"])
      try repository.write("x", to: "sub/x.log")
      let tree = try FileTree([directory.path(of: "sub/deep"), directory.path(of: "sub/b")])
      #expect(String(decoding: tree.root, as: UTF8.self) == directory.path)
      #expect(await tree.list().files.map(\.description) == ["sub/b", "sub/deep/c"])
      #expect(try await Self.listing(directory.path(of: "sub")).files.map(\.description) == ["sub/b", "sub/deep/c"])
    }
  }

  @Test("gives what it ignores to whoever names it")
  func ignoredTarget() async throws {
    try await TemporaryDirectory.with { directory in
      let repository = try await GitRepository(in: directory)
      try await repository.commit([".gitignore": "build/\n*.log\n", "a": "x"])
      for name in ["build/out", "build/sub/x.log", "x.log"] { try repository.write("x", to: name) }
      #expect(
        try await Self.listing(directory.path(of: "build")).files.map(\.description) == [
          "build/out", "build/sub/x.log",
        ])
      #expect(try await Self.listing(directory.path(of: "build/sub")).files.map(\.description) == ["build/sub/x.log"])
      #expect(try await Self.listing(directory.path(of: "x.log")).files.map(\.description) == ["x.log"])
    }
  }

  @Test("gives all of an ignored directory that is named, although one file in it is tracked")
  func ignoredTargetWithTrackedFile() async throws {
    try await TemporaryDirectory.with { directory in
      let repository = try await GitRepository(in: directory)
      try await repository.commit([".gitignore": "build/\n", "build/kept": "x"])
      try repository.write("x", to: "build/out")
      #expect(
        try await Self.listing(directory.path(of: "build")).files.map(\.description) == ["build/kept", "build/out"])
    }
  }

  @Test("leaves out what is excluded, tracked or not")
  func excludes() async throws {
    try await TemporaryDirectory.with { directory in
      let repository = try await GitRepository(in: directory)
      try await repository.commit(["a": "x", "vendor/b": "x"])
      try repository.write("x", to: "vendor/new")
      let listing = try await Self.listing(directory.path, excludes: ["vendor"])
      #expect(listing.files.map(\.description) == ["a"])
      #expect(listing.told(.excluded) == ["vendor/b", "vendor/new"])
    }
  }

  @Test("lists a deleted file, which the reader then does not find")
  func deleted() async throws {
    try await TemporaryDirectory.with { directory in
      let repository = try await GitRepository(in: directory)
      try await repository.commit(["a": "x", "gone": "x"])
      try directory.remove("gone")
      let listing = try await Self.listing(directory.path)
      #expect(listing.files.map(\.description) == ["a", "gone"])
      var reader = try FileReader(root: Array(directory.path.utf8), limit: 10)
      guard case .skipped(let notification) = reader.read(SourcePath("gone")) else {
        Issue.record("read")
        return
      }
      #expect(notification.kind == .deleted)
      #expect(notification.level == .note)
    }
  }

  @Test("lists a file in conflict once")
  func conflict() async throws {
    try await TemporaryDirectory.with { directory in
      let repository = try await GitRepository(in: directory)
      try await repository.commit(["a": "base\n", "b": "x"])
      try await repository.git("checkout", "--quiet", "-b", "side")
      try await repository.commit(["a": "side\n"])
      try await repository.git("checkout", "--quiet", "main")
      try await repository.commit(["a": "main\n"])
      await #expect(throws: GitRepository.Failure.self) { try await repository.git("merge", "--quiet", "side") }
      #expect(try await repository.git("ls-files", "--unmerged").split(separator: "\n").count == 3)
      #expect(try await Self.listing(directory.path).files.map(\.description) == ["a", "b"])
    }
  }

  @Test("tells of tracked and new links and of pipes, and follows none")
  func links() async throws {
    try await TemporaryDirectory.with { directory in
      let repository = try await GitRepository(in: directory)
      try directory.link("tracked", to: "/etc")
      try await repository.commit(["a": "x"])
      try directory.link("new", to: "a")
      try directory.makePipe("pipe")
      let listing = try await Self.listing(directory.path)
      var reader = try FileReader(root: Array(directory.path.utf8), limit: 10)
      var readable: [String] = []
      for file in listing.files { if case .read = reader.read(file) { readable.append(file.description) } }
      #expect(readable == ["a"])
      #expect(listing.told(.symbolicLink) == ["tracked"])
    }
  }

  @Test("holds names of any bytes")
  func names() async throws {
    let names: [[UInt8]] = [
      Array("a b".utf8), Array("line\nbreak".utf8), Array("quote\"'".utf8), [0xFF, 0xFE], Array("tab\tx".utf8),
      Array("\u{E9}".utf8), Array("-n".utf8), Array(":(top)x".utf8),
    ]
    try await TemporaryDirectory.with { directory in
      let repository = try await GitRepository(in: directory)
      for name in names { try directory.write([1], to: name + Array(".tracked".utf8)) }
      try await repository.commit([:])
      for name in names { try directory.write([1], to: name) }
      let expected = names + names.map { $0 + Array(".tracked".utf8) }
      #expect(try await Self.listing(directory.path).files == expected.map { SourcePath(bytes: $0) }.sorted())
    }
  }

  @Test("before the first commit, and without any file, is one too")
  func unborn() async throws {
    try await TemporaryDirectory.with { directory in
      let repository = try await GitRepository(in: directory)
      #expect(try await Self.listing(directory.path).files.isEmpty)
      try repository.write("x", to: "a")
      #expect(try await Self.listing(directory.path).files.map(\.description) == ["a"])
    }
  }
}
