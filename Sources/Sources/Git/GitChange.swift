internal import Findings

/// What lies between two trees, one of which may be the index, as git's plumbing tells it
/// (https://git-scm.com/docs/diff-format, "RAW OUTPUT FORMAT").
struct GitChange: Sendable {
  /// One file that is there after the change.
  private struct Entry: Sendable {
    var old: GitObjectID
    var new: GitObjectID
    var oldPath: [UInt8]
  }

  let database: GitDatabase
  /// The command that compares, without the paths.
  private let command: [String]
  private let isStaged: Bool
  private var entries: [SourcePath: Entry] = [:]

  /// The empty tree, which git knows without having it (`empty_tree` in its object-file.c).
  private static let emptyTrees = [
    "sha1": "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
    "sha256": "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321",
  ]

  init(_ database: GitDatabase, command: [String], isStaged: Bool) {
    self.database = database
    self.command = command
    self.isStaged = isStaged
  }

  // MARK: Which trees

  /// What a commit of the index would change.
  static func staged(_ database: GitDatabase, excludes: [PathGlob]) throws(GitFailure) -> GitBlobs {
    try staged(database) { change throws(GitFailure) in try change.blobs(excludes: excludes) }
  }

  /// What `body` makes of the change that a commit of the index would be.
  static func staged<Result>(
    _ database: GitDatabase, _ body: (inout GitChange) throws(GitFailure) -> Result
  ) throws(GitFailure) -> Result {
    func compare(_ tree: String) throws(GitFailure) -> Result {
      let command = ["diff-index", "--cached", "--ita-invisible-in-index", tree]
      var change = GitChange(database, command: command, isStaged: true)
      return try body(&change)
    }
    do throws(GitFailure) {
      return try compare("HEAD")
    } catch {
      // Before the first commit HEAD names nothing. All else that can be wrong shows here.
      guard try database.lines(["rev-list", "--max-count=1", "--ignore-missing", "HEAD"]).isEmpty else { throw error }
      let format = try database.lines(["rev-parse", "--show-object-format"]).first ?? "sha1"
      return try compare(emptyTrees[format] ?? "")
    }
  }

  /// What lies between two commits.
  static func between(
    _ range: String, in database: GitDatabase, excludes: [PathGlob]
  ) throws(GitFailure) -> GitBlobs {
    let (start, head) = try ends(of: range, in: database)
    var change = GitChange(database, command: ["diff-tree", "-r", start, head], isStaged: false)
    return try change.blobs(excludes: excludes)
  }

