package import Findings

/// The side that a change starts from: where policies are read that the change must not decide over.
package struct GitBase: Sendable {
  private let database: GitDatabase
  private let scope: GitSource.Scope
  /// `nil` before the first commit.
  package let commit: String?

  /// - Parameters:
  ///   - path: a directory within the repository; `nil`: the current one, see ``GitDatabase``.
  /// - Throws: when the base cannot be known; then nothing may be read in its place.
  package init(of scope: GitSource.Scope, path: String?) throws(GitFailure) {
    database = GitDatabase(path: path)
    self.scope = scope
    switch scope {
    case .diff(let range), .beforeDiff(let range): commit = try GitChange.ends(of: range, in: database).start
    case .tree(let revision): commit = try database.commit(revision)
    case .staged, .beforeStaged, .history, .preReceive, .prePush:
      // In the hook of a server this is the branch that everybody starts from, which the push has not yet moved.
      if let head = (try? database.lines(["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]))?.first {
        commit = head
      } else {
        // Before the first commit; all else that can be wrong shows here.
        let isUnborn = try database.lines(["rev-list", "--max-count=1", "--ignore-missing", "HEAD"]).isEmpty
        commit = isUnborn ? nil : try database.commit("HEAD")
      }
    }
  }

  /// The commit where two lines of history part.
  package static func mergeBase(of first: String, and second: String, path: String?) throws(GitFailure) -> String {
    let database = GitDatabase(path: path)
    let (left, right) = (try database.commit(first), try database.commit(second))
    guard let base = (try? database.lines(["merge-base", left, right]))?.first else {
      throw GitFailure("\(first) and \(second) have no merge base; a shallow clone has to be fetched whole")
    }
    return base
  }

  /// The last commits of a branch along its first parents, newest first, each with the day on which it was made.
  package static func commits(
    of revision: String, last count: Int, path: String?
  ) throws(GitFailure) -> [(id: String, day: String, subject: String)] {
    let database = GitDatabase(path: path)
    let commit = try database.commit(revision)
    let lines = try database.lines([
      "log", "--first-parent", "--max-count=\(max(1, count))", "--format=%H %cs %s", "--no-color", "--end-of-options",
      commit,
    ])
    return lines.compactMap { line in
      let words = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
      return words.count == 3 ? (words[0], words[1], words[2]) : nil
    }
  }

  /// The bytes of a file of the base, by its path from the top of the repository; `nil` when there is none.
  package func contents(of path: String, limit: Int) throws(GitFailure) -> [UInt8]? {
    guard let commit else { return nil }
    // Says nothing where there is no such file.
    let entry = try database.output(
      ["ls-tree", "-z", "--full-tree", commit, "--"], paths: [Array(path.utf8)]
    ).prefix { $0 != 0 }
    let fields = entry.prefix { $0 != 9 }.split(separator: 32).map { String(decoding: $0, as: UTF8.self) }
    guard fields.count == 3, fields[1] == "blob", fields[0] != "120000" else { return nil }
    let bytes = try database.output(["cat-file", "blob", fields[2]])
    guard bytes.count <= limit else { throw GitFailure("\(path) is larger than \(limit) bytes") }
    return bytes
  }

  /// Which files there are at or below some paths, on the base or on the other side of the change: one question instead of
  /// one for each file that is mostly not there.
  package func files(at paths: [String], ofHead isHead: Bool) throws(GitFailure) -> Set<String> {
    let names: [UInt8]
    if isHead, isStaged {
      names = try database.output(
        ["ls-files", "-z", "--full-name", "--"], paths: paths.map { Array(":(top,literal)\($0)".utf8) })
    } else {
      guard let commit = isHead ? try headCommit() : commit else { return [] }
      names = try database.output(
        ["ls-tree", "-r", "-z", "--name-only", "--full-tree", commit, "--"], paths: paths.map { Array($0.utf8) })
    }
    return Set(names.split(separator: 0).map { String(decoding: $0, as: UTF8.self) })
  }

  private var isStaged: Bool {
    switch scope {
    case .staged, .beforeStaged: true
    default: false
    }
  }

  /// The other side of the change, where that is a commit.
  private func headCommit() throws(GitFailure) -> String? {
    switch scope {
    case .diff(let range), .beforeDiff(let range): return try GitChange.ends(of: range, in: database).head
    case .preReceive(let input):
      // One push may move several references; the first that is not deleted stands for all.
      let ids = input.split(separator: 10).compactMap { $0.split(separator: 32).dropFirst().first }
      return ids.first { !$0.allSatisfy { $0 == UInt8(ascii: "0") } }.map { String(decoding: $0, as: UTF8.self) }
    case .tree, .history, .prePush, .staged, .beforeStaged: return nil
    }
  }

  /// The paths that the change touches, before it and after it; `nil` for what is no change.
  package func changedPaths() throws(GitFailure) -> Set<SourcePath>? {
    switch scope {
    case .staged, .beforeStaged:
      return try GitChange.staged(database) { change throws(GitFailure) in try GitSnapshot.paths(of: change) }
    case .diff(let range), .beforeDiff(let range):
      let (start, head) = try GitChange.ends(of: range, in: database)
      return try GitSnapshot.paths(
        of: GitChange(database, command: ["diff-tree", "-r", start, head], isStaged: false))
    case .tree, .history, .preReceive, .prePush: return nil
    }
  }

  /// The bytes of a file on the other side of the change, by its path from the top; `nil` when there is none.
  package func headContents(of path: String, limit: Int) throws(GitFailure) -> [UInt8]? {
    switch scope {
    case .staged, .beforeStaged:
      let line = try database.output(
        ["ls-files", "--stage", "-z", "--full-name", "--"], paths: [Array(":(top,literal)\(path)".utf8)]
      )
      .prefix { $0 != 0 }
      let fields = line.prefix { $0 != 9 }.split(separator: 32).map { String(decoding: $0, as: UTF8.self) }
      guard fields.count == 3, fields[0] != "120000", fields[0] != "160000" else { return nil }
      let bytes = try database.output(["cat-file", "blob", fields[1]])
      guard bytes.count <= limit else { throw GitFailure("\(path) is larger than \(limit) bytes") }
      return bytes
    default:
      guard let head = try headCommit() else { return nil }
      return try Self.tree(head, database: database).contents(of: path, limit: limit)
    }
  }

  private init(database: GitDatabase, commit: String) {
    self.database = database
    self.commit = commit
    scope = .tree(commit)
  }

  private static func tree(_ commit: String, database: GitDatabase) -> GitBase {
    GitBase(database: database, commit: commit)
  }
}
