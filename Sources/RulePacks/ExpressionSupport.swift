internal import Documents
internal import Expressions
internal import Matching
internal import Views

/// What the expressions of rules can name, and the regular expressions that they use: PCRE2's.
enum ExpressionSupport {
  static let environment = Environment(
    variables: DocumentRule.variables,
    functions: FunctionTable.standard.adding(RegularExpressions(compile).functions + [entropy] + ViewFunctions.all),
    hasToleratesMissingParents: true)

  private static let entropy = Function.entropy { Entropy.bitsPerByte(of: $0.utf8) }

  static let jsonPathRegexEngine: JSONPath.RegexEngine = { text in
    guard let pattern = try? TextPattern(text) else { return nil }
    return { (try? pattern.isFound(in: $0)) == true }
  }

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
