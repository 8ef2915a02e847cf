import Foundation
import TestSupport
import Testing

@testable import Documents

@Suite("JSONTestSuite")
struct JSONConformanceTests {
  private static let folder = Repository.root + "/../shared/conformance/json"
  private static let names = (try? FileManager.default.contentsOfDirectory(atPath: folder))?.sorted() ?? []

  @Test("every y_ parses, every n_ is refused, no i_ crashes", .enabled(if: !names.isEmpty, "needs ../shared"))
  func allCases() throws {
    #expect(Self.names.count == 318)
    for name in Self.names {
      let bytes = try #require(Repository.shared("conformance/json/" + name))
      let document = try? JSONReader.read(bytes)
      if name.hasPrefix("y_") { #expect(document != nil, "\(name)") }
      if name.hasPrefix("n_") { #expect(document == nil, "\(name)") }
      // Comments and last commas make nothing else wrong.
      let withComments = try? JSONReader.read(bytes, dialect: .jsonc)
      if document != nil { #expect(withComments?.nodeCount == document?.nodeCount, "\(name)") }
    }
  }
}
