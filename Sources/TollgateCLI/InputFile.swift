import Glibc

/// Reads a file that the user named.
enum InputFile {
  /// - Parameter name: a path, or `-` for standard input.
  static func read(_ name: String) throws(Failure) -> [UInt8] {
    let descriptor = name == "-" ? STDIN_FILENO : unsafe open(name, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Failure("cannot read \(name): \(Terminal.lastError)") }
    defer { if descriptor != STDIN_FILENO { close(descriptor) } }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe Glibc.read(descriptor, &chunk, chunk.count)
      if count == 0 { return bytes }
      if count > 0 {
        bytes += chunk[..<count]
      } else if errno != EINTR {
        throw Failure("cannot read \(name): \(Terminal.lastError)")
      }
    }
  }
}
