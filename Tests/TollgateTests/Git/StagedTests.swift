import TestSupport
import Testing
import Tollgate

@Suite("A scan of the index")
struct StagedTests {
  @Test("finds a token that is only in the index")
  func onlyInIndex() async throws {
    try await GitScan.with { repository in
      try await repository.commit(["a.txt": "a\n"])
      try repository.write("a\n" + GitScan.line(), to: "a.txt")
      try await repository.git("add", "a.txt")
      try repository.write("a\n", to: "a.txt")
      let report = try await GitScan.scan(.staged, repository)
      #expect(GitScan.paths(report) == ["a.txt"])
      #expect(report.findings.map(\.location.region.start.line) == [2])
      #expect(report.findings.map(\.novelty) == [.new])
      #expect(report.coverage?.files == 1 && report.isComplete)
      let blob = try await repository.id(":a.txt")
      #expect(report.findings.first?.provenance?.blob == blob)
    }
  }

  @Test("does not see a token that is only in the work tree, nor a file that is not staged")
  func onlyInWorkTree() async throws {
    try await GitScan.with { repository in
      try await repository.commit(["a.txt": "a\n"])
      try repository.write("b\n", to: "a.txt")
      try await repository.git("add", "a.txt")
      try repository.write(GitScan.line(), to: "a.txt")
      try repository.write(GitScan.line(), to: "new.txt")
      let report = try await GitScan.scan(.staged, repository)
      #expect(report.findings.isEmpty && report.isComplete)
      #expect(report.coverage?.files == 1)
    }
  }

  @Test("before the first commit sees all that is staged", arguments: ["sha1", "sha256"])
  func firstCommit(format: String) async throws {
    try await GitScan.with { repository in
      try repository.directory.remove("top/.git")
      try await repository.git("init", "--quiet", "--object-format", format)
      try repository.write(GitScan.line(), to: "a.txt")
      try await repository.git("add", "a.txt")
      #expect(GitScan.paths(try await GitScan.scan(.staged, repository)) == ["a.txt"])
      try await repository.commit(["b.txt": "x"])
      let history = try await GitScan.scan(.history(nil), repository)
      #expect(GitScan.paths(history) == ["a.txt"])
      #expect(history.findings.first?.provenance?.commit == (try await repository.id()))
    }
  }

  @Test("passes over an empty index, and says so")
  func nothingStaged() async throws {
    try await GitScan.with { repository in
      for isUnborn in [true, false] {
        if !isUnborn { try await repository.commit(["a.txt": GitScan.line()]) }
        let report = try await GitScan.scan(.staged, repository)
        #expect(report.isComplete && report.coverage?.files == 0)
        #expect(report.notifications.map(\.message) == ["nothing is staged: there is nothing to judge"])
        #expect(Gate(failOn: .note).decide(report).outcome == .passed)
        #expect(String(decoding: render(report, as: .text), as: UTF8.self).contains("nothing is staged"))
      }
    }
  }

  @Test("passes over a commit that only deletes or holds no text")
  func noText() async throws {
    try await GitScan.with { repository in
      try await repository.commit(["a.txt": GitScan.line(), "b": "b"])
      try await repository.git("rm", "--quiet", "a.txt")
      try repository.directory.write([0, 1, 2], to: "top/logo.png")
      try await repository.git("add", "logo.png")
      let report = try await GitScan.scan(.staged, repository)
      #expect(report.isComplete && report.findings.isEmpty)
      #expect(report.notifications.map(\.kind.rawValue).sorted() == ["binary", "nothing-to-scan"])
    }
  }

  @Test("calls existing what stands on lines that the commit does not add; that does not fail the gate")
  func existing() async throws {
    try await GitScan.with { repository in
      try await repository.commit(["a.txt": GitScan.line() + "x\n", "untouched": GitScan.line()])
      try repository.write("first\n" + GitScan.line() + "x\n", to: "a.txt")
      try await repository.git("add", "a.txt")
      let report = try await GitScan.scan(.staged, repository)
      #expect(report.findings.map(\.novelty) == [.existing])
      #expect(Gate(failOn: .low).decide(report).outcome == .passed)
      try repository.write("first\n" + GitScan.line() + GitScan.line(GitScan.other), to: "a.txt")
      try await repository.git("add", "a.txt")
      let both = try await GitScan.scan(.staged, repository)
      #expect(both.findings.map(\.novelty) == [.existing, .new])
      #expect(Gate(failOn: .low).decide(both).blocking.count == 1)
    }
  }

