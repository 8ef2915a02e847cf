import Findings
import Sources
import TestSupport
import Testing

@Suite("Several paths, and paths that are mistakes")
struct FileTreeTests {
  @Test("are listed once each, relative to the directory that they share")
  func several() async throws {
    try await TemporaryDirectory.with { directory in
      for name in ["x/a/1", "x/b/2", "x/c/3", "x/a/b/4"] { try directory.write("x", to: name) }
      let paths = ["x/b", "x/a", "x/a/b", "x/c/3", "x/a/1"].map { directory.path(of: $0) }
      let tree = try FileTree(paths)
      #expect(String(decoding: tree.root, as: UTF8.self) == directory.path(of: "x"))
      #expect(await tree.list().files.map(\.description) == ["a/1", "a/b/4", "b/2", "c/3"])
    }
  }

  @Test("one file is scanned by itself, its directory being the root")
  func file() async throws {
    try await TemporaryDirectory.with { directory in
      try directory.write("x", to: "a/file")
      try directory.write("x", to: "a/other")
      let tree = try FileTree([directory.path(of: "a/file")])
      #expect(await tree.list().files.map(\.description) == ["file"])
    }
  }

  @Test("a file that is named and excluded is excluded")
  func excludedFile() async throws {
    try await TemporaryDirectory.with { directory in
      try directory.write("x", to: "a.svg")
      let tree = try FileTree([directory.path(of: "a.svg")], excludes: [try #require(PathGlob("*.svg"))])
      let listing = await tree.list()
      #expect(listing.files.isEmpty)
      #expect(listing.told(.excluded) == ["a.svg"])
    }
  }

  @Test("no path, and a path that leads nowhere, are mistakes of the caller")
  func mistakes() async throws {
    #expect(throws: FileTree.Failure.self) { try FileTree([]) }
    try await TemporaryDirectory.with { directory in
      try directory.write("x", to: "file")
      for name in ["missing", "file/below", "a\nb"] {
        let error = #expect(throws: FileTree.Failure.self) { try FileTree([directory.path, directory.path(of: name)]) }
        let words = try #require(error?.description)
        #expect(!words.contains("\n"))
        #expect(words.contains("No such file") || words.contains("Not a directory"))
      }
    }
  }

  @Test("paths of two work trees are a mistake")
  func twoTrees() async throws {
    try await TemporaryDirectory.with { directory in
      let one = try await GitRepository(in: directory, name: "one")
      let two = try await GitRepository(in: directory, name: "two")
      try directory.write("x", to: "plain/file")
      for other in [two.path, directory.path(of: "plain"), directory.path] {
        let error = #expect(throws: FileTree.Failure.self) { try FileTree([one.path, other]) }
        #expect(error?.description.contains("does not lie in the work tree") == true)
      }
    }
  }

  @Test("the order is that of the bytes of the paths")
  func order() async throws {
    try await TemporaryDirectory.with { directory in
      let names = ["B", "a", "a-b", "a.b/c", "a/b", "a/b.c", "a/b0", "é"]
      for name in names.reversed() { if name != "a" { try directory.write("x", to: name) } }
      let files = try await FileTree([directory.path]).list().files
      #expect(files.map(\.description) == names.filter { $0 != "a" })
    }
  }
}
