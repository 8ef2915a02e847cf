import Foundation
import TestSupport
import Testing

// Full Foundation brings ICU and 40 MB, and 5 ms at each start; a hook that runs at every commit must not pay for that.

@Suite("What the program is linked with")
struct LinkageTests {
  private static let banned = ["libFoundation.so", "libFoundationInternationalization", "lib_FoundationICU"]

  @Test(
    "is not full Foundation",
    .enabled(if: Tollgate.isBuilt && FileManager.default.isExecutableFile(atPath: "/usr/bin/readelf")))
  func libraries() async throws {
    let program = try #require(Tollgate.path)
    let direct = try await Program.run("/usr/bin/readelf", ["-d", program])
    #expect(direct.status == 0 && direct.output.contains("NEEDED"))
    // Also what the libraries need in their turn.
    let all = try await Program.run("/usr/bin/ldd", [program])
    for name in Self.banned {
      #expect(!direct.output.contains(name))
      #expect(!all.output.contains(name))
    }
  }

  @Test("is imported by no source file", .enabled(if: Repository.bytes("Package.swift") != nil))
  func imports() throws {
    var count = 0
    for folder in ["Sources", "rules"] {
      let url = URL(filePath: Repository.root).appending(path: folder)
      let files = try #require(FileManager.default.enumerator(at: url, includingPropertiesForKeys: nil))
      for case let file as URL in files where ["swift", "c", "h"].contains(file.pathExtension) {
        count += 1
        let text = try String(contentsOf: file, encoding: .utf8)
        for line in text.split(separator: "\n") {
          let words = line.split(separator: " ")
          let isImport = words.contains("import") && words.last == "Foundation" && !line.hasPrefix("//")
          #expect(!isImport, "\(file.lastPathComponent)")
        }
      }
    }
    #expect(count > 50)
  }
}