  /// The commits that a change lies between.
  static func ends(
    of range: String, in database: GitDatabase
  ) throws(GitFailure) -> (start: String, head: String) {
    let dots = range.contains("...") ? "..." : ".."
    let ends = range.split(separator: dots, maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard let first = ends.first, !first.isEmpty, !range.hasPrefix("-") else {
      throw GitFailure("\"\(range)\" is no change; write BASE or BASE...HEAD")
    }
    let isDirect = ends.count == 2 && dots == ".."
    let base = try database.commit(first)
    let head = try database.commit(ends.count == 2 && !ends[1].isEmpty ? ends[1] : "HEAD")
    let isShallow = try database.isShallow
    let advice = isShallow ? "; the clone is shallow: fetch the whole history (git fetch --unshallow)" : ""
    var start = base
    if !isDirect {
      // Fails without a word where there is none.
      guard let found = (try? database.lines(["merge-base", base, head]))?.first else {
        throw GitFailure("\(first) and \(ends.count == 2 ? ends[1] : "HEAD") have no merge base\(advice)")
      }
      start = found
    }
    guard try database.lines(["rev-list", "--max-count=1", head, "--not", start]).isEmpty == false else {
      throw GitFailure("the range \(range) holds no commit\(advice)")
    }
    return (start, head)
  }

  private static let options = ["-M", "--no-ext-diff", "--no-textconv", "--no-abbrev", "--ignore-submodules=none"]

  func raw() throws(GitFailure) -> [UInt8] {
    try database.output([command[0]] + Self.options + ["--raw", "-z"] + command.dropFirst())
  }

  // MARK: Which files

  /// The blobs that are there after the change.
  private mutating func blobs(excludes: [PathGlob]) throws(GitFailure) -> GitBlobs {
    let raw = try raw()
    var blobs = GitBlobs(database: database)
    var found: [(path: SourcePath, object: GitObjectID)] = []
    var tokens = raw.split(separator: 0, omittingEmptySubsequences: false).makeIterator()
    while let meta = tokens.next(), !meta.isEmpty {
      // `:mode mode object object status`
      let fields = meta.dropFirst().split(separator: 32)
      guard fields.count == 5, let status = fields[4].first, let old = GitObjectID(hex: fields[2]),
        let new = GitObjectID(hex: fields[3]), let first = tokens.next()
      else { throw GitFailure("git told of a change in an unknown form") }
      let isPair = status == UInt8(ascii: "R") || status == UInt8(ascii: "C")
      let path = SourcePath(bytes: Array(isPair ? tokens.next() ?? first : first))
      if status == UInt8(ascii: "D") { continue }
      if excludes.contains(where: { $0.matches(path) }) {
        blobs.listing.exclude(path)
      } else if status == UInt8(ascii: "U") {
        blobs.listing.notifications.append(
          Notification(
            kind: .unmerged, level: .error, message: "in conflict: resolve the merge, then stage the file", path: path))
      } else if fields[1].elementsEqual("120000".utf8) {
        blobs.listing.notifications.append(
          Notification(kind: .symbolicLink, level: .note, message: "symbolic link; not followed", path: path))
      } else if fields[1].elementsEqual("160000".utf8) {
        blobs.listing.notifications.append(
          Notification(
            kind: .submodule, level: .note, message: "submodule; its commits are scanned in its own repository",
            path: path))
      } else {
        found.append((path, new))
        entries[path] = Entry(old: old, new: new, oldPath: Array(first))
      }
    }
    found.sort { $0.path < $1.path }
    blobs.listing.files = found.map(\.path)
    blobs.objects = found.map(\.object)
    let isEmpty = raw.isEmpty && isStaged
    blobs.nothing = isEmpty ? "nothing is staged: there is nothing to judge" : "the change holds no text to judge"
    blobs.change = self
    return blobs
  }

  // MARK: Which lines

  /// Says of each finding whether the change brought it; those whose lines cannot be compared are marked already.
  func mark(_ findings: inout [Finding]) throws(GitFailure) {
    var wanted: Set<SourcePath> = []
    for finding in findings where finding.novelty == nil {
      let path = finding.location.path
      if let entry = entries[path], !entry.old.isZero, entry.old != entry.new { wanted.insert(path) }
    }
    let added = try addedLines(wanted.sorted())
    for index in findings.indices where findings[index].novelty == nil {
      guard let entry = entries[findings[index].location.path] else { continue }
      let region = findings[index].location.region
      let isNew: Bool
      if entry.old == entry.new {
        isNew = false
      } else if let lines = added[Pair(old: entry.old, new: entry.new)] {
        isNew = lines.contains { $0.overlaps(region.start.line..<region.end.line + 1) }
      } else {
        isNew = true
      }
      findings[index].novelty = isNew ? .new : .existing
    }
  }

  private struct Pair: Hashable {
    var old: GitObjectID
    var new: GitObjectID
  }

  /// The lines that the change adds to files, by their blobs before and after it.
  private func addedLines(_ paths: [SourcePath]) throws(GitFailure) -> [Pair: [Range<Int>]] {
    var lines: [Pair: [Range<Int>]] = [:]
    // Not more paths at once than an argument list takes.
    for start in stride(from: 0, to: paths.count, by: 100) {
      var names: Set<[UInt8]> = []
      for path in paths[start..<min(start + 100, paths.count)] {
        names.insert(path.bytes)
        if let old = entries[path]?.oldPath { names.insert(old) }
      }
      // --text: who marks a file as binary in .gitattributes does not hide its lines.
      let options = Self.options + ["-p", "-U0", "--inter-hunk-context=0", "--full-index", "--text", "--no-color"]
      var stream = GitStream(
        try database.start(
          [command[0]] + options + command.dropFirst() + ["--"],
          paths: names.sorted { $0.precedes($1) }.map { Array(":(top,literal)".utf8) + $0 }))
      Self.read(&stream, into: &lines)
      try stream.finish()
    }
    return lines
  }

  private static func read(_ stream: inout GitStream, into lines: inout [Pair: [Range<Int>]]) {
    var pair: Pair?
    // The lines of a hunk are counted, so that none of them is taken for a line of git's.
    var rest = 0
    while let range = stream.token(until: 10) {
      let line = stream.bytes(range)
      if rest > 0 {
        if line.first != UInt8(ascii: "\\") { rest -= 1 }
      } else if line.starts(with: "diff --git ".utf8) {
        pair = nil
      } else if line.starts(with: "index ".utf8) {
        // `index OLD..NEW MODE`
        let ids = line.dropFirst(6).prefix { $0 != 32 }
        let length = (ids.count - 2) / 2
        guard length > 0, let old = GitObjectID(hex: ids.prefix(length)), let new = GitObjectID(hex: ids.suffix(length))
        else { continue }
        pair = Pair(old: old, new: new)
        lines[Pair(old: old, new: new)] = lines[Pair(old: old, new: new)] ?? []
      } else if line.starts(with: "@@ -".utf8), let pair {
        let words = line.split(separator: 32)
        guard words.count > 2, let old = counts(words[1]), let new = counts(words[2]) else { continue }
        rest = old.count + new.count
        if new.count > 0 { lines[pair, default: []].append(new.start..<new.start + new.count) }
      }
    }
  }

  /// The numbers in `-12,3` or `+12`.
  private static func counts(_ word: ArraySlice<UInt8>) -> (start: Int, count: Int)? {
    let numbers = word.dropFirst().split(separator: UInt8(ascii: ",")).map { Int(String(decoding: $0, as: UTF8.self)) }
    guard let start = numbers.first ?? nil else { return nil }
    return (start, numbers.count > 1 ? numbers[1] ?? 0 : 1)
  }
}
