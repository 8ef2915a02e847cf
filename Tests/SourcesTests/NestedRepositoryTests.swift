import Findings
import Sources
import TestSupport
import Testing

@Suite("Repositories in repositories")
struct NestedRepositoryTests {
  private static func listing(_ path: String) async throws -> FileListing { try await FileTree([path]).list() }

  /// A repository `top` with a submodule at `lib/module`, itself with an ignored and a new file.
  private static func makeSubmodule(in directory: TemporaryDirectory) async throws -> GitRepository {
    let module = try await GitRepository(in: directory, name: "module")
    try await module.commit(["m": "x", ".gitignore": "*.log\n"])
    let top = try await GitRepository(in: directory, name: "top")
    try await top.commit(["a": "x", "z": "x"])
    try await top.git("submodule", "--quiet", "add", module.path, "lib/module")
    try await top.commit([:])
    return top
  }

  @Test("a submodule is listed with its own rules of ignoring")
  func submodule() async throws {
    try await TemporaryDirectory.with { directory in
      let top = try await Self.makeSubmodule(in: directory)
      try top.write("x", to: "lib/module/new")
      try top.write("x", to: "lib/module/x.log")
      let listing = try await Self.listing(top.path)
      #expect(
        listing.files.map(\.description)
          == [".gitmodules", "a", "lib/module/.gitignore", "lib/module/m", "lib/module/new", "z"])
      #expect(listing.notifications.isEmpty)
      // Named by itself it is the root.
      let tree = try FileTree([top.path + "/lib/module"])
      #expect(await tree.list().files.map(\.description) == [".gitignore", "m", "new"])
      // Named below its top, it is listed as well.
      #expect(try await FileTree([top.path + "/a", top.path + "/lib"]).list().files.count == 4)
    }
  }

  @Test("a submodule without files is told of")
  func absent() async throws {
    try await TemporaryDirectory.with { directory in
      let top = try await Self.makeSubmodule(in: directory)
      try await top.git("clone", "--quiet", top.path, directory.path(of: "clone"))
      let listing = try await Self.listing(directory.path(of: "clone"))
      #expect(listing.files.map(\.description) == [".gitmodules", "a", "z"])
      #expect(listing.told(.submoduleAbsent) == ["lib/module"])
      #expect(listing.notifications.map(\.level) == [.warning])
    }
  }

  @Test("a repository that was cloned into the work tree is listed by its own git")
  func untracked() async throws {
    try await TemporaryDirectory.with { directory in
      let top = try await GitRepository(in: directory, name: "top")
      try await top.commit(["a": "x"])
      let inner = try await GitRepository(in: directory, name: "top/tools/inner")
      try await inner.commit(["i": "x", ".gitignore": "*.log\n"])
      try inner.write("x", to: "x.log")
      let empty = try await GitRepository(in: directory, name: "top/empty")
      try empty.write("x", to: "new")
      let listing = try await Self.listing(top.path)
      #expect(
        listing.files.map(\.description) == ["a", "empty/new", "tools/inner/.gitignore", "tools/inner/i"])
    }
  }

  @Test("a further work tree of a repository is a work tree of its own")
  func worktree() async throws {
    try await TemporaryDirectory.with { directory in
      let top = try await GitRepository(in: directory, name: "top")
      try await top.commit(["a": "x", ".gitignore": "*.log\n"])
      try await top.git("worktree", "add", "--quiet", directory.path(of: "second"))
      try directory.write("x", to: "second/new")
      try directory.write("x", to: "second/x.log")
      let tree = try FileTree([directory.path(of: "second")])
      #expect(String(decoding: tree.root, as: UTF8.self) == directory.path(of: "second"))
      #expect(await tree.list().files.map(\.description) == [".gitignore", "a", "new"])
    }
  }

  @Test("a .git that is no repository does not make a work tree", arguments: ["directory", "file", "link"])
  func noRepository(kind: String) async throws {
    try await TemporaryDirectory.with { directory in
      try directory.write("x", to: "a")
      switch kind {
      case "directory": try directory.write("x", to: ".git/notes")
      case "file": try directory.write("hello", to: ".git")
      default: try directory.link(".git", to: "/nonexistent")
      }
      let listing = try await Self.listing(directory.path)
      #expect(listing.files.map(\.description) == (kind == "file" ? [".git", "a"] : ["a"]))
      #expect(listing.notifications.allSatisfy { $0.level == .note })
    }
  }

  @Test("a repository that git cannot read is an error and not an empty list")
  func broken() async throws {
    try await TemporaryDirectory.with { directory in
      try directory.write("x", to: "a")
      try directory.write("rubbish", to: ".git/HEAD")
      let listing = try await Self.listing(directory.path)
      #expect(listing.files.isEmpty)
      #expect(listing.notifications.map(\.kind) == [.gitUnavailable])
      #expect(listing.notifications.map(\.level) == [.error])
    }
  }

  @Test("the database of git is not scanned by a walk")
  func database() async throws {
    try await TemporaryDirectory.with { directory in
      let inner = try await GitRepository(in: directory, name: "tree/inner")
      try await inner.commit(["i": "x"])
      let listing = try await Self.listing(directory.path(of: "tree"))
      #expect(listing.files.map(\.description) == ["inner/i"])
      #expect(listing.told(.gitDirectory) == ["inner/.git"])
    }
  }
}
