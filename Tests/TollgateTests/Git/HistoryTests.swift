import TestSupport
import Testing
import Tollgate

@Suite("A scan of a history")
struct HistoryTests {
  @Test("finds what was added and removed later, and says when it came in and that it is gone")
  func removed() async throws {
    try await GitScan.with { repository in
      try await repository.commit(["a.txt": "a\n"])
      try repository.write(GitScan.line(), to: "a.txt")
      try await repository.git("commit", "--quiet", "--all", "--message", "x", "--date", "2020-02-03T04:05:06+01:00")
      let commit = try await repository.id()
      let blob = try await repository.id("HEAD:a.txt")
      try await repository.commit(["a.txt": "b\n"])
      let report = try await GitScan.scan(.history(nil), repository)
      #expect(
        report.findings.map(\.provenance) == [
          Provenance(blob: blob, commit: commit, authorDate: "2020-02-03T04:05:06+01:00", isInHead: false)
        ])
      #expect(report.coverage?.files == 3 && report.isComplete)
      let text = String(decoding: render(report, as: .text), as: UTF8.self)
      #expect(text.contains("came in with commit \(commit.prefix(12)) of 2020-02-03T04:05:06+01:00; no longer in HEAD"))
      let schema = JSONSchema(try JSONValue(#require(Repository.bytes("docs/report.schema.json"))))
      #expect(schema.errors(in: try JSONValue(render(report, as: .json))) == [])
      // Nothing of it is lost on the way through our own SARIF.
      #expect(
        try SARIFReader.read(render(report, as: .sarif)).findings.map(\.provenance) == report.findings.map(\.provenance)
      )
    }
  }

  @Test("tells of a credential once however many versions hold it, with the first, and whether HEAD holds it")
  func versions() async throws {
    try await GitScan.with { repository in
      try await repository.commit(["a.txt": GitScan.line()])
      let commit = try await repository.id()
      for number in 0..<5 { try await repository.commit(["a.txt": "\(number)\n" + GitScan.line()]) }
      for workers in [1, 3] {
        let report = try await GitScan.scan(.history(nil), repository, workers: workers)
        #expect(report.findings.map(\.provenance?.commit) == [commit])
        #expect(report.findings.map(\.provenance?.isInHead) == [true])
        #expect(report.coverage?.files == 6)
      }
      // A range begins later.
      let range = try await GitScan.scan(.history("HEAD~2..HEAD"), repository)
      #expect(range.coverage?.files == 2)
      #expect(range.findings.map(\.provenance?.commit) == [try await repository.id("HEAD~1")])
    }
  }

  @Test("finds what only a merge commit brought in")
  func evilMerge() async throws {
    try await GitScan.with { repository in
      try await repository.commit(["a.txt": "a\n"])
      try await repository.git("checkout", "--quiet", "-b", "side")
      try await repository.commit(["b.txt": "b\n"])
      try await repository.git("checkout", "--quiet", "main")
      try await repository.commit(["c.txt": "c\n"])
      try await repository.git("merge", "--quiet", "--no-commit", "--no-ff", "side")
      try await repository.commit(["b.txt": GitScan.line(), "new.txt": GitScan.line(GitScan.other)])
      let merge = try await repository.id()
      try await repository.commit(["b.txt": "b\n", "new.txt": "c\n"])
      let report = try await GitScan.scan(.history(nil), repository)
      #expect(GitScan.paths(report) == ["b.txt", "new.txt"])
      #expect(report.findings.map(\.provenance?.commit) == [merge, merge])
    }
  }

  @Test("names the branch's commit and not the merge for what a branch brought in; octopus merges too")
  func octopus() async throws {
    try await GitScan.with { repository in
      try await repository.commit(["a.txt": "a\n"])
      var commits: [String] = []
      for (name, text) in [("one", "x\n"), ("two", GitScan.line()), ("three", "y\n")] {
        try await repository.git("checkout", "--quiet", "-b", name, "main")
        try await repository.commit([name: text])
        commits.append(try await repository.id())
      }
      try await repository.git("checkout", "--quiet", "main")
      try await repository.git("merge", "--quiet", "--no-commit", "one", "two", "three")
      try await repository.commit(["octopus": GitScan.line(GitScan.other)])
      let merge = try await repository.id()
      #expect(try await repository.git("rev-parse", "HEAD^@").split(separator: "\n").count == 3)
      let report = try await GitScan.scan(.history(nil), repository)
      #expect(GitScan.paths(report) == ["octopus", "two"])
      #expect(report.findings.map(\.provenance?.commit) == [merge, commits[1]])
    }
  }

