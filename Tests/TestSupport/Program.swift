internal import Foundation

/// Runs a program to its end.
package enum Program {
  package struct Outcome: Sendable {
    /// The exit code, or 128 and the number of the signal that ended it, as a shell says it.
    package var status: Int32
    package var outputBytes: [UInt8]
    package var errorBytes: [UInt8]

    package var output: String { String(decoding: outputBytes, as: UTF8.self) }
    package var error: String { String(decoding: errorBytes, as: UTF8.self) }
  }

  /// The variables that a program gets when a test says nothing else: nothing of the user's but where programs are.
  package static let environment: [String: String] = [
    "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC",
    "HOME": "/nonexistent", "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1",
  ]

  /// Whether the tests run as a user whom no file mode stops.
  package static var isRoot: Bool { geteuid() == 0 }

  /// - Parameters:
  ///   - program: an absolute path.
  ///   - environment: added to ``environment``.
  ///   - input: what stands on standard input.
  package static func run(
    _ program: String, _ arguments: [String], in directory: String? = nil, environment: [String: String] = [:],
    input: [UInt8] = []
  ) async throws -> Outcome {
    let manager = FileManager.default
    let folder = manager.temporaryDirectory.appending(path: "tollgate-run-\(UUID().uuidString)")
    try manager.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? manager.removeItem(at: folder) }
    // Files instead of pipes: nothing has to be read while the program runs.
    let files = ["in", "out", "err"].map { folder.appending(path: $0) }
    for file in files { try Data(file == files[0] ? input : []).write(to: file) }

    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.environment = Self.environment.merging(environment) { $1 }
    process.currentDirectoryURL = URL(filePath: directory ?? "/")
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    process.standardOutput = try FileHandle(forWritingTo: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
      process.terminationHandler = { _ in continuation.resume() }
      do {
        try process.run()
      } catch {
        continuation.resume(throwing: error)
      }
    }
    let isSignal = process.terminationReason == .uncaughtSignal
    return Outcome(
      status: process.terminationStatus + (isSignal ? 128 : 0),
      outputBytes: manager.contents(atPath: files[1].path).map(Array.init) ?? [],
      errorBytes: manager.contents(atPath: files[2].path).map(Array.init) ?? [])
  }
}
