import Foundation
import RulePacks
import TestSupport
import Testing

@testable import Matching

@Suite("PatternSet with the built-in rules finds what searching whole buffers finds")
struct BuiltInPatternTests {
  private let rules: [TextRule]
  private let patterns: [AnchoredPattern]

  /// Read once for all tests.
  private static let library = Result { try RuleLibrary(RuleLibrary.builtIn(isChecked: true)) }

  init() throws {
    rules = try Self.library.get().textRules
    patterns = rules.map(\.pattern)
  }

  @Test("in buffers made of the rules' examples")
  func examples() throws {
    let seed: UInt64 = 21
    var comparison = try MatcherComparison(patterns)
    // Rules that stand side by side are alike: their examples together are full of near misses for each other.
    for start in stride(from: 0, to: rules.count, by: 6) {
      let some = rules[start..<min(start + 6, rules.count)]
      var pieces = some.flatMap { rule in rule.examples.map { Array($0.text.utf8) } }
      pieces += some.flatMap { rule in rule.pattern.anchors.map { Array($0.utf8) } }
      var buffers = BufferGenerator(pieces: pieces, seed: seed &+ UInt64(start))
      for round in 0..<4 {
        let bytes = round == 0 ? Array(pieces.joined(separator: [10])) : buffers.next(size: 4_000)
        let difference = comparison.difference(in: bytes)
        try #require(difference == nil, "seed \(seed), rules from \(start), round \(round)")
      }
    }
    #expect(comparison.matched.count == rules.count, "a rule that never matched was not compared")
  }

  @Test("in the files of this repository", arguments: ["Sources", "rules", "Tests", "docs", "Fixtures"])
  func repository(folder: String) throws {
    var comparison = try MatcherComparison(patterns)
    let files = RealFiles.under(Repository.root + "/" + folder, limit: 4 << 20)
    #expect(!files.isEmpty || !RealFiles.isThere(Repository.root + "/" + folder))
    for file in files {
      let difference = try comparison.difference(in: RealFiles.bytes(file))
      #expect(difference == nil, "\(file)")
    }
  }

  @Test(
    "in other people's files",
    .enabled(if: RealFiles.system != nil, "none of \(RealFiles.systemFolders) is there"))
  func system() throws {
    var comparison = try MatcherComparison(patterns)
    var size = 0
    for file in RealFiles.under(try #require(RealFiles.system), limit: 3 << 20) {
      let bytes = try RealFiles.bytes(file)
      size += bytes.count
      let difference = comparison.difference(in: bytes)
      #expect(difference == nil, "\(file)")
    }
    #expect(size > 1 << 19, "too little to say anything")
  }
}

/// Files that nobody wrote for these tests.
enum RealFiles {
  static let systemFolders = [
    "/usr/lib/python3.11", "/usr/lib/python3", "/usr/share/perl", "/usr/share/doc", "/usr/include",
    "/usr/local/include",
  ]

  static var system: String? { systemFolders.first { !under($0, limit: 1 << 20).isEmpty } }

  static func isThere(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  static func bytes(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: path))) }

  /// Paths of regular files, sorted, until they are `limit` bytes together; very large ones are left out.
  static func under(_ folder: String, limit: Int) -> [String] {
    guard let names = FileManager.default.enumerator(atPath: folder) else { return [] }
    var files: [String] = []
    var size = 0
    for name in names.compactMap({ $0 as? String }).sorted() {
      let path = folder + "/" + name
      let attributes = try? FileManager.default.attributesOfItem(atPath: path)
      guard attributes?[.type] as? FileAttributeType == .typeRegular, let bytes = attributes?[.size] as? Int,
        bytes > 0, bytes <= 1 << 19
      else { continue }
      size += bytes
      if size > limit { break }
      files.append(path)
    }
    return files
  }
}