  @Test("finds what is in a branch that was merged and deleted, and one that was only deleted when it is named")
  func deletedBranch() async throws {
    try await GitScan.with { repository in
      try await repository.commit(["a.txt": "a\n"])
      try await repository.git("checkout", "--quiet", "-b", "merged")
      try await repository.commit(["m.txt": GitScan.line()])
      try await repository.git("checkout", "--quiet", "-b", "lost", "main")
      try await repository.commit(["l.txt": GitScan.line(GitScan.other)])
      let lost = try await repository.id()
      try await repository.git("checkout", "--quiet", "main")
      try await repository.git("merge", "--quiet", "--no-ff", "--no-edit", "merged")
      try await repository.git("branch", "--quiet", "-D", "merged", "lost")
      #expect(GitScan.paths(try await GitScan.scan(.history(nil), repository)) == ["m.txt"])
      #expect(GitScan.paths(try await GitScan.scan(.history("main..\(lost)"), repository)) == ["l.txt"])
    }
  }

  @Test("gives the first path of a file that was renamed")
  func renamed() async throws {
    try await GitScan.with { repository in
      try await repository.commit(["old.txt": GitScan.line()])
      try await repository.git("mv", "old.txt", "new.txt")
      try await repository.commit([:])
      let report = try await GitScan.scan(.history(nil), repository)
      #expect(GitScan.paths(report) == ["old.txt"])
      #expect(report.findings.map(\.provenance?.isInHead) == [true])
      #expect(report.coverage?.files == 1)
    }
  }

  @Test("looks into what only a tag leads to: a commit, a file, a directory")
  func tags() async throws {
    try await GitScan.with { repository in
      try await repository.commit(["a.txt": "a\n"])
      try await repository.git("checkout", "--quiet", "--detach")
      try await repository.commit(["t.txt": GitScan.line()])
      try await repository.git("tag", "--annotate", "--message", "x", "v1")
      try await repository.git("checkout", "--quiet", "main")
      try repository.write(GitScan.line(GitScan.other), to: "loose")
      let blob = try await repository.git("hash-object", "-w", "loose").split(separator: "\n").map(String.init)[0]
      try await repository.git("tag", "file", blob)
      let report = try await GitScan.scan(.history(nil), repository)
      #expect(GitScan.paths(report) == ["refs/tags/file", "t.txt"])
      #expect(report.findings.map { $0.provenance?.commit == nil } == [true, false])
      try await repository.git("tag", "--delete", "file")
      try repository.write(GitScan.line(GitScan.other), to: "dir/x")
      try await repository.git("add", "dir")
      let tree = try await repository.git("write-tree").split(separator: "\n").map(String.init)[0]
      try await repository.git("tag", "--annotate", "--message", "x", "tree", tree)
      #expect(GitScan.paths(try await GitScan.scan(.history(nil), repository)) == ["refs/tags/tree/dir/x", "t.txt"])
    }
  }

  @Test("looks into a stash when asked")
  func stash() async throws {
    try await GitScan.with { repository in
      try await repository.commit(["a.txt": "a\n"])
      try repository.write(GitScan.line(), to: "a.txt")
      try await repository.git("stash", "--quiet")
      #expect(try await GitScan.scan(.history(nil), repository).findings.isEmpty)
      #expect(GitScan.paths(try await GitScan.scan(.history("stash@{0}"), repository)) == ["a.txt"])
    }
  }

  @Test("has the same fingerprints before and after a rebase")
  func rebase() async throws {
    try await GitScan.with { repository in
      try await repository.commit(["a.txt": "a\n"])
      try await repository.git("checkout", "--quiet", "-b", "side")
      try await repository.commit(["s.txt": "s\n" + GitScan.line()])
      let before = try await GitScan.scan(.history("main..side"), repository)
      try await repository.git("checkout", "--quiet", "main")
      try await repository.commit(["b.txt": "b\n"])
      try await repository.git("checkout", "--quiet", "side")
      try await repository.git("rebase", "--quiet", "main")
      let after = try await GitScan.scan(.history("main..side"), repository)
      #expect(before.findings.count == 1)
      #expect(before.findings.map(\.fingerprint) == after.findings.map(\.fingerprint))
      #expect(before.findings.map(\.provenance?.commit) != after.findings.map(\.provenance?.commit))
    }
  }

  @Test("works in bare repositories and through alternates")
  func bare() async throws {
    try await GitScan.with { repository in
      try await repository.commit(["a.txt": GitScan.line()])
      for option in ["--bare", "--shared"] {
        let clone = repository.directory.path(of: "clone" + option)
        try await repository.git("clone", "--quiet", option, repository.path, clone)
        #expect(GitScan.paths(try await GitScan.scan(.history(nil), repository, at: clone)) == ["a.txt"])
      }
    }
  }

