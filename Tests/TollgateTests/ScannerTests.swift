import TestSupport
import Testing
import Tollgate

@Suite("The library")
struct ScannerTests {
  static let token = MadeUpCredential.gitHubToken(10)
  static let github = "github-personal-access-token"

  static func request(_ files: [(String, String)]) -> ScanRequest {
    ScanRequest(.files(files.map { ScanRequest.File(path: $0.0, bytes: Array($0.1.utf8)) }))
  }

  @Test("scans files in memory, and a gate decides on the report")
  func memory() async throws {
    let scanner = try PolicyScanner()
    let report = try await scanner.scan(Self.request([("src/a.py", "x = '\(Self.token)'\n"), ("b", "nothing\n")]))
    #expect(report.findings.map(\.ruleID) == [Self.github])
    #expect(report.findings.map(\.location.path.description) == ["src/a.py"])
    #expect(report.coverage == Report.Coverage(files: 2, bytes: 47 + 8))
    #expect(report.tool == "tollgate" && report.version == PolicyScanner.version)
    #expect(Gate(failOn: .high).decide(report).outcome == .failed)
    #expect(Gate(failOn: nil).decide(report).outcome == .passed)
    let clean = try await scanner.scan(Self.request([("b", "nothing\n")]))
    #expect(Gate(failOn: .note).decide(clean).outcome == .passed)
    let nothing = try await scanner.scan(Self.request([]))
    #expect(Gate(failOn: .high).decide(nothing).outcome == .incomplete)
  }

  @Test("leaves files in memory out that a pattern names, and says so")
  func excludedMemory() async throws {
    var request = Self.request([("src/a.py", "x = '\(Self.token)'\n"), ("b", "nothing\n")])
    request.excludes = ["src"]
    let report = try await PolicyScanner().scan(request)
    #expect(report.findings.isEmpty)
    #expect(report.coverage?.files == 1)
    #expect(report.notifications.map(\.kind) == [.excluded])
    request.excludes = ["[a"]
    await #expect(throws: ScanRequestError.self) { try await PolicyScanner().scan(request) }
  }

  @Test("is built once and used from many tasks at once")
  func manyTasks() async throws {
    let scanner = try PolicyScanner()
    let texts = await withTaskGroup(of: String.self) { group in
      for index in 0..<24 {
        group.addTask {
          let files = (0..<5).map { ("f\($0)", "x = '\(MadeUpCredential.gitHubToken(UInt64(index % 3 * 5 + $0)))'\n") }
          var request = Self.request(files)
          request.workers = 1 + index % 4
          let report = try? await scanner.scan(request)
          return "\(index % 3) \(report.map { "\($0)" } ?? "failed")"
        }
      }
      return await group.reduce(into: Set<String>()) { $0.insert($1) }
    }
    #expect(texts.count == 3)
    #expect(!texts.contains { $0.hasSuffix("failed") })
  }

  @Test("keeps to the limits of a request, for files in memory too")
  func limits() async throws {
    let scanner = try PolicyScanner()
    var request = Self.request([
      ("full", String(repeating: "a", count: 99)), ("large", Self.token + " " + Self.token + " " + Self.token),
    ])
    request.maxFileBytes = 99
    let report = try await scanner.scan(request)
    #expect(report.findings.isEmpty)
    #expect(report.notifications.map(\.kind) == [.tooLarge])
    #expect(report.coverage?.files == 1)
  }

  @Test("refuses requests that cannot be carried out, and says why")
  func mistakes() async throws {
    let scanner = try PolicyScanner()
    let missing = await #expect(throws: ScanRequestError.self) {
      try await scanner.scan(.directory("/nonexistent/directory"))
    }
    #expect(missing?.description == "/nonexistent/directory: No such file or directory")
    for glob in ["", "[a"] {
      let error = await #expect(throws: ScanRequestError.self) {
        try await scanner.scan(ScanRequest(.paths(["/"]), excludes: [glob]))
      }
      #expect(error?.description.contains("no pattern") == true)
    }
    #expect(throws: ScanRequestError.self) { try scanner.events(for: .directory("/nonexistent/directory")) }
    await #expect(throws: ScanRequestError.self) { try await scanner.scan(ScanRequest(.paths([]))) }
  }

  @Test("names the root of the paths in a report")
  func root() async throws {
    try await TemporaryDirectory.with { directory in
      let repository = try await GitRepository(in: directory)
      try await repository.commit(["sub/a": Self.token])
      let request = ScanRequest.directory(directory.path(of: "sub"))
      #expect(request.root == directory.path)
      let report = try await PolicyScanner().scan(request)
      #expect(report.findings.map(\.location.path.description) == ["sub/a"])
    }
    #expect(Self.request([]).root == nil)
    #expect(ScanRequest.directory("/nonexistent/directory").root == nil)
  }

  @Test("takes a key for the fingerprints; without one it is the public one")
  func key() async throws {
    let request = Self.request([("a", Self.token)])
    let one = try await PolicyScanner(.init(fingerprintKey: [1])).scan(request).findings.map(\.fingerprint)
    let other = try await PolicyScanner(.init(fingerprintKey: [2])).scan(request).findings.map(\.fingerprint)
    let first = try await PolicyScanner().scan(request).findings.map(\.fingerprint)
    let second = try await PolicyScanner().scan(request).findings.map(\.fingerprint)
    #expect(first == second && first.count == 1)
    #expect(Set([one, other, first]).count == 3)
  }
}
