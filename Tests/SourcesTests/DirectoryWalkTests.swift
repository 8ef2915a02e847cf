import Findings
import Sources
import TestSupport
import Testing

@Suite("A directory outside of git")
struct DirectoryWalkTests {
  @Test("is listed whole: hidden files, ignore files and what they name, dependencies")
  func everything() async throws {
    try await TemporaryDirectory.with { directory in
      let names = [".env", ".gitignore", "a/.hidden/b", "a/b", "build/out.txt", "node_modules/x/index.js", "z"]
      for name in names { try directory.write("build\nnode_modules\n*.txt\n", to: name) }
      let listing = try await FileTree([directory.path]).list()
      #expect(listing.files.map(\.description) == names)
      #expect(listing.notifications.isEmpty)
    }
  }

  @Test("is the root of the paths, by whatever way it is named")
  func naming() async throws {
    try await TemporaryDirectory.with { directory in
      try directory.write("x", to: "real/a/b")
      try directory.link("link", to: "real")
      for name in ["real", "real/", "link", "real/../real/.", "./real"] {
        let tree = try FileTree([directory.path(of: name)])
        #expect(String(decoding: tree.root, as: UTF8.self) == directory.path(of: "real"))
        #expect(await tree.list().files.map(\.description) == ["a/b"])
      }
    }
  }

  @Test("gives no link's target: neither one in the tree, nor one out of it, nor a circle")
  func links() async throws {
    try await TemporaryDirectory.with { directory in
      try directory.write("x", to: "outside/secret")
      try directory.write("x", to: "tree/a/file")
      try directory.link("tree/a/circle", to: "..")
      try directory.link("tree/alias", to: "a/file")
      try directory.link("tree/broken", to: "nowhere")
      try directory.link("tree/out", to: "../outside")
      let listing = try await FileTree([directory.path(of: "tree")]).list()
      #expect(listing.files.map(\.description) == ["a/file"])
      #expect(listing.told(.symbolicLink) == ["a/circle", "alias", "broken", "out"])
      #expect(listing.notifications.allSatisfy { $0.level == .note })
    }
  }

  @Test("tells of pipes and does not open them")
  func pipes() async throws {
    try await TemporaryDirectory.with { directory in
      try directory.write("x", to: "file")
      try directory.makePipe("pipe")
      let listing = try await FileTree([directory.path]).list()
      #expect(listing.files.map(\.description) == ["file"])
      #expect(listing.told(.specialFile) == ["pipe"])
    }
  }

  @Test("may hold names of any bytes")
  func names() async throws {
    let names: [[UInt8]] = [
      Array("a b".utf8), Array("line\nbreak".utf8), Array("quote\"'`$(x)".utf8), Array("-rf".utf8), [0xFF, 0xFE],
      [0xC3] + Array("/x".utf8), Array("\u{1B}[31m".utf8), Array("e\u{301}".utf8), Array("\u{E9}".utf8),
      Array("\\".utf8), Array(":!x".utf8),
    ]
    try await TemporaryDirectory.with { directory in
      for name in names { try directory.write([1], to: name) }
      let listing = try await FileTree([directory.path]).list()
      #expect(listing.files == names.map { SourcePath(bytes: $0) }.sorted())
      #expect(listing.notifications.isEmpty)
    }
  }

  @Test("loses what is excluded, and says so once for each")
  func excludes() async throws {
    try await TemporaryDirectory.with { directory in
      for name in ["a.js", "a.min.js", "docs/x/y.svg", "docs/y.txt", "vendor/a/b", "vendor/c"] {
        try directory.write("x", to: name)
      }
      let globs = ["vendor", "*.min.js", "docs/**/*.svg"].compactMap { PathGlob($0) }
      let listing = try await FileTree([directory.path], excludes: globs).list()
      #expect(listing.files.map(\.description) == ["a.js", "docs/y.txt"])
      #expect(listing.told(.excluded) == ["a.min.js", "docs/x/y.svg", "vendor"])
    }
  }

  @Test("that cannot be opened is an error of the listing")
  func unreadable() async throws {
    try await TemporaryDirectory.with { directory in
      try directory.write("x", to: "tree/file")
      let tree = try FileTree([directory.path(of: "tree")])
      // A directory that became a file fails for every user; a mode of 000 does not stop root.
      try directory.remove("tree")
      try directory.write("x", to: "tree")
      let listing = await tree.list()
      #expect(listing.files.isEmpty)
      #expect(listing.notifications.map(\.kind) == [.unreadable])
      #expect(listing.notifications.map(\.level) == [.error])
    }
  }

  @Test("below it that may not be read is an error; the rest is listed", .enabled(if: !Program.isRoot))
  func denied() async throws {
    try await TemporaryDirectory.with { directory in
      try directory.write("x", to: "closed/file")
      try directory.write("x", to: "open/file")
      try directory.setMode(0, of: "closed")
      let listing = try await FileTree([directory.path]).list()
      try directory.setMode(0o755, of: "closed")
      #expect(listing.files.map(\.description) == ["open/file"])
      #expect(listing.told(.unreadable) == ["closed"])
    }
  }

  @Test("may be deeper than any stack of calls")
  func depth() async throws {
    try await TemporaryDirectory.with { directory in
      // As deep as a path may be long (PATH_MAX is 4096), less the path of the directory itself.
      let name = Array(repeating: "d", count: 1_500).joined(separator: "/")
      try directory.write("x", to: name + "/file")
      #expect(try await FileTree([directory.path]).list().files.map(\.description) == [name + "/file"])
    }
  }
}
