package import Findings
internal import Glibc

/// Reads files below a directory into one buffer that is used again and again; each worker has its own.
package struct FileReader: ~Copyable {
  /// What came of reading a file.
  package enum Outcome {
    /// The file is in the buffer; this many bytes.
    case read(Int)
    /// Not read, for the reason that the notification gives.
    case skipped(Notification)
  }

  private var directory: DirectoryCursor
  private let limit: Int
  private let archiveLimit: Int
  private var buffer = [UInt8](repeating: 0, count: 256 << 10)

  /// - Parameters:
  ///   - root: the directory, an absolute path.
  ///   - limit: larger files are skipped, in bytes.
  ///   - archiveLimit: the same for files that ``ArchiveFormat`` knows, if it is more.
  package init(root: [UInt8], limit: Int, archiveLimit: Int = 0) throws(SystemError) {
    let descriptor = unsafe open(FileSystem.terminated(root), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemError.last }
    directory = DirectoryCursor(root: descriptor)
    self.limit = limit
    self.archiveLimit = archiveLimit
  }

  /// Reads the file at `path` into the buffer.
  package mutating func read(_ path: SourcePath) -> Outcome {
    // O_NOFOLLOW: a symbolic link is not the file. O_NONBLOCK: opening a pipe must not wait for its writer.
    let flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY
    do throws(SystemError) {
      try directory.move(to: path.bytes.dropLast(path.name.count))
    } catch {
      return .skipped(Self.notification(for: error, path))
    }
    let descriptor = unsafe openat(directory.descriptor, FileSystem.terminated(Array(path.name)), flags)
    guard descriptor >= 0 else { return .skipped(Self.notification(for: SystemError.last, path)) }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      return .skipped(Self.notification(for: SystemError.last, path))
    }
    guard FileSystem.kind(ofMode: status.st_mode) == .file else {
      return .skipped(
        Notification(kind: .specialFile, level: .note, message: "not a regular file", path: path))
    }
    let size = Int(status.st_size)
    var limit = limit
    if size > limit, size <= archiveLimit, Self.isArchive(descriptor) { limit = archiveLimit }
    guard size <= limit else { return .skipped(Self.tooLarge(path, size: size, limit: limit)) }
    // One byte more than the size tells a file that has grown since.
    if buffer.count <= size { buffer = [UInt8](repeating: 0, count: min(limit, max(size, 2 * buffer.count)) + 1) }
    return readAll(descriptor, path, limit: limit)
  }

  /// Looks at the first bytes of a file without moving on in it.
  private static func isArchive(_ descriptor: Int32) -> Bool {
    var head = [UInt8](repeating: 0, count: ArchiveFormat.probeBytes)
    let count = unsafe head.withUnsafeMutableBytes { unsafe pread(descriptor, $0.baseAddress, $0.count, 0) }
    return count > 0 && ArchiveFormat(head.span.extracting(first: count)) != nil
  }

  private mutating func readAll(_ descriptor: Int32, _ path: SourcePath, limit: Int) -> Outcome {
    var filled = 0
    while filled <= limit {
      if filled == buffer.count { buffer += [UInt8](repeating: 0, count: min(buffer.count, limit + 1 - filled)) }
      let room = buffer.count - filled
      let count = unsafe buffer.withUnsafeMutableBytes { bytes in
        // `filled + room` is the size of the buffer.
        unsafe Glibc.read(descriptor, bytes.baseAddress.map { unsafe $0 + filled }, room)
      }
      if count == 0 { return .read(filled) }
      if count < 0 {
        if errno == EINTR { continue }
        return .skipped(Self.notification(for: SystemError.last, path))
      }
      filled += count
    }
    return .skipped(Self.tooLarge(path, size: filled, limit: limit))
  }

  /// Calls `body` with the first `count` bytes of the buffer.
  package borrowing func withContents<Result>(_ count: Int, _ body: (Span<UInt8>) -> Result) -> Result {
    let span = buffer.span
    return body(span.extracting(first: count))
  }

  /// What is told of a file that is larger than the limit.
  package static func tooLarge(_ path: SourcePath, size: Int, limit: Int) -> Notification {
    Notification(
      kind: .tooLarge, level: .warning,
      message: "\(size) bytes; larger than the limit of \(limit) bytes (--max-file-size)", path: path)
  }

  private static func notification(for error: SystemError, _ path: SourcePath) -> Notification {
    switch error.number {
    case ELOOP:
      Notification(kind: .symbolicLink, level: .note, message: "symbolic link; not followed", path: path)
    case ENOENT, ENOTDIR:
      Notification(kind: .deleted, level: .note, message: "not in the work tree", path: path)
    case ENXIO:
      Notification(kind: .specialFile, level: .note, message: "not a regular file", path: path)
    default:
      Notification(kind: .unreadable, level: .error, message: "could not be read: \(error)", path: path)
    }
  }
}
