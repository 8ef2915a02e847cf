/// Functions of our own that compare texts: `glob`, `iamMatches`, `editDistance`; and `entropy`.
enum TextComparisonFunctions {
  static let all: [Function] = [
    // A method, like `matches` and `startsWith`: the text comes first, the pattern is what it is held against.
    Function(
      "glob", isMethod: true, arity: 2...2,
      specialization: { (arguments) throws(ExpressionError) in
        guard case .string(let text)? = arguments[1] else { return nil }
        let glob = try Glob(text)
        return .binary { (subject, _, evaluation) throws(ExpressionError) in try match(subject, glob, &evaluation) }
      },
      .binary { (subject, pattern, evaluation) throws(ExpressionError) in
        guard case .string(let text) = pattern else { throw .noSuchOverload("glob", subject, pattern) }
        // Writing out braces copies the pattern up to 256 times.
        try evaluation.charge(4 + text.utf8.count * (text.utf8.contains(UInt8(ascii: "{")) ? 64 : 1))
        return try match(subject, try Glob(text), &evaluation)
      }),
    .function("iamMatches") { (pattern, value, evaluation) throws(ExpressionError) in
      guard case (.string(let pattern), .string(let value)) = (pattern, value) else {
        throw .noSuchOverload("iamMatches", pattern, value)
      }
      try evaluation.charge(product: pattern.utf8.count, value.utf8.count)
      let foldsCase = !WildcardPattern.isResource(pattern) && !WildcardPattern.isResource(value)
      let covers = WildcardPattern(pattern, foldsCase: foldsCase)
        .covers(WildcardPattern(value, foldsCase: foldsCase))
      return .bool(covers)
    },
    .function("editDistance") { (left, right, evaluation) throws(ExpressionError) in
      guard case (.string(let left), .string(let right)) = (left, right) else {
        throw .noSuchOverload("editDistance", left, right)
      }
      guard max(left.utf8.count, right.utf8.count) <= 4 * EditDistance.longest,
        max(left.scalarCount, right.scalarCount) <= EditDistance.longest
      else { throw .invalid("editDistance() of a text with more than \(EditDistance.longest) characters") }
      try evaluation.charge(product: left.utf8.count, right.utf8.count)
      return .int(Int64(EditDistance.between(Array(left.unicodeScalars), Array(right.unicodeScalars))))
    },
  ]

  private static func match(
    _ subject: Value, _ glob: Glob, _ evaluation: inout Evaluation
  ) throws(ExpressionError) -> Value {
    guard case .string(let text) = subject else { throw .noSuchOverload("glob", subject) }
    try evaluation.charge(product: text.utf8.count, glob.size)
    return .bool(glob.matches(text))
  }
}

extension Evaluation {
  /// For work on each pair of two sequences: four pairs are a step.
  fileprivate mutating func charge(product left: Int, _ right: Int) throws(ExpressionError) {
    let (pairs, overflow) = left.multipliedReportingOverflow(by: right)
    try charge(overflow ? .max : 1 + (left >> 2) + (right >> 2) + (pairs >> 2))
  }
}

extension Function {
  /// `entropy(text)`, in bits for each byte, as the embedding module measures it.
  package static func entropy(_ measure: @escaping @Sendable (String) -> Double) -> Function {
    .function("entropy") { (value, evaluation) throws(ExpressionError) in
      guard case .string(let text) = value else { throw .noSuchOverload("entropy", value) }
      // Some 256 logarithms at most.
      try evaluation.charge((min(text.utf8.count, 256) >> 2) + (text.utf8.count >> 4))
      return .double(measure(text))
    }
  }
}
