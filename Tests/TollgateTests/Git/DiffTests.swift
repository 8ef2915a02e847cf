import TestSupport
import Testing
import Tollgate

@Suite("A scan of a change")
struct DiffTests {
  /// `main` with two commits, `side` with one that starts at the first.
  private static func makeBranches(_ repository: GitRepository, side: [String: String]) async throws {
    try await repository.commit(["a.txt": "a\n" + GitScan.line(), "b.txt": "b\n"])
    try await repository.git("checkout", "--quiet", "-b", "side")
    try await repository.commit(side)
    try await repository.git("checkout", "--quiet", "main")
    try await repository.commit(["main.txt": GitScan.line(GitScan.other)])
  }

  @Test("starts at the merge base and says what is new", arguments: ["main...side", "main"])
  func mergeBase(range: String) async throws {
    try await GitScan.with { repository in
      let text = "a\n" + GitScan.line() + GitScan.line(GitScan.other)
      try await Self.makeBranches(repository, side: ["a.txt": text])
      try await repository.git("checkout", "--quiet", "side")
      let report = try await GitScan.scan(.diff(range), repository)
      #expect(GitScan.paths(report) == ["a.txt", "a.txt"])
      #expect(report.findings.map(\.novelty) == [.existing, .new])
      #expect(report.coverage?.files == 1)
    }
  }

  @Test("with two dots compares with the base itself")
  func twoDots() async throws {
    try await GitScan.with { repository in
      try await Self.makeBranches(repository, side: ["b.txt": GitScan.line()])
      try await repository.git("checkout", "--quiet", "side")
      let report = try await GitScan.scan(.diff("main..side"), repository)
      #expect(GitScan.paths(report) == ["b.txt"])
    }
  }

  @Test("includes what a merge brings in")
  func merge() async throws {
    try await GitScan.with { repository in
      try await Self.makeBranches(repository, side: ["b.txt": GitScan.line()])
      let before = try await repository.id()
      try await repository.git("merge", "--quiet", "--no-edit", "side")
      #expect(GitScan.paths(try await GitScan.scan(.diff(before), repository)) == ["b.txt"])
    }
  }

  @Test("that cannot be seen is incomplete and says why")
  func incomplete() async throws {
    try await GitScan.with { repository in
      try await Self.makeBranches(repository, side: ["b.txt": "x\n"])
      try await repository.git("checkout", "--quiet", "--orphan", "lone")
      try await repository.commit(["c": "c\n"])
      for (range, words) in [
        ("main...lone", "no merge base"), ("main...main", "no commit"), ("gone", "names no commit"),
        ("main...gone", "names no commit"), ("", "no change"), ("--output=x", "no change"),
      ] {
        let report = try await GitScan.scan(.diff(range), repository)
        #expect(report.incompleteReason?.contains(words) == true, "\(range): \(report.incompleteReason ?? "complete")")
        #expect(Gate(failOn: nil).decide(report).exitCode == 2)
      }
      // A shallow clone has commits but not what they have in common.
      try await repository.git("checkout", "--quiet", "main")
      let clone = repository.directory.path(of: "clone")
      try await repository.git(
        "clone", "--quiet", "--depth", "1", "--no-single-branch", "file://" + repository.path, clone)
      let shallow = try await GitScan.scan(.diff("origin/side...origin/main"), repository, at: clone)
      #expect(shallow.incompleteReason?.contains("shallow") == true)
    }
  }

  @Test("passes when it only deletes")
  func deletion() async throws {
    try await GitScan.with { repository in
      try await repository.commit(["a.txt": GitScan.line(), "b": "b"])
      try await repository.git("rm", "--quiet", "a.txt")
      try await repository.git("commit", "--quiet", "--message", "x")
      let report = try await GitScan.scan(.diff("HEAD~1"), repository)
      #expect(report.isComplete && report.findings.isEmpty)
    }
  }
}