  @Test("lets no attribute hide the lines of a file", arguments: ["-diff", "-text -diff", "binary", "diff=trap"])
  func attributes(attribute: String) async throws {
    try await GitScan.with { repository in
      try await repository.commit(["a.txt": "a\n", ".gitattributes": "*.txt \(attribute)\n"])
      let trap = repository.directory.path(of: "trap")
      try repository.directory.write("#!/bin/sh\ntouch \(trap).sprung\ncat \"$1\"\n", to: "trap")
      try repository.directory.setMode(0o755, of: "trap")
      for setting in ["diff.trap.textconv", "diff.trap.command", "diff.external", "core.fsmonitor", "core.pager"] {
        try await repository.git("config", setting, trap)
      }
      try repository.write("a\n" + GitScan.line(), to: "a.txt")
      try await repository.git("-c", "core.fsmonitor=false", "add", "a.txt")
      try? repository.directory.remove("trap.sprung")
      let report = try await GitScan.scan(.staged, repository)
      #expect(report.findings.map(\.novelty) == [.new])
      try await repository.git("-c", "core.fsmonitor=false", "commit", "--quiet", "--message", "x")
      try? repository.directory.remove("trap.sprung")
      #expect(try await GitScan.scan(.diff("HEAD~1"), repository).findings.map(\.novelty) == [.new])
      #expect(try await GitScan.scan(.history(nil), repository).findings.count == 1)
      #expect(repository.directory.bytes(of: "trap.sprung") == nil)
    }
  }

  @Test("counts lines that a lone carriage return ends as new: git counts otherwise")
  func carriageReturns() async throws {
    try await GitScan.with { repository in
      try await repository.commit(["cr": "a\rb\nx\n", "crlf": "a\r\n" + GitScan.line()])
      try repository.write("a\rb\n" + GitScan.line(), to: "cr")
      try repository.write("a\r\nb\r\n" + GitScan.line(), to: "crlf")
      try await repository.git("add", ".")
      let report = try await GitScan.scan(.staged, repository)
      #expect(GitScan.paths(report) == ["cr", "crlf"])
      #expect(report.findings.map(\.novelty) == [.new, .existing])
    }
  }

  @Test("follows renames: a renamed file brings nothing new, a line added to it does")
  func renamed() async throws {
    try await GitScan.with { repository in
      let filler = (0..<30).map { "line \($0)\n" }.joined()
      try await repository.commit(["old.txt": filler + GitScan.line()])
      try await repository.git("mv", "old.txt", "new.txt")
      let moved = try await GitScan.scan(.staged, repository)
      #expect(GitScan.paths(moved) == ["new.txt"] && moved.findings.map(\.novelty) == [.existing])
      try repository.write("first\n" + filler + GitScan.line() + GitScan.line(GitScan.other), to: "new.txt")
      try await repository.git("add", "new.txt")
      #expect(try await GitScan.scan(.staged, repository).findings.map(\.novelty) == [.existing, .new])
    }
  }

