import Expressions
import TestSupport
import Testing
import Views

@Suite("Functions that make typed values")
struct ViewFunctionTests {
  private static let environment = Environment(functions: FunctionTable.standard.adding(ViewFunctions.all))

  /// Lines `expression -> result` in the blocks `cel-views` of docs/expressions.md.
  private static var examples: [(expression: String, result: String)] {
    let text = String(decoding: Repository.bytes("docs/expressions.md") ?? [], as: UTF8.self)
    let blocks = text.components(between: "```cel-views\n", and: "```")
    return blocks.flatMap { $0.split(separator: "\n") }.map { line in
      let parts = line.split(separator: " -> ", maxSplits: 1)
      return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
    }
  }

  @Test("do what the page of expressions says")
  func examples() throws {
    #expect(Self.examples.count > 12)
    for (expression, result) in Self.examples {
      if result == "error" {
        #expect(throws: ExpressionError.self, "\(expression)") { try evaluate(expression) }
      } else {
        let value = try evaluate("(\(expression)) == (\(result))")
        #expect(value.description == "true", "\(expression) is not \(result)")
      }
    }
  }

  private func evaluate(_ expression: String) throws -> Value {
    try Program(parsing: expression, in: Self.environment).evaluate()
  }
}

extension String {
  fileprivate func components(between start: String, and end: String) -> [String] {
    var found: [String] = []
    var rest = self[...]
    while let open = rest.firstRange(of: start), let close = rest[open.upperBound...].firstRange(of: end) {
      found.append(String(rest[open.upperBound..<close.lowerBound]))
      rest = rest[close.upperBound...]
    }
    return found
  }
}
