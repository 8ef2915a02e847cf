internal import Findings

// `rev-list --objects` names every blob once, but not the commit that brought it in, and runs on one processor. Comparing
// each commit with its parents gives both: a blob of any commit stands in one of its parents at the same path or differs
// from all of them there, and then a combined comparison (`-c`) shows it, in merges of any number of parents too. The
// commits are independent of each other, so several processes share them.

/// The blobs that commits brought in, each once, with the earliest commit.
struct GitHistory: Sendable {
  let database: GitDatabase
  /// Arguments of `git rev-list`.
  let revisions: [String]
  /// Whether all of the history was asked for, what references name directly included.
  let isWhole: Bool
  /// Whether a range without commits is no mistake.
  var mayBeEmpty = false

  /// The blobs of some commits.
  private struct Part: Sendable {
    var origins: [GitObjectID: Origin] = [:]
    var paths: [SourcePath] = []
    var failure: GitFailure?
  }

  private struct Origin: Sendable {
    /// An index into the commits; -1: a reference names the blob itself.
    var commit: Int32
    /// An index into the paths of the part.
    var path: Int32
  }

  func blobs(excludes: [PathGlob], workers: Int) async throws(GitFailure) -> GitBlobs {
    var blobs = GitBlobs(database: database)
    // What does not depend on the commits is asked at the same time.
    async let head = tree("HEAD")
    async let here = isWhole && database.isPartial ? allObjects() : nil
    let commits = try listCommits()
    if commits.isEmpty {
      if mayBeEmpty {
        return GitBlobs(database: database, nothing: "no commit is new to the other side: there is nothing to judge")
      }
      let advice = try database.isShallow ? "; the clone is shallow: fetch the whole history" : ""
      throw GitFailure(isWhole ? "the repository has no commit" : "the range holds no commit\(advice)")
    }
    if let cut = try cut(commits) {
      blobs.listing.notifications.append(Notification(kind: .historyIncomplete, level: .error, message: cut))
    }
    if mayBeEmpty { blobs.nothing = "the commits bring in no text to judge" }

    var parts: [(Int, Part)] = []
    let share = max(1, (commits.count + workers - 1) / max(1, commits.count < 200 ? 1 : workers))
    for await part in await inParallel(commits, share: share) { parts.append(part) }
    var origins: [GitObjectID: Origin] = [:]
    var paths: [SourcePath] = []
    for (_, part) in parts.sorted(by: { $0.0 < $1.0 }) {
      if let failure = part.failure { throw failure }
      let base = Int32(paths.count)
      paths += part.paths
      // Earlier commits come first, and what came first stays.
      for (object, origin) in part.origins where origins[object] == nil {
        origins[object] = Origin(commit: origin.commit, path: base + origin.path)
      }
    }
    if isWhole { try addReferences(&origins, &paths) }

    blobs.history = GitBlobs.History(commits: commits, origins: [], inHead: await head)
    let known = await here
    add(Self.ordered(origins, paths, known), origins, paths, excludes: excludes, to: &blobs)
    return blobs
  }

  private func listCommits() throws(GitFailure) -> [GitObjectID] {
    var stream = GitStream(try database.start(["rev-list", "--topo-order", "--reverse"] + revisions))
    var commits: [GitObjectID] = []
    while let line = stream.token(until: 10) {
      if let commit = GitObjectID(hex: stream.bytes(line)) { commits.append(commit) }
    }
    try stream.finish()
    return commits
  }

  /// Says that the history ends before its beginning, because the clone is shallow.
  private func cut(_ commits: [GitObjectID]) throws(GitFailure) -> String? {
    let shallow = try database.shallowCommits()
    guard !shallow.isEmpty, isWhole || commits.contains(where: { shallow.contains($0.text) }) else { return nil }
    return "the clone is shallow and lacks older commits: fetch the whole history (git fetch --unshallow)"
  }

  // MARK: In parallel

