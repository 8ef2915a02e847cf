internal import Documents
internal import Expressions
internal import Matching
internal import Views

/// What the expressions of rules can name, and the regular expressions that they use: PCRE2's.
enum ExpressionSupport {
  static let environment = Environment(
    variables: DocumentRule.variables,
    functions: FunctionTable.standard.adding(PatternFunctions.all + [entropy] + ViewFunctions.all),
    hasToleratesMissingParents: true)

  private static let entropy = Function.entropy { Entropy.bitsPerByte(of: $0.utf8) }

  static let jsonPathRegexEngine: JSONPath.RegexEngine = { text in
    guard let pattern = try? TextPattern(text) else { return nil }
    return { (try? pattern.isFound(in: $0)) == true }
  }
}
