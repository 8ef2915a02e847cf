import Glibc

/// Standard output and standard error.
enum Terminal {
  /// Writes everything, or ends the program quietly when nobody reads any more.
  static func write(_ bytes: [UInt8], to descriptor: Int32) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { buffer in
        // The buffer is valid during the call and `count` is its size.
        unsafe Glibc.write(descriptor, buffer.baseAddress, buffer.count)
      }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        // EPIPE with SIGPIPE ignored by the caller, a full disk: there is no one left to tell but the exit code.
        Exit.now(errno == EPIPE ? .success : .bug)
      }
    }
  }

  static func writeOutput(_ text: String) { write(Array(text.utf8), to: STDOUT_FILENO) }

  static func writeError(_ text: String) { write(Array(text.utf8), to: STDERR_FILENO) }

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
