internal import Synchronization

/// A compiled regular expression of whatever library the embedding module has.
package protocol CompiledPattern: Sendable {
  /// Whether the pattern matches anywhere in the text.
  ///
  /// - Throws: When the library gives up, such as at a limit of its own.
  func isFound(in text: String) throws(ExpressionError) -> Bool
}

/// `matches`, over a regular expression library that the embedding module brings.
///
/// The specification says RE2; what a pattern may be is up to the library.
/// https://github.com/google/cel-spec/blob/master/doc/langdef.md#regular-expressions
package struct RegularExpressions: Sendable {
  package typealias Compile = @Sendable (String) throws(ExpressionError) -> any CompiledPattern

  /// Patterns that are computed while an expression runs are compiled once, up to this many.
  private static let cacheSize = 256

  private let compile: Compile
  private let cache = Cache()

  private final class Cache: Sendable {
    let patterns = Mutex<[String: any CompiledPattern]>([:])
  }

  /// - Parameter compile: Throws an error with the code `pattern` for what is not a pattern.
  package init(_ compile: @escaping Compile) { self.compile = compile }

  /// `text.matches(pattern)` and `matches(text, pattern)`, for a `FunctionTable`. A constant pattern is compiled when the
  /// program is built, and an error in it is an error of the program.
  package var functions: [Function] {
    [true, false].map { isMethod in
      Function(
        "matches", isMethod: isMethod, arity: 2...2,
        specialization: { (arguments) throws(ExpressionError) in
          guard arguments.count == 2, case .string(let text)? = arguments[1] else { return nil }
          let pattern = try compile(text)
          return .binary { (subject, _, evaluation) throws(ExpressionError) in
            try Self.match(subject, pattern, &evaluation)
          }
        },
        .binary { (subject, pattern, evaluation) throws(ExpressionError) in
          guard case .string(let text) = pattern else { throw .noSuchOverload("matches", subject, pattern) }
          return try Self.match(subject, self.pattern(text), &evaluation)
        })
    }
  }

  /// The compiled form of a pattern, for functions of the embedding module that take one.
  package func pattern(_ text: String) throws(ExpressionError) -> any CompiledPattern {
    if let known = cache.patterns.withLock({ $0[text] }) { return known }
    let pattern = try compile(text)
    cache.patterns.withLock { patterns in
      if patterns.count >= Self.cacheSize { patterns.removeAll(keepingCapacity: true) }
      patterns[text] = pattern
    }
    return pattern
  }

  private static func match(
    _ subject: Value, _ pattern: any CompiledPattern, _ evaluation: inout Evaluation
  ) throws(ExpressionError) -> Value {
    guard case .string(let text) = subject else { throw .noSuchOverload("matches", subject) }
    try evaluation.charge(8 + text.utf8.count)
    return .bool(try pattern.isFound(in: text))
  }
}
