package import Findings

/// A part of a git repository as the source of a scan.
package struct GitSource: Sendable {
  package enum Scope: Sendable {
    /// What a commit of the index would change.
    case staged
    /// What lies between two commits, `BASE`, `BASE...HEAD` or `BASE..HEAD`: from their merge base on but for two dots.
    case diff(String)
    /// All that commits brought in: those of a range, or all that a reference leads to.
    case history(String?)
    /// The commits that a push brings, as `pre-receive` learns of them on standard input (githooks(5)).
    case preReceive([UInt8])
    /// The commits that a push takes away, as `pre-push` learns of them on standard input (githooks(5)).
    case prePush([UInt8])
    /// The files of a commit.
    case tree(String)
    /// The files that a change touches, as they were before it, gone ones among them.
    case beforeStaged
    case beforeDiff(String)
  }

  let database: GitDatabase
  let scope: Scope
  let excludes: [PathGlob]

  /// Whether there are usually few files to read.
  package var isMostlyFewFiles: Bool {
    switch scope {
    case .history, .tree: false
    default: true
    }
  }

  /// - Parameter path: a directory within the repository; `nil`: the current one, see ``GitDatabase``.
  package init(_ scope: Scope, path: String?, excludes: [PathGlob] = []) {
    database = GitDatabase(path: path)
    self.scope = scope
    self.excludes = excludes
  }

  /// Finds out what is to be read. What keeps that from being known is an error among the notifications.
  ///
  /// - Parameter workers: how many processes may list at the same time.
  package func blobs(workers: Int) async -> GitBlobs {
    do throws(GitFailure) {
      switch scope {
      case .staged: return try GitChange.staged(database, excludes: excludes)
      case .diff(let range): return try GitChange.between(range, in: database, excludes: excludes)
      case .history(let range):
        return try await GitHistory(database: database, revisions: Self.revisions(range), isWhole: range == nil)
          .blobs(excludes: excludes, workers: workers)
      case .tree(let commit): return try GitSnapshot.files(of: commit, in: database, excludes: excludes)
      case .beforeStaged:
        return try GitChange.staged(database) { change throws(GitFailure) in
          try GitSnapshot.before(change, excludes: excludes)
        }
      case .beforeDiff(let range):
        let (start, head) = try GitChange.ends(of: range, in: database)
        return try GitSnapshot.before(
          GitChange(database, command: ["diff-tree", "-r", start, head], isStaged: false), excludes: excludes)
      case .preReceive(let input):
        return try await pushed(try updates(input, oldField: 0, newField: 1), known: "--all", workers: workers)
      case .prePush(let input):
        return try await pushed(try updates(input, oldField: 3, newField: 1), known: "--remotes", workers: workers)
      }
    } catch {
      return GitBlobs(database: database, failure: error.description)
    }
  }

  private static func revisions(_ range: String?) throws(GitFailure) -> [String] {
    // The stash is a reference, but nobody's history: it is looked at when somebody names it.
    guard let range else { return ["--exclude=refs/stash", "--all"] }
    guard !range.hasPrefix("-"), !range.isEmpty else { throw GitFailure("\"\(range)\" is no range of commits") }
    return ["--end-of-options", range, "--"]
  }

  private func pushed(
    _ updates: (new: [String], old: [String]), known: String, workers: Int
  ) async throws(GitFailure) -> GitBlobs {
    if updates.new.isEmpty {
      return GitBlobs(database: database, nothing: "nothing but deletions of references: there is nothing to judge")
    }
    // What the other side has is known where its references are; a remote's old commit need not be here.
    var old: [String] = []
    for id in updates.old where (try? database.commit(id)) != nil { old.append(id) }
    let history = GitHistory(
      database: database, revisions: updates.new + ["--not", known] + old, isWhole: false, mayBeEmpty: true)
    return try await history.blobs(excludes: excludes, workers: workers)
  }

  /// The object that a word names; `nil` for the zeros that stand for none.
  private func object(_ word: ArraySlice<UInt8>) throws(GitFailure) -> String? {
    if let id = GitObjectID(hex: word) { return id.isZero ? nil : id.text }
    // The pre-commit framework names a branch.
    return try database.commit(String(decoding: word, as: UTF8.self))
  }

  /// The new and the old commits in lines of words.
  private func updates(
    _ input: [UInt8], oldField: Int, newField: Int
  ) throws(GitFailure) -> (new: [String], old: [String]) {
    var (new, old): ([String], [String]) = ([], [])
    let lines = input.split(separator: 10)
    if lines.isEmpty { throw GitFailure("no updates of references on standard input; run this as a hook of git") }
    for line in lines {
      let words = line.split(separator: 32)
      guard words.count > max(oldField, newField) else {
        throw GitFailure("standard input holds no updates of references; run this as a hook of git")
      }
      if let id = try object(words[newField]) { new.append(id) }
      if let id = try object(words[oldField]) { old.append(id) }
    }
    return (new, old)
  }
}
