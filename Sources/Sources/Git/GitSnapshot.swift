internal import Findings

/// Files as they were at some time: those of a commit, and those that a change touches as they were before it.
enum GitSnapshot {
  /// What is no text of this repository.
  private static let linkMode = Array("120000".utf8)
  private static let submoduleMode = Array("160000".utf8)

  /// All files of a commit.
  static func files(
    of revision: String, in database: GitDatabase, excludes: [PathGlob]
  ) throws(GitFailure) -> GitBlobs {
    let commit = try database.commit(revision)
    var found: [(path: SourcePath, object: GitObjectID)] = []
    // `mode type object\tpath` (https://git-scm.com/docs/git-ls-tree, "OUTPUT FORMAT").
    for entry in try database.output(["ls-tree", "-r", "-z", "--full-tree", commit]).split(separator: 0) {
      guard let tab = entry.firstIndex(of: 9) else { throw GitFailure("git listed a tree in an unknown form") }
      let fields = entry[..<tab].split(separator: 32)
      guard fields.count == 3, let object = GitObjectID(hex: fields[2]) else {
        throw GitFailure("git listed a tree in an unknown form")
      }
      if isText(mode: fields[0]) { found.append((SourcePath(bytes: Array(entry[(tab + 1)...])), object)) }
    }
    return blobs(found, database, excludes: excludes, nothing: "the commit holds no file")
  }

  /// The files that a change touches, before it.
  static func before(_ change: GitChange, excludes: [PathGlob]) throws(GitFailure) -> GitBlobs {
    var found: [(path: SourcePath, object: GitObjectID)] = []
    for entry in try entries(of: change) {
      guard let object = entry.object, isText(mode: entry.mode[...]) else { continue }
      found.append((entry.oldPath, object))
    }
    return blobs(found, change.database, excludes: excludes, nothing: "the change brings nothing but new files")
  }

  /// The paths that a change touches, before it and after it.
  static func paths(of change: GitChange) throws(GitFailure) -> Set<SourcePath> {
    try Set(entries(of: change).flatMap { [$0.oldPath, $0.newPath] })
  }

  private struct Entry {
    var mode: [UInt8]
    /// `nil` where there was nothing before.
    var object: GitObjectID?
    var oldPath: SourcePath
    var newPath: SourcePath
  }

  private static func entries(of change: GitChange) throws(GitFailure) -> [Entry] {
    var entries: [Entry] = []
    var tokens = try change.raw().split(separator: 0, omittingEmptySubsequences: false).makeIterator()
    while let meta = tokens.next(), !meta.isEmpty {
      let fields = meta.dropFirst().split(separator: 32)
      guard fields.count == 5, let status = fields[4].first, let old = GitObjectID(hex: fields[2]),
        let first = tokens.next()
      else { throw GitFailure("git told of a change in an unknown form") }
      let isPair = status == UInt8(ascii: "R") || status == UInt8(ascii: "C")
      let second = isPair ? tokens.next() ?? first : first
      entries.append(
        Entry(
          mode: Array(fields[0]), object: old.isZero ? nil : old, oldPath: SourcePath(bytes: Array(first)),
          newPath: SourcePath(bytes: Array(second))))
    }
    return entries
  }

  private static func isText(mode: ArraySlice<UInt8>) -> Bool {
    !mode.elementsEqual(linkMode) && !mode.elementsEqual(submoduleMode)
  }

  private static func blobs(
    _ found: [(path: SourcePath, object: GitObjectID)], _ database: GitDatabase, excludes: [PathGlob], nothing: String
  ) -> GitBlobs {
    var blobs = GitBlobs(database: database, nothing: nothing)
    // A file that was copied is named once for each copy.
    var last: SourcePath?
    for (path, object) in found.sorted(by: { $0.path < $1.path }) where path != last {
      last = path
      if excludes.contains(where: { $0.matches(path) }) {
        blobs.listing.exclude(path)
      } else {
        blobs.listing.files.append(path)
        blobs.objects.append(object)
      }
    }
    return blobs
  }
}