  @Test("tells of links and submodules, leaves out what is only intended to be added, and stops at conflicts")
  func modes() async throws {
    try await GitScan.with { repository in
      let module = try await GitRepository(in: repository.directory, name: "module")
      try await module.commit(["m.txt": GitScan.line()])
      try await repository.commit(["a.txt": "a\n"])
      try await repository.git("submodule", "--quiet", "add", module.path, "lib")
      try repository.directory.link("top/link", to: "a.txt")
      try await repository.git("add", "link")
      try await repository.git("update-index", "--chmod=+x", "a.txt")
      try repository.write(GitScan.line(), to: "intended")
      try await repository.git("add", "--intent-to-add", "intended")
      let report = try await GitScan.scan(.staged, repository)
      #expect(report.findings.isEmpty && report.isComplete)
      #expect(report.coverage?.files == 2)  // .gitmodules and a.txt
      #expect(
        report.notifications.map { "\($0.kind.rawValue) \($0.path?.description ?? "")" } == [
          "submodule lib", "symbolic-link link",
        ])
      // Its own repository is where a submodule's commits are judged.
      #expect(
        GitScan.paths(try await GitScan.scan(.history(nil), repository, at: repository.path + "/lib")) == ["m.txt"])
      try repository.directory.write(GitScan.line(GitScan.other), to: "top/lib/n.txt")
      try await repository.git(["add", "n.txt"], in: repository.path + "/lib")
      #expect(GitScan.paths(try await GitScan.scan(.staged, repository, at: repository.path + "/lib")) == ["n.txt"])
    }
    try await GitScan.with { repository in
      try await repository.commit(["a.txt": "a\n"])
      try await repository.git("checkout", "--quiet", "-b", "side")
      try await repository.commit(["a.txt": "b\n"])
      try await repository.git("checkout", "--quiet", "main")
      try await repository.commit(["a.txt": "c\n"])
      _ = try? await repository.git("merge", "side")
      let report = try await GitScan.scan(.staged, repository)
      #expect(report.notifications.map(\.kind) == [.unmerged] && !report.isComplete)
    }
  }

  @Test("is true to the bytes of names, and works from below the top and in further work trees")
  func names() async throws {
    try await GitScan.with { repository in
      try await repository.commit(["sub/a": "a\n"])
      let names: [[UInt8]] = [
        Array("q\"uote".utf8), Array("line\nfeed".utf8), Array(" sp ace ".utf8), [0xFF, 0xFE, 0x61],
        Array("t\tab".utf8),
        Array("-dash".utf8), Array("*".utf8), Array(":(top)x".utf8), Array("sub/é".utf8),
      ]
      for name in names { try repository.directory.write(Array("x\n".utf8), to: Array("top/".utf8) + name) }
      try await repository.git("add", "--all")
      try await repository.git("commit", "--quiet", "--message", "x")
      for name in names {
        try repository.directory.write(Array(("x\n" + GitScan.line()).utf8), to: Array("top/".utf8) + name)
      }
      try await repository.git("add", "--all")
      for path in [repository.path, repository.path + "/sub"] {
        let report = try await GitScan.scan(.staged, repository, at: path)
        #expect(Set(report.findings.map(\.location.path.bytes)) == Set(names))
        #expect(report.findings.allSatisfy { $0.novelty == .new })
      }
      try await repository.git("worktree", "add", "--quiet", "--detach", repository.directory.path(of: "second"))
      try repository.directory.write(GitScan.line(GitScan.other), to: "second/s.txt")
      let second = repository.directory.path(of: "second")
      try await repository.git(["add", "s.txt"], in: second)
      #expect(GitScan.paths(try await GitScan.scan(.staged, repository, at: second)) == ["s.txt"])
    }
  }

  @Test("counts blobs over the limit, and reads on behind them")
  func large() async throws {
    try await GitScan.with { repository in
      try repository.write(String(repeating: "a", count: 300_000), to: "a-large")
      try repository.write(GitScan.line(), to: "b.txt")
      try await repository.git("add", ".")
      let report = try await GitScan.scan(.staged, repository, maxFileBytes: 1_000)
      #expect(report.notifications.map(\.kind) == [.tooLarge])
      #expect(GitScan.paths(report) == ["b.txt"])
    }
  }

  @Test("is incomplete where there is no repository, no git, or an object is lost")
  func noRepository() async throws {
    try await TemporaryDirectory.with { directory in
      let report = try await PolicyScanner().scan(ScanRequest(.git(.staged, directory: directory.path)))
      #expect(report.incompleteReason?.contains("no git repository") == true)
      #expect(Gate(failOn: nil).decide(report).outcome == .incomplete)
    }
    try await GitScan.with { repository in
      try repository.write("x\n", to: "a")
      try await repository.git("add", "a")
      let blob = try await repository.id(":a")
      try repository.directory.remove("top/.git/objects/\(blob.prefix(2))/\(blob.dropFirst(2))")
      let report = try await GitScan.scan(.staged, repository)
      #expect(report.notifications.map(\.kind).contains(.objectMissing) && !report.isComplete)
    }
  }
}
