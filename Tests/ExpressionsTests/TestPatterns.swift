import Expressions
import Foundation

/// Foundation's regular expressions, in the place of the PCRE2 that programs bring.
struct TestPattern: CompiledPattern {
  private let expression: NSRegularExpression

  init(_ pattern: String) throws(ExpressionError) {
    do {
      // Foundation refuses the empty pattern.
      expression = try NSRegularExpression(pattern: pattern.isEmpty ? "(?:)" : pattern)
    } catch {
      throw ExpressionError(.pattern, "not a pattern: \(pattern)")
    }
  }

  func isFound(in text: String) throws(ExpressionError) -> Bool {
    let range = NSRange(text.startIndex..., in: text)
    return expression.firstMatch(in: text, range: range) != nil
  }
}

extension FunctionTable {
  /// The standard functions with `matches`.
  static let tested = standard.adding(
    RegularExpressions { (pattern) throws(ExpressionError) in try TestPattern(pattern) }.functions)
}

extension Environment {
  static func tested(_ variables: String..., checking: Checking = .strict) -> Environment {
    Environment(variables: variables, functions: .tested, checking: checking)
  }
}

/// Evaluates an expression without variables.
func evaluate(_ source: String, _ variables: [(String, Value)] = [], steps: Int = 1_000_000) throws(ExpressionError)
  -> Value
{
  let environment = Environment(variables: variables.map(\.0), functions: .tested)
  return try Program(parsing: source, in: environment).evaluate(variables: variables.map(\.1), steps: steps)
}

/// Whether a value is what another expression says, in type too.
func isSame(_ left: Value, _ right: Value) -> Bool {
  left.description == right.description && left.type == right.type
}
