import Glibc

/// Writes files that the user named.
enum OutputFile {
  /// Writes over what is at `name`; without a name to standard output.
  ///
  /// The file in which GitHub collects the summary of a step is added to: what the step wrote before stays.
  static func replace(_ name: String?, _ bytes: [UInt8]) throws(Failure) {
    guard let name else { return try Terminal.writeOutput(bytes) }
    let isSummary = name == Terminal.variable("GITHUB_STEP_SUMMARY")
    let mode = isSummary ? O_APPEND : O_TRUNC
    let descriptor = unsafe open(name, O_WRONLY | O_CREAT | mode | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Failure("cannot write to \(name): \(Terminal.lastError)") }
    defer { close(descriptor) }
    try Terminal.write(bytes, to: descriptor, named: name)
  }

  /// Writes a file that must not be there yet.
  ///
  /// - Throws: when there is something at `name` already, or it cannot be written.
  static func create(_ name: String, _ bytes: [UInt8]) throws(Failure) {
    let descriptor = unsafe open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Failure("cannot write to \(name): \(Terminal.lastError)") }
    defer { close(descriptor) }
    try Terminal.write(bytes, to: descriptor, named: name)
  }

  /// Makes the directories that a file is to stand in. What cannot be made shows when the file is written.
  static func makeDirectories(above name: String) {
    var path = name.hasPrefix("/") ? "" : "."
    for part in name.split(separator: "/").dropLast() {
      path += "/" + part
      _ = unsafe mkdir(path, 0o755)
    }
  }
}
