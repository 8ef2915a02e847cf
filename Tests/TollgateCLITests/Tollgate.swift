import Foundation
import TestSupport

/// The built program, run as its users run it.
enum Tollgate {
  /// Beside the test bundle, where the build puts it; `nil` when it was not built.
  static let path: String? = {
    let folder = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
    let path = folder.appending(path: "tollgate").path(percentEncoded: false)
    return FileManager.default.isExecutableFile(atPath: path) ? path : nil
  }()

  static var isBuilt: Bool { path != nil }

  static func run(
    _ arguments: String..., in directory: TemporaryDirectory? = nil, environment: [String: String] = [:],
    input: String = ""
  ) async throws -> Program.Outcome {
    try await Program.run(
      path ?? "", arguments, in: directory?.path, environment: environment, input: Array(input.utf8))
  }

  /// Runs a line of a shell in which `$T` is the program.
  static func shell(
    _ line: String, in directory: TemporaryDirectory, environment: [String: String] = [:]
  ) async throws -> Program.Outcome {
    let environment = environment.merging(["T": path ?? ""]) { $1 }
    return try await Program.run("/bin/sh", ["-c", line], in: directory.path, environment: environment)
  }

  /// Output with what differs from run to run and from release to release replaced.
  static func stable(_ text: String, in directory: TemporaryDirectory? = nil) -> [UInt8] {
    var text = text
    if let directory { text = text.replacing(directory.path, with: "<directory>") }
    text = text.replacing(/in \d+\.\d\d s/, with: "in <time> s")
    text = text.replacing(/tollgate \d+\.\d+\.\d+ \(rules [0-9a-f]{16}, \d+ rules\)/, with: "tollgate <version>")
    return Array(text.utf8)
  }
}

/// What the tests put into files.
enum Sample {
  /// Critical and proved.
  static let github = MadeUpCredential.gitHubToken(40)
  /// High, without a checksum.
  static let slack = MadeUpCredential.slackToken(40)
  /// Disproved: a note.
  static let broken = MadeUpCredential.brokenGitHubToken(40)
  /// A rule of one's own; `severity` and `level` are the words of a pack.
  static func pack(severity: String = "low", level: String = "deny", extra: String = "") -> String {
    """
    pack: own
    rules:
      - id: own-rule
        title: Own token
        severity: \(severity)
        confidence: high
        level: \(level)
        phase: code
        tags: [secret]
        on: text
        keywords: [own_]
        pattern: '\\bown_[0-9]{4}\\b'
        message: An own token stands in the file.
        why: It opens the door.
        fix: Change the lock.
        filters: []
        examples:
          - fires: own_1234
          - fires: x own_4321
          - silent: own_123
          - silent: own_
          - silent: nothing
    \(extra)
    """
  }
}
