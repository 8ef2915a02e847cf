internal import Expressions
internal import Matching

/// What expressions of policies can call besides CEL's own: regular expressions are PCRE2's, as in rules.
enum PolicyFunctions {
  static let all = RegularExpressions(compile).functions

  private static let compile: RegularExpressions.Compile = { (text) throws(ExpressionError) in
    do throws(PatternError) {
      return PolicyPattern(pattern: try TextPattern(text))
    } catch {
      throw ExpressionError(.pattern, error.description)
    }
  }

  private struct PolicyPattern: CompiledPattern {
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
