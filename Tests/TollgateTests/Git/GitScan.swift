import TestSupport
import Testing
import Tollgate

/// What the tests of git scans share.
enum GitScan {
  static let token = MadeUpCredential.gitHubToken(70)
  static let other = MadeUpCredential.gitHubToken(71)

  static func line(_ token: String = token) -> String { "token = '\(token)'\n" }

  /// A repository for one test.
  static func with(_ body: (GitRepository) async throws -> Void) async throws {
    try await TemporaryDirectory.with { directory in
      try await body(try await GitRepository(in: directory, name: "top"))
    }
  }

  static func scan(
    _ scope: ScanRequest.GitScope, _ repository: GitRepository, at path: String? = nil, workers: Int? = nil,
    maxFileBytes: Int = 10 << 20
  ) async throws -> Report {
    try await PolicyScanner().scan(
      ScanRequest(
        .git(scope, directory: path ?? repository.path), maxFileBytes: maxFileBytes, workers: workers))
  }

  static func paths(_ report: Report) -> [String] { report.findings.map(\.location.path.description) }
}