  private func inParallel(_ commits: [GitObjectID], share: Int) async -> AsyncStream<(Int, Part)> {
    let (stream, continuation) = AsyncStream.makeStream(of: (Int, Part).self)
    await withTaskGroup(of: Void.self) { group in
      for (number, start) in stride(from: 0, to: commits.count, by: share).enumerated() {
        group.addTask {
          continuation.yield((number, part(of: commits, start..<min(start + share, commits.count))))
        }
      }
    }
    continuation.finish()
    return stream
  }

  private func part(of commits: [GitObjectID], _ range: Range<Int>) -> Part {
    var part = Part()
    var input: [UInt8] = []
    for commit in commits[range] {
      commit.append(to: &input)
      input.append(10)
    }
    do throws(GitFailure) {
      let options = ["-r", "-c", "--root", "--no-renames", "--no-ext-diff", "--no-textconv", "--no-abbrev"]
      var stream = GitStream(
        try database.start(["diff-tree", "--stdin", "--raw", "-z"] + options, input: input))
      read(&stream, from: range.lowerBound, commits, into: &part)
      try stream.finish()
    } catch {
      part.failure = error
    }
    return part
  }

  /// Reads `COMMIT`, then for each file `:mode mode object object status` and the path, all ended by NUL; a merge has
  /// as many colons as parents, and one mode and one object more than that.
  private func read(_ stream: inout GitStream, from first: Int, _ commits: [GitObjectID], into part: inout Part) {
    var commit = first - 1
    var known: [[UInt8]: Int32] = [:]
    while let token = stream.token(until: 0) {
      let bytes = stream.bytes(token)
      guard bytes.first == UInt8(ascii: ":") else {
        // git leaves out commits that change nothing, so the next one is looked for.
        guard let id = GitObjectID(hex: bytes) else { continue }
        repeat { commit += 1 } while commit < commits.count && commits[commit] != id
        continue
      }
      let parents = bytes.prefix { $0 == UInt8(ascii: ":") }.count
      let mode = bytes.dropFirst(parents + 7 * parents).prefix(6)
      let isFile = mode.starts(with: "10".utf8) || mode.elementsEqual("120000".utf8)
      let fields = bytes.dropFirst(parents + 7 * (parents + 1))
      let width = (fields.firstIndex(of: 32) ?? fields.startIndex) - fields.startIndex
      let object = GitObjectID(hex: fields.dropFirst((width + 1) * parents).prefix(width))
      guard let name = stream.token(until: 0) else { return }
      guard isFile, let object, part.origins[object] == nil else { continue }
      let path = Array(stream.bytes(name))
      let index = known[path] ?? Int32(part.paths.count)
      if index == part.paths.count {
        known[path] = index
        part.paths.append(SourcePath(bytes: path))
      }
      part.origins[object] = Origin(commit: Int32(commit), path: index)
    }
  }

  /// Every object that is here; `nil` when git cannot say.
  private func allObjects() -> Set<GitObjectID>? {
    let arguments = ["cat-file", "--batch-all-objects", "--unordered", "--batch-check=%(objectname)"]
    guard let process = try? database.start(arguments) else { return nil }
    var stream = GitStream(process)
    var objects: Set<GitObjectID> = []
    while let line = stream.token(until: 10) {
      if let object = GitObjectID(hex: stream.bytes(line)) { objects.insert(object) }
    }
    return objects
  }

  /// The blobs below a tree; none where there is no such tree.
  private func tree(_ name: String) -> Set<GitObjectID> {
    Set(((try? files(of: name)) ?? []).map(\.object))
  }

  private func files(of tree: String) throws(GitFailure) -> [(object: GitObjectID, path: [UInt8])] {
    var files: [(object: GitObjectID, path: [UInt8])] = []
    for entry in try database.output(["ls-tree", "-r", "-z", "--full-tree", tree]).split(separator: 0) {
      // `mode type object<TAB>path`
      guard let tab = entry.firstIndex(of: 9) else { continue }
      let words = entry[..<tab].split(separator: 32)
      guard words.count == 3, words[1].elementsEqual("blob".utf8), let object = GitObjectID(hex: words[2]) else {
        continue
      }
      files.append((object, Array(entry[(tab + 1)...])))
    }
    return files
  }

