internal import Glibc

/// An open directory below a root that moves to where the next file lies.
///
/// Each component is opened by itself with O_NOFOLLOW, which speaks of the last component of a path alone: a directory
/// that git knows may have become a symbolic link that leads out of the tree. Files come sorted, so a move mostly opens
/// one directory or none.
struct DirectoryCursor: ~Copyable {
  private let root: Int32
  /// The directories from below the root to the current one: what was opened, and the length of the path up to there.
  private var open: [(descriptor: Int32, length: Int)] = []
  /// The path of the current directory, relative to the root, with a `/` at its end; empty: the root.
  private var path: ArraySlice<UInt8> = []

  /// - Parameter root: an open directory; the cursor closes it.
  init(root: Int32) {
    self.root = root
  }

  deinit {
    for (descriptor, _) in open { close(descriptor) }
    close(root)
  }

  var descriptor: Int32 { open.last?.descriptor ?? root }

  /// Moves to a directory, given relative to the root and with a `/` at its end; empty: the root.
  ///
  /// After a failure the cursor is somewhere above it, and can be moved again.
  mutating func move(to target: ArraySlice<UInt8>) throws(SystemError) {
    if target.elementsEqual(path) { return }
    while let (descriptor, length) = open.last, !target.starts(with: path.prefix(length)) {
      close(descriptor)
      open.removeLast()
    }
    let reached = open.last?.length ?? 0
    path = target.prefix(reached)
    for component in target.dropFirst(reached).split(separator: UInt8(ascii: "/")) {
      let next = try Self.open(component, in: descriptor)
      path = target.prefix(path.count + component.count + 1)
      open.append((next, path.count))
    }
  }

  private static func open(_ name: ArraySlice<UInt8>, in directory: Int32) throws(SystemError) -> Int32 {
    let name = FileSystem.terminated(Array(name))
    let descriptor = unsafe openat(directory, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    if descriptor >= 0 { return descriptor }
    let error = SystemError.last
    // A link is "not a directory" to the kernel here; it is told as what it is.
    var status = stat()
    guard error.number == ENOTDIR, unsafe fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) == 0,
      FileSystem.kind(ofMode: status.st_mode) == .symbolicLink
    else { throw error }
    throw SystemError(number: ELOOP)
  }
}
