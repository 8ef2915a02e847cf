package import Findings

/// Files and directories of a file system, under one root to which all paths are relative.
///
/// Inside a git work tree the root is the top of that work tree, and git says which files there are. Elsewhere the root
/// is the directory itself, and every file counts.
package struct FileTree: Sendable {
  /// An absolute path without symbolic links.
  package let root: [UInt8]
  /// What to scan below the root; the empty path is the root itself.
  private var targets: [Target]
  private let workTree: Bool
  private let excludes: [PathGlob]
  /// What was wrong with the paths themselves.
  private let complaints: [Notification]

  private struct Target: Sendable {
    var path: [UInt8]
    var isDirectory: Bool
  }

  /// Why the paths do not make a tree: a mistake of the caller's.
  package struct Failure: Error, CustomStringConvertible {
    package var description: String
  }

  /// - Parameter paths: files or directories, absolute or relative to the current directory; at least one.
  package init(_ paths: [String], excludes: [PathGlob] = []) throws(Failure) {
    try self.init(paths.map { Array($0.utf8) }, excludes: excludes, missing: nil)
  }

  /// Files whose names come from another program: one that is not there is told of in the listing.
  package init(listed paths: [[UInt8]], excludes: [PathGlob] = []) throws(Failure) {
    var notifications: [Notification] = []
    var present: [[UInt8]] = []
    for path in paths {
      if FileSystem.realPath(of: path) != nil {
        present.append(path)
      } else {
        notifications.append(
          Notification(
            kind: .unreadable, level: .error, message: "could not be read: \(SystemError.last)",
            path: SourcePath(bytes: path)))
      }
    }
    try self.init(present.isEmpty ? [[UInt8(ascii: ".")]] : present, excludes: excludes, missing: notifications)
    if present.isEmpty { targets = [] }
  }

  private init(_ paths: [[UInt8]], excludes: [PathGlob], missing: [Notification]?) throws(Failure) {
    var absolute: [(path: [UInt8], isDirectory: Bool)] = []
    for path in paths {
      guard let real = FileSystem.realPath(of: path) else {
        throw Failure(description: "\(SourcePath(bytes: path)): \(SystemError.last)")
      }
      absolute.append((real, FileSystem.kind(of: real) == .directory))
    }
    guard let first = absolute.first else { throw Failure(description: "no path to scan was given") }
    let directory = first.isDirectory ? first.path : Self.parent(of: first.path)
    let workTree = GitWorkTree(around: directory)
    let root = workTree?.root ?? (absolute.count == 1 ? directory : Self.commonDirectory(of: absolute))
    var targets: [Target] = []
    for (path, isDirectory) in absolute {
      guard let relative = Self.relative(path, to: root) else {
        throw Failure(
          description:
            "\(SourcePath(bytes: path)) does not lie in the work tree \(SourcePath(bytes: root)) of the first path; "
            + "scan it by itself")
      }
      targets.append(Target(path: relative, isDirectory: isDirectory))
    }
    self.root = root
    self.targets = targets
    self.workTree = workTree != nil
    self.excludes = excludes
    complaints = missing ?? []
  }

  /// The file that the tree consists of; `nil` where it was made from a directory or from several paths.
  package var onlyFile: SourcePath? {
    guard targets.count == 1, let target = targets.first, !target.isDirectory else { return nil }
    return SourcePath(bytes: target.path)
  }

  /// The same tree without the directories that it was made from.
  package var withoutDirectories: FileTree {
    var tree = self
    tree.targets.removeAll(where: \.isDirectory)
    return tree
  }

  /// Whether the tree is one file, and git ignores it: who names it wants it all the same.
  package var isIgnoredByGit: Bool {
    get async {
      guard workTree, let file = onlyFile, let tree = GitWorkTree(around: root) else { return false }
      return await tree.ignores(root + [UInt8(ascii: "/")] + file.bytes)
    }
  }

  /// The directory that the tree was made from, empty for the root; `nil` for a file or several paths.
  package var onlyDirectory: SourcePath? {
    guard targets.count == 1, let target = targets.first, target.isDirectory else { return nil }
    return SourcePath(bytes: target.path)
  }

  /// Lists the files, in the order of their paths.
  package func list() async -> FileListing {
    var listing = FileListing()
    listing.notifications = complaints
    for target in targets {
      if target.isDirectory {
        await list(target.path, into: &listing)
      } else {
        listing.files.append(SourcePath(bytes: target.path))
      }
    }
    listing.files.sort()
    var files: [SourcePath] = []
    files.reserveCapacity(listing.files.count)
    for file in listing.files where files.last != file {
      if excludes.contains(where: { $0.matches(file) }) { listing.exclude(file) } else { files.append(file) }
    }
    listing.files = files
    return listing
  }

  private func list(_ directory: [UInt8], into listing: inout FileListing) async {
    let path = directory.isEmpty ? root : root + [UInt8(ascii: "/")] + directory
    let walk = DirectoryWalk(root: root, excludes: excludes)
    guard workTree, let tree = GitWorkTree(around: path) else {
      walk.list(directory, into: &listing)
      return
    }
    // Who names an ignored directory wants it scanned, whether or not something in it is tracked all the same.
    async let isIgnored = path == tree.root ? false : tree.ignores(path)
    do throws(GitWorkTree.Failure) {
      var found = FileListing()
      try await tree.list(directory, scanRoot: root, into: &found)
      if await isIgnored {
        walk.list(directory, into: &listing)
      } else {
        listing.files += found.files
        listing.notifications += found.notifications
      }
    } catch {
      listing.notifications.append(
        Notification(
          kind: .gitUnavailable, level: error.isMissing ? .warning : .error,
          message: error.isMissing
            ? "git is not on the PATH: ignored files are scanned too" : "git could not list the files: \(error.message)"
        ))
      if error.isMissing { walk.list(directory, into: &listing) }
    }
  }

  private static func parent(of path: [UInt8]) -> [UInt8] {
    guard let slash = path.lastIndex(of: UInt8(ascii: "/")), slash > 0 else { return [UInt8(ascii: "/")] }
    return Array(path[..<slash])
  }

  private static func commonDirectory(of paths: [(path: [UInt8], isDirectory: Bool)]) -> [UInt8] {
    let directories = paths.map { ($0.isDirectory ? $0.path : parent(of: $0.path)).split(separator: UInt8(ascii: "/")) }
    guard var common = directories.first else { return [UInt8(ascii: "/")] }
    for directory in directories {
      common = Array(zip(common, directory).prefix { $0 == $1 }.map(\.0))
    }
    return common.isEmpty ? [UInt8(ascii: "/")] : common.flatMap { [UInt8(ascii: "/")] + $0 }
  }

  private static func relative(_ path: [UInt8], to root: [UInt8]) -> [UInt8]? {
    if path == root { return [] }
    let prefix = root.last == UInt8(ascii: "/") ? root : root + [UInt8(ascii: "/")]
    return path.starts(with: prefix) ? Array(path.dropFirst(prefix.count)) : nil
  }
}
