import Expressions
import TestSupport
import Testing

/// `docs/expressions.md` tells the truth: each of its examples is evaluated.
struct DocumentationTests {
  private static let page = "docs/expressions.md"

  private static var text: String {
    String(decoding: Repository.bytes(page) ?? [], as: UTF8.self)
  }

  /// Lines `expression -> result` in fenced blocks that are marked `cel`.
  private static var examples: [(line: Int, expression: String, result: String)] {
    var examples: [(line: Int, expression: String, result: String)] = []
    var isInside = false
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if line.hasPrefix("```") {
        isInside = line == "```cel"
      } else if isInside, !line.isEmpty {
        let parts = line.split(separator: " -> ", maxSplits: 1)
        examples.append((index + 1, String(parts[0]), parts.count == 2 ? String(parts[1]) : ""))
      }
    }
    return examples
  }

  @Test func `every example gives what stands beside it`() throws {
    #expect(Self.examples.count > 150)
    for (line, expression, result) in Self.examples {
      guard !result.isEmpty else {
        Issue.record("\(Self.page):\(line): no result")
        continue
      }
      if result == "error" {
        #expect(throws: ExpressionError.self, "\(Self.page):\(line): \(expression)") { try evaluate(expression) }
        continue
      }
      do {
        let value = try evaluate(expression)
        let expected = try evaluate(result)
        let areEqual = try evaluate("a == b", [("a", value), ("b", expected)]).description == "true"
        #expect(areEqual && value.type == expected.type, "\(Self.page):\(line): \(expression) -> \(value)")
      } catch {
        Issue.record("\(Self.page):\(line): \(expression): \(error)")
      }
    }
  }

  @Test func `every function is named`() {
    let text = Self.text
    for name in FunctionTable.tested.names {
      #expect(text.contains("`\(name)(") || text.contains(".\(name)("), "\(name) is not in \(Self.page)")
    }
  }
}
