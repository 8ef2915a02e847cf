import TestSupport
import Testing
import Tollgate

@Suite("Archives in a repository")
struct GitArchiveTests {
  private static func archive(_ texts: [String]) throws -> [UInt8] {
    try ArchiveBuilder.archive(.zip, texts.enumerated().map { ("f\($0)", Array($1.utf8)) })
  }

  private static func write(_ bytes: [UInt8], _ repository: GitRepository) throws {
    try repository.directory.write(bytes, to: repository.name + "/a.zip")
  }

  @Test("are looked into in the index, and count as new as a whole")
  func staged() async throws {
    try await GitScan.with { repository in
      try await repository.commit(["x": "x\n"])
      try Self.write(try Self.archive(["a\n", GitScan.line()]), repository)
      try await repository.git("add", ".")
      let report = try await GitScan.scan(.staged, repository)
      #expect(GitScan.paths(report) == ["a.zip!/f1"])
      #expect(report.findings.map(\.novelty) == [.new])
      #expect(Gate(failOn: .high).decide(report).outcome == .failed)
      let schema = JSONSchema(try JSONValue(#require(Repository.bytes("docs/report.schema.json"))))
      #expect(schema.errors(in: try JSONValue(render(report, as: .json))) == [])
    }
  }

  @Test("are looked into in a history, with the commit that brought the credential in")
  func history() async throws {
    try await GitScan.with { repository in
      try await repository.commit(["x": "x\n"])
      try Self.write(try Self.archive([GitScan.line()]), repository)
      try await repository.commit([:])
      let first = try await repository.id()
      try Self.write(try Self.archive([GitScan.line(), GitScan.line(GitScan.other)]), repository)
      try await repository.commit([:])
      let second = try await repository.id()
      try Self.write(try Self.archive(["nothing\n"]), repository)
      try await repository.commit([:])
      let report = try await GitScan.scan(.history(nil), repository)
      #expect(GitScan.paths(report) == ["a.zip!/f0", "a.zip!/f1"])
      #expect(report.findings.map(\.provenance?.commit) == [first, second])
      #expect(report.findings.map(\.provenance?.isInHead) == [false, false])
    }
  }

  @Test("say in every format what had to be decoded, and SARIF gives it back")
  func encodings() async throws {
    let line = "t: " + Wrapping.base64.wrap(Wrapping.percent.wrap(GitScan.token)) + "\n"
    let bytes = try Self.archive([line])
    let request = ScanRequest(.files([ScanRequest.File(path: "a b.zip", bytes: bytes)]))
    let report = try await PolicyScanner().scan(request)
    #expect(report.findings.map(\.encodings) == [[.base64, .percent]])
    let text = String(decoding: render(report, as: .text), as: UTF8.self)
    #expect(text.contains("a b.zip!/f0\n  1:4") && text.contains("decoded: base64 → percent"))
    let read = try SARIFReader.read(render(report, as: .sarif))
    #expect(read.findings.map(\.encodings) == [[.base64, .percent]])
    #expect(read.findings.map(\.location.path) == [SourcePath("a b.zip!/f0")])
    for format in ReportFormat.allCases {
      #expect(Leak(of: [GitScan.token, line]).found(in: render(report, as: format)) == nil)
    }
  }
}
