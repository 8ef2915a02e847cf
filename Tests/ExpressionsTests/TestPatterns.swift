import Expressions
import Foundation
import Matching

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

  func firstMatch(in text: String, from offset: Int) throws(ExpressionError) -> Range<Int>? {
    let start = text.utf8.index(text.startIndex, offsetBy: offset)
    guard let match = expression.firstMatch(in: text, range: NSRange(start..., in: text)),
      let range = Range(match.range, in: text)
    else { return nil }
    let lower = text.utf8.distance(from: text.startIndex, to: range.lowerBound)
    return lower..<text.utf8.distance(from: text.startIndex, to: range.upperBound)
  }
}

extension FunctionTable {
  /// The standard functions with those that need a library.
  static let tested = standard.adding(
    RegularExpressions { (pattern) throws(ExpressionError) in try TestPattern(pattern) }.functions + [
      .entropy { Entropy.bitsPerByte(of: $0.utf8) }
    ])
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
