internal import Foundation

/// An empty directory for one test. Names are bytes: a file system takes more than UTF-8.
package struct TemporaryDirectory: Sendable {
  /// Absolute, without symbolic links.
  package let path: String

  /// Calls `body` with a new directory, which is gone afterwards.
  package static func with<Result>(_ body: (TemporaryDirectory) async throws -> Result) async throws -> Result {
    let name = "tollgate-test-\(UUID().uuidString)"
    let url = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().appending(path: name)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    let directory = TemporaryDirectory(path: url.path(percentEncoded: false))
    let result: Swift.Result<Result, any Error>
    do {
      result = .success(try await body(directory))
    } catch {
      result = .failure(error)
    }
    // FileManager cannot remove files whose names are not UTF-8.
    _ = try await Program.run("/bin/rm", ["-rf", directory.path])
    return try result.get()
  }

  /// The absolute path of something in the directory.
  package func path(of name: String) -> String { name.isEmpty ? path : path + "/" + name }

  package func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: Array(name.utf8)) }

  package func write(_ bytes: [UInt8], to name: String) throws { try write(bytes, to: Array(name.utf8)) }

  /// Writes a file and makes the directories above it.
  package func write(_ bytes: [UInt8], to name: [UInt8]) throws {
    if let slash = name.lastIndex(of: UInt8(ascii: "/")) { try makeDirectory(Array(name[..<slash])) }
    guard let file = unsafe fopen(terminated(name), "w") else { throw POSIXError.last }
    defer { unsafe fclose(file) }
    guard unsafe fwrite(bytes, 1, bytes.count, file) == bytes.count else { throw POSIXError.last }
  }

  package func makeDirectory(_ name: String) throws { try makeDirectory(Array(name.utf8)) }

  package func makeDirectory(_ name: [UInt8]) throws {
    for end in name.indices.filter({ name[$0] == UInt8(ascii: "/") && $0 > 0 }) + [name.endIndex] {
      let status = unsafe mkdir(terminated(Array(name[..<end])), 0o755)
      guard status == 0 || errno == EEXIST else { throw POSIXError.last }
    }
  }

  /// Makes a symbolic link; `target` is written into it as it is.
  package func link(_ name: String, to target: String) throws {
    guard unsafe symlink(target, path(of: name)) == 0 else { throw POSIXError.last }
  }

  /// Makes a named pipe.
  package func makePipe(_ name: String) throws {
    guard unsafe mkfifo(path(of: name), 0o644) == 0 else { throw POSIXError.last }
  }

  package func setMode(_ mode: UInt32, of name: String) throws {
    guard unsafe chmod(path(of: name), mode) == 0 else { throw POSIXError.last }
  }

  /// Removes a file or a directory with all that is in it.
  package func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: path(of: name)) }

  package func rename(_ name: String, to newName: String) throws {
    try FileManager.default.moveItem(atPath: path(of: name), toPath: path(of: newName))
  }

  /// The bytes of a file; `nil` when there is none.
  package func bytes(of name: String) -> [UInt8]? {
    FileManager.default.contents(atPath: path(of: name)).map(Array.init)
  }

  private func terminated(_ name: [UInt8]) -> [CChar] {
    (Array(path.utf8) + [UInt8(ascii: "/")] + name).map { CChar(bitPattern: $0) } + [0]
  }
}

extension POSIXError {
  fileprivate static var last: POSIXError { POSIXError(Code(rawValue: errno) ?? .EIO) }
}
