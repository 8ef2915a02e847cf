package import Expressions
internal import Matching

/// The regular expressions of expressions, in rules and in policies alike: PCRE2's. `Expressions` itself knows no matcher.
package enum PatternFunctions {
  package static let all = RegularExpressions(compile).functions

  private static let compile: RegularExpressions.Compile = { (text) throws(ExpressionError) in
    do throws(PatternError) {
      return Expression(pattern: try TextPattern(text))
    } catch {
      throw ExpressionError(.pattern, error.description)
    }
  }

  private struct Expression: CompiledPattern {
    let pattern: TextPattern

    func isFound(in text: String) throws(ExpressionError) -> Bool {
      do throws(PatternError) {
        return try pattern.isFound(in: text)
      } catch {
        throw ExpressionError(.pattern, error.message)
      }
    }

    func firstMatch(in text: String, from offset: Int) throws(ExpressionError) -> Range<Int>? {
      do throws(PatternError) {
        return try pattern.firstMatch(in: text, from: offset)
      } catch {
        throw ExpressionError(.pattern, error.message)
      }
    }
  }
}
