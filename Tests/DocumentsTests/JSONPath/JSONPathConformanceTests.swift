import Foundation
import TestSupport
import Testing

@testable import Documents

@Suite("The JSONPath Compliance Test Suite")
struct JSONPathConformanceTests {
  private static let suite = "conformance/jsonpath-cts.json"

  @Test("all cases pass", .enabled(if: Repository.shared(suite) != nil, "needs ../shared"))
  func allCases() throws {
    let bytes = try #require(Repository.shared(Self.suite))
    let tests = try #require(try JSONReader.read(bytes).root?["tests"]?.elements)
    #expect(tests.count == 703)
    for test in tests {
      let name = test["name"]?.text ?? ""
      let selector = try #require(test["selector"]?.text)
      if test["invalid_selector"]?.bool == true {
        #expect(throws: JSONPathError.self, "\(name): \(selector)") {
          try JSONPath(parsing: selector, regexEngine: regexEngine)
        }
        continue
      }
      do {
        let path = try JSONPath(parsing: selector, regexEngine: regexEngine)
        let found = try path.nodes(in: try #require(test["document"]))
        let values = found.map { JSONValueText.text(of: $0.node) }
        let paths = found.map(\.path.description)
        let expected = try #require(test["results"]?.elements ?? test["result"].map { [$0] })
        let expectedPaths = try #require(test["results_paths"]?.elements ?? test["result_paths"].map { [$0] })
        let isRight = zip(expected, expectedPaths).contains { expected, expectedPaths in
          expected.elements?.map(JSONValueText.text) == values && expectedPaths.elements?.map { $0.text } == paths
        }
        #expect(isRight, "\(name): \(selector) gave \(values) at \(paths)")
      } catch {
        Issue.record("\(name): \(selector): \(error)")
      }
    }
  }
}

/// What NSRegularExpression makes of a pattern for PCRE2.
let regexEngine: JSONPath.RegexEngine = { pattern in
  guard let regex = try? NSRegularExpression(pattern: pattern) else { return nil }
  return { text in regex.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) != nil }
}

/// A node written out with sorted keys, to compare values.
enum JSONValueText {
  static func text(of node: Node) -> String {
    switch node.kind {
    case .scalar: node.scalar.map { "\($0)" } ?? ""
    case .sequence: "[" + (node.elements ?? []).map(text).joined(separator: ",") + "]"
    case .mapping:
      "{" + (node.entries ?? []).map { "\($0.key.text ?? ""):\(text(of: $0.value))" }.sorted().joined(separator: ",")
        + "}"
    }
  }
}
