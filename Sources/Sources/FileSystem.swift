internal import Glibc

// FoundationEssentials' FileManager takes names as text and so cannot open a file whose name is not UTF-8; System has no
// directory listing. These are the five calls that are needed, on bytes.

/// The calls of POSIX that sources are read with; paths are bytes without a NUL.
enum FileSystem {
  /// What a path leads to, without following a symbolic link at its end.
  enum Kind {
    case file, directory, symbolicLink, other
  }

  static func kind(of path: [UInt8]) -> Kind? {
    var status = stat()
    guard unsafe lstat(terminated(path), &status) == 0 else { return nil }
    return kind(ofMode: status.st_mode)
  }

  static func kind(ofMode mode: mode_t) -> Kind {
    switch mode & S_IFMT {
    case S_IFREG: .file
    case S_IFDIR: .directory
    case S_IFLNK: .symbolicLink
    default: .other
    }
  }

  /// The absolute path without symbolic links; `nil` when there is nothing at `path`.
  static func realPath(of path: [UInt8]) -> [UInt8]? {
    guard let resolved = unsafe realpath(terminated(path), nil) else { return nil }
    defer { unsafe free(resolved) }
    // realpath returns a string that ends with a NUL.
    return unsafe Array(UnsafeBufferPointer(start: resolved, count: strlen(resolved))).map { UInt8(bitPattern: $0) }
  }

  /// The names in a directory with what they lead to, sorted; without `.` and `..`.
  static func entries(of directory: [UInt8]) -> Result<[(name: [UInt8], kind: Kind)], SystemError> {
    guard let stream = unsafe opendir(terminated(directory)) else { return .failure(SystemError.last) }
    defer { unsafe closedir(stream) }
    var entries: [(name: [UInt8], kind: Kind)] = []
    while let entry = unsafe readdir(stream) {
      // d_name is an array that ends with a NUL (readdir(3)).
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { unsafe Array($0.prefix { $0 != 0 }) }
      if name == [0x2E] || name == [0x2E, 0x2E] { continue }
      let kind: Kind? =
        switch unsafe Int(entry.pointee.d_type) {
        case Int(DT_REG): .file
        case Int(DT_DIR): .directory
        case Int(DT_LNK): .symbolicLink
        case Int(DT_UNKNOWN): self.kind(of: directory + [UInt8(ascii: "/")] + name)
        default: .other
        }
      if let kind { entries.append((name, kind)) }
    }
    return .success(entries.sorted { $0.name.lexicographicallyPrecedes($1.name) })
  }

  static func contents(of path: [UInt8], limit: Int) -> [UInt8]? {
    let descriptor = unsafe open(terminated(path), O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    return unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
      count = unsafe max(0, read(descriptor, buffer.baseAddress, limit))
    }
  }

  static func terminated(_ path: [UInt8]) -> [CChar] { path.map { CChar(bitPattern: $0) } + [0] }
}

/// An error number of the operating system.
package struct SystemError: Error, Hashable, CustomStringConvertible {
  package var number: Int32

  static var last: SystemError { SystemError(number: errno) }

  /// The operating system's own words, such as `Permission denied`.
  package var description: String {
    unsafe strerror(number).map { unsafe String(cString: $0) } ?? "error \(number)"
  }
}
