import Glibc

/// Writes files that must not be there yet.
enum OutputFile {
  /// - Throws: when there is something at `name` already, or it cannot be written.
  static func create(_ name: String, _ bytes: [UInt8]) throws(Failure) {
    let descriptor = unsafe open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Failure("cannot write to \(name): \(Terminal.lastError)") }
    defer { close(descriptor) }
    try Terminal.write(bytes, to: descriptor, named: name)
  }
}
