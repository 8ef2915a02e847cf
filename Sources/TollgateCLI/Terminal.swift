import Glibc

/// Standard output and standard error.
enum Terminal {
  /// A reader that goes away must not end the program before it has decided: the exit code is still the verdict's.
  static func ignoreBrokenPipes() { _ = signal(SIGPIPE, SIG_IGN) }

  /// Writes everything, or as much as anybody reads.
  ///
  /// - Throws: when the bytes cannot be kept, as on a full disk.
  static func write(_ bytes: [UInt8], to descriptor: Int32, named name: String) throws(Failure) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { buffer in
        // The buffer is valid during the call and `count` is its size.
        unsafe Glibc.write(descriptor, buffer.baseAddress, buffer.count)
      }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno == EPIPE {
        return
      } else if errno != EINTR {
        throw Failure("cannot write to \(name): \(lastError)", exit: .incomplete)
      }
    }
  }

  static func writeOutput(_ bytes: [UInt8]) throws(Failure) {
    try write(bytes, to: STDOUT_FILENO, named: "standard output")
  }

  static func writeOutput(_ text: String) throws(Failure) { try writeOutput(Array(text.utf8)) }

  /// Messages and progress: when they cannot be written, there is nowhere left to say so.
  static func writeError(_ text: String) {
    try? write(Array(text.utf8), to: STDERR_FILENO, named: "standard error")
  }

  /// What the operating system says of the last call that failed.
  static var lastError: String { unsafe String(cString: strerror(errno)) }

  static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  static func variable(_ name: String) -> String? {
    // Read before any other thread could change the environment; nothing here changes it.
    unsafe getenv(name).flatMap { unsafe String(validatingCString: $0) }
  }

  /// The width of standard output in cells, 100 where it is no terminal.
  static var width: Int {
    var size = winsize()
    guard unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col >= 40 else { return 100 }
    return Int(size.ws_col)
  }
}