  @Test("of a shallow or partial clone is incomplete and says why, but tells what it found")
  func shallow() async throws {
    try await GitScan.with { repository in
      try await repository.commit(["old.txt": GitScan.line(GitScan.other)])
      try await repository.git("rm", "--quiet", "old.txt")
      try await repository.commit(["a.txt": "a\n"])
      try await repository.commit(["b.txt": GitScan.line()])
      try await repository.git("config", "uploadpack.allowFilter", "true")
      let clone = repository.directory.path(of: "shallow")
      try await repository.git("clone", "--quiet", "--depth", "2", "file://" + repository.path, clone)
      let shallow = try await GitScan.scan(.history(nil), repository, at: clone)
      #expect(GitScan.paths(shallow) == ["b.txt"])
      #expect(shallow.incompleteReason?.contains("shallow") == true)
      // A range within what is there is seen whole; one that reaches the edge is not.
      #expect(try await GitScan.scan(.history("HEAD~1..HEAD"), repository, at: clone).isComplete)
      #expect(
        try await GitScan.scan(.history("HEAD"), repository, at: clone).incompleteReason?.contains("shallow") == true)

      let partial = repository.directory.path(of: "partial")
      try await repository.git(
        "clone", "--quiet", "--no-checkout", "--filter=blob:none", "file://" + repository.path, partial)
      let report = try await GitScan.scan(.history(nil), repository, at: partial)
      #expect(report.findings.isEmpty)
      #expect(report.incompleteReason?.contains("the clone is partial") == true)
      // Nothing was fetched behind the user's back.
      let missing = try await repository.git(["rev-list", "--objects", "--all", "--missing=print"], in: partial)
      #expect(missing.split(separator: "\n").count { $0.hasPrefix("?") } == 3)
    }
  }

  @Test("without commits is incomplete", arguments: ["HEAD..HEAD", "gone", "--all", ""])
  func nothing(range: String) async throws {
    try await GitScan.with { repository in
      let empty = try await GitScan.scan(.history(nil), repository)
      #expect(empty.incompleteReason?.contains("no commit") == true)
      try await repository.commit(["a.txt": "a\n"])
      let report = try await GitScan.scan(.history(range), repository)
      #expect(!report.isComplete && report.coverage?.files == 0)
      #expect(Gate(failOn: nil).decide(report).outcome == .incomplete)
    }
  }

  @Test("is not led by replaced objects, and leaves out what a pattern names")
  func replaced() async throws {
    try await GitScan.with { repository in
      try await repository.commit(["a.txt": GitScan.line(), "clean": "clean\n"])
      try await repository.git("replace", try await repository.id("HEAD:a.txt"), try await repository.id("HEAD:clean"))
      #expect(GitScan.paths(try await GitScan.scan(.history(nil), repository)) == ["a.txt"])
      let request = ScanRequest(.git(.history(nil), directory: repository.path), excludes: ["a.txt"])
      let report = try await PolicyScanner().scan(request)
      #expect(report.findings.isEmpty && report.notifications.map(\.kind) == [.excluded])
    }
  }

  @Test("of ten thousand commits finds each token once, with its commit, with any number of workers")
  func manyCommits() async throws {
    try await GitScan.with { repository in
      var stream = "reset refs/heads/main\n"
      for number in 0..<10_000 {
        let hasToken = number % 2_500 == 1_234
        let text = "version \(number)\n" + (hasToken ? GitScan.line(MadeUpCredential.gitHubToken(UInt64(number))) : "")
        stream += """
          commit refs/heads/main
          committer Test <test@localhost> \(1_500_000_000 + number) +0000
          data 1
          x
          M 100644 inline f\(number % 40).txt
          data \(text.utf8.count)
          \(text)

          """
      }
      let outcome = try await Program.run(
        "/usr/bin/env", ["git", "fast-import", "--quiet"], in: repository.path, input: Array(stream.utf8))
      #expect(outcome.status == 0, "\(outcome.error)")
      var dates: [[String?]] = []
      for workers in [1, 4] {
        let report = try await GitScan.scan(.history(nil), repository, workers: workers)
        #expect(report.isComplete && report.coverage?.files == 10_000)
        #expect(report.findings.count == 4)
        dates.append(report.findings.map(\.provenance?.authorDate))
      }
      #expect(dates[0] == dates[1])
      #expect(dates[0].contains("2017-07-14T03:00:34Z") || dates[0].contains("2017-07-14T03:00:34+00:00"))
    }
  }
}
