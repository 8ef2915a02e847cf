import Findings
import Sources
import TestSupport
import Testing

@Suite("The blobs of a history")
struct GitHistoryTests {
  @Test("are read file by file, the oldest version first, by whatever number of processes", arguments: [1, 3])
  func order(workers: Int) async throws {
    try await TemporaryDirectory.with { directory in
      let repository = try await GitRepository(in: directory)
      var versions: [String: [String]] = [:]
      // More commits than one process lists.
      for number in 0..<210 {
        let name = ["b", "a", "c/d"][number % 3]
        try await repository.commit([name: "version \(number)\n"])
        versions[name, default: []].append(try await repository.id("HEAD:\(name)"))
      }
      let blobs = await GitSource(.history(nil), path: repository.path).blobs(workers: workers)
      let names = ["a", "b", "c/d"]
      #expect(blobs.listing.files.map(\.description) == names.flatMap { Array(repeating: $0, count: 70) })
      #expect(
        blobs.listing.files.indices.map { blobs.provenance(at: $0).blob } == names.flatMap { versions[$0] ?? [] })
    }
  }

  @Test("are shared out whole, each once", arguments: [1, 2, 7])
  func parts(workers: Int) async throws {
    try await TemporaryDirectory.with { directory in
      let repository = try await GitRepository(in: directory)
      try await repository.commit(Dictionary(uniqueKeysWithValues: (0..<90).map { ("f\($0)", "\($0)\n") }))
      let blobs = await GitSource(.history(nil), path: repository.path).blobs(workers: workers)
      let parts = blobs.parts(workers: workers)
      #expect(parts >= workers)
      #expect((0..<parts).flatMap { Array(blobs.indexes(ofPart: $0, of: parts)) } == Array(0..<90))
    }
  }
}