  // MARK: Together

  /// What references name that are no commits: blobs and trees, by themselves or behind a tag.
  private func addReferences(
    _ origins: inout [GitObjectID: Origin], _ paths: inout [SourcePath]
  ) throws(GitFailure) {
    let format = "--format=%(objecttype) %(objectname) %(*objecttype) %(*objectname) %(refname)"
    for line in try database.output(["for-each-ref", format]).split(separator: 10) {
      let words = line.split(separator: 32, maxSplits: 4, omittingEmptySubsequences: false).map(Array.init)
      guard words.count == 5 else { continue }
      let isTag = words[0] == Array("tag".utf8)
      let (type, name) = isTag ? (words[2], words[3]) : (words[0], words[1])
      guard let object = GitObjectID(hex: name[...]) else { continue }
      var found: [(object: GitObjectID, path: [UInt8])] = []
      if type == Array("blob".utf8) { found = [(object, words[4])] }
      if type == Array("tree".utf8) {
        found = try files(of: object.text).map { ($0.object, words[4] + [UInt8(ascii: "/")] + $0.path) }
      }
      for (object, path) in found where origins[object] == nil {
        origins[object] = Origin(commit: -1, path: Int32(paths.count))
        paths.append(SourcePath(bytes: path))
      }
    }
  }

  /// The versions of a file one after the other, the oldest first: git keeps most of them as differences from each other,
  /// and builds one on what it has just unpacked. In the order in which they lie in packs it takes twice the time and needs
  /// a cache for all files.
  ///
  /// - Parameter here: the objects to which the answer is confined.
  private static func ordered(
    _ origins: [GitObjectID: Origin], _ paths: [SourcePath], _ here: Set<GitObjectID>?
  ) -> [GitObjectID] {
    let byName = paths.indices.sorted { paths[$0].bytes.lexicographicallyPrecedes(paths[$1].bytes) }
    // Parts of the history know the same path by several numbers, which share a rank.
    var ranks = Array(repeating: 0, count: paths.count)
    for (place, index) in byName.enumerated() {
      let isNew = place == 0 || paths[index] != paths[byName[place - 1]]
      ranks[index] = isNew ? place : ranks[byName[place - 1]]
    }
    var keyed: [(rank: Int, commit: Int32, object: GitObjectID)] = []
    keyed.reserveCapacity(origins.count)
    for (object, origin) in origins where here?.contains(object) ?? true {
      keyed.append((ranks[Int(origin.path)], origin.commit, object))
    }
    keyed.sort { left, right in
      if left.rank != right.rank { return left.rank < right.rank }
      // A commit brings one blob to a path; references may name several.
      return left.commit == right.commit ? left.object.text < right.object.text : left.commit < right.commit
    }
    return keyed.map(\.object)
  }

  private func add(
    _ objects: [GitObjectID], _ origins: [GitObjectID: Origin], _ paths: [SourcePath], excludes: [PathGlob],
    to blobs: inout GitBlobs
  ) {
    var excluded: Set<SourcePath> = []
    blobs.objects.reserveCapacity(objects.count)
    for object in objects {
      guard let origin = origins[object] else { continue }
      let path = paths[Int(origin.path)]
      if !excludes.isEmpty, excluded.contains(path) || excludes.contains(where: { $0.matches(path) }) {
        if excluded.insert(path).inserted { blobs.listing.exclude(path) }
        continue
      }
      blobs.objects.append(object)
      blobs.listing.files.append(path)
      blobs.history?.origins.append(origin.commit)
    }
    // What a partial clone has left out: asking for it would mean to fetch it.
    let missing = origins.count - objects.count
    if missing > 0 {
      blobs.listing.notifications.append(
        Notification(
          kind: .objectMissing, level: .error,
          message: "\(missing) blobs are not here: the clone is partial; fetch it whole (git fetch --refetch)"))
    }
  }
}
