import Findings
import Foundation
import Sources
import TestSupport
import Testing

// A scanner looks at repositories of strangers: nothing that such a repository says may run, and nothing that the
// environment of a hook says may lead to other files.

@Suite("Asking git about a repository")
struct HostileRepositoryTests {
  @Test("runs no program that the repository configures")
  func configuredPrograms() async throws {
    try await TemporaryDirectory.with { directory in
      let repository = try await GitRepository(in: directory, name: "top")
      try await repository.commit(["a": "x"])
      let trap = directory.path(of: "trap")
      try directory.write("#!/bin/sh\ntouch \(directory.path(of: "sprung"))\ncat >/dev/null 2>&1\n", to: "trap")
      try directory.setMode(0o755, of: "trap")
      let settings = [
        "core.fsmonitor", "core.pager", "core.sshCommand", "core.editor", "core.askPass", "diff.external",
        "filter.trap.clean", "filter.trap.smudge", "alias.ls-files", "core.gitProxy",
      ]
      for setting in settings { try await repository.git("config", setting, trap) }
      try await repository.git("config", "core.hooksPath", directory.path(of: "hooks"))
      for hook in ["post-index-change", "fsmonitor-watchman", "pre-auto-gc", "reference-transaction"] {
        try directory.write(try #require(directory.bytes(of: "trap")), to: "hooks/" + hook)
        try directory.setMode(0o755, of: "hooks/" + hook)
      }
      try repository.write("* filter=trap diff=trap\n", to: ".gitattributes")
      try repository.write("y", to: "a")
      try repository.write("y", to: "new")
      let listing = try await FileTree([repository.path]).list()
      #expect(listing.files.map(\.description) == [".gitattributes", "a", "new"])
      #expect(directory.bytes(of: "sprung") == nil)
      // The trap works: git by itself springs it.
      _ = try? await repository.git("status")
      #expect(directory.bytes(of: "sprung") != nil)
    }
  }

  @Test("is not led astray by the variables that git sets for hooks")
  func environmentOfHooks() async throws {
    try await TemporaryDirectory.with { directory in
      let repository = try await GitRepository(in: directory, name: "top")
      try await repository.commit(["a": "x"])
      let other = try await GitRepository(in: directory, name: "other")
      try await other.commit(["b": "x", "c": "x"])
      // A process of its own, because the environment belongs to the whole process.
      await #expect(processExitsWith: .success) { [top = repository.path as String, other = other.path as String] in
        for (name, value) in [
          "GIT_DIR": other + "/.git", "GIT_WORK_TREE": other, "GIT_INDEX_FILE": other + "/.git/index",
          "GIT_PREFIX": "sub/", "GIT_OBJECT_DIRECTORY": other, "GIT_COMMON_DIR": other + "/.git",
          "GIT_NAMESPACE": "x", "GIT_LITERAL_PATHSPECS": "1", "GIT_GLOB_PATHSPECS": "1",
          "GIT_CEILING_DIRECTORIES": top, "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.worktree",
          "GIT_CONFIG_VALUE_0": other, "GIT_CONFIG_PARAMETERS": "'core.worktree=\(other)'",
          "GIT_CONFIG_GLOBAL": "/dev/null",
        ] {
          unsafe setenv(name, value, 1)
        }
        let listing = try await FileTree([top]).list()
        #expect(listing.files.map(\.description) == ["a"])
        #expect(listing.notifications.map(\.message) == [])
      }
    }
  }

  @Test("falls back on a walk, and says so, where there is no git")
  func missingGit() async throws {
    try await TemporaryDirectory.with { directory in
      let repository = try await GitRepository(in: directory, name: "top")
      try await repository.commit(["a": "x", ".gitignore": "*.log\n"])
      try repository.write("x", to: "x.log")
      await #expect(processExitsWith: .success) { [top = repository.path as String] in
        unsafe setenv("PATH", "/nonexistent", 1)
        let listing = try await FileTree([top]).list()
        let levels = listing.notifications.filter { $0.kind == .gitUnavailable }.map(\.level)
        #expect(listing.files.map(\.description) == [".gitignore", "a", "x.log"])
        #expect(levels == [.warning])
      }
    }
  }
}
