internal import Findings

/// Lists all files below a directory, whatever their names; symbolic links are not followed.
struct DirectoryWalk {
  /// The root of the scan, an absolute path.
  let root: [UInt8]
  let excludes: [PathGlob]

  /// Adds what lies below `directory`, a path relative to the root (empty: the root itself).
  func list(_ directory: [UInt8], into listing: inout FileListing) {
    // A stack of our own: a deep tree must not exhaust the thread's.
    var pending = [directory]
    while let directory = pending.popLast() {
      let path = directory.isEmpty ? root : root + [UInt8(ascii: "/")] + directory
      switch FileSystem.entries(of: path) {
      case .failure(let error):
        listing.notifications.append(
          Notification(
            kind: .unreadable, level: .error, message: "the directory could not be read: \(error)",
            path: SourcePath(bytes: directory.isEmpty ? [UInt8(ascii: ".")] : directory)))
      case .success(let entries):
        for (name, kind) in entries {
          let child = directory.isEmpty ? name : directory + [UInt8(ascii: "/")] + name
          add(SourcePath(bytes: child), kind: kind, pending: &pending, into: &listing)
        }
      }
    }
  }

  private func add(
    _ path: SourcePath, kind: FileSystem.Kind, pending: inout [[UInt8]], into listing: inout FileListing
  ) {
    if excludes.contains(where: { $0.matches(path) }) {
      listing.exclude(path)
      return
    }
    switch kind {
    case .file: listing.files.append(path)
    case .directory where path.name.elementsEqual(".git".utf8):
      listing.notifications.append(
        Notification(kind: .gitDirectory, level: .note, message: "the database of a git repository", path: path))
    case .directory: pending.append(path.bytes)
    case .symbolicLink:
      listing.notifications.append(
        Notification(kind: .symbolicLink, level: .note, message: "symbolic link; not followed", path: path))
    case .other:
      listing.notifications.append(
        Notification(kind: .specialFile, level: .note, message: "not a regular file", path: path))
    }
  }
}
