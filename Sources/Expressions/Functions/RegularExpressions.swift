internal import Synchronization

/// A compiled regular expression of whatever library the embedding module has.
package protocol CompiledPattern: Sendable {
  /// Whether the pattern matches anywhere in the text.
  ///
  /// - Throws: When the library gives up, such as at a limit of its own.
  func isFound(in text: String) throws(ExpressionError) -> Bool

  /// Where the pattern first matches at or after an offset, in bytes of UTF-8; `nil` where it does not. Both ends of the
  /// range stand between characters.
  ///
  /// - Throws: When the library gives up, such as at a limit of its own.
  func firstMatch(in text: String, from offset: Int) throws(ExpressionError) -> Range<Int>?
}

/// `matches`, `find` and `findAll`, over a regular expression library that the embedding module brings.
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

  /// `text.matches(pattern)` and `matches(text, pattern)`, `text.find(pattern)`, `text.findAll(pattern)`, for a
  /// `FunctionTable`. A constant pattern is compiled when the program is built, and an error in it is an error of the
  /// program.
  /// https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-regex-library
  package var functions: [Function] {
    [
      function("matches", isMethod: true, Self.match), function("matches", isMethod: false, Self.match),
      function("find", isMethod: true, Self.find),
      function("findAll", isMethod: true) { (subject, pattern, evaluation) throws(ExpressionError) in
        try Self.findAll(subject, pattern, limit: -1, &evaluation)
      },
      .method("findAll", arity: 3...3) { (arguments, evaluation) throws(ExpressionError) in
        guard case (.string(let text), .int(let limit)) = (arguments[1], arguments[2]) else {
          throw .noSuchOverload("findAll", arguments[0], arguments[1], arguments[2])
        }
        return try Self.findAll(arguments[0], self.pattern(text), limit: limit, &evaluation)
      },
    ]
  }

  private typealias Search = @Sendable (Value, any CompiledPattern, inout Evaluation) throws(ExpressionError) -> Value

  private func function(_ name: String, isMethod: Bool, _ search: @escaping Search) -> Function {
    Function(
      name, isMethod: isMethod, arity: 2...2,
      specialization: { (arguments) throws(ExpressionError) in
        guard arguments.count == 2, case .string(let text)? = arguments[1] else { return nil }
        let pattern = try compile(text)
        return .binary { (subject, _, evaluation) throws(ExpressionError) in
          try search(subject, pattern, &evaluation)
        }
      },
      .binary { (subject, pattern, evaluation) throws(ExpressionError) in
        guard case .string(let text) = pattern else { throw .noSuchOverload(name, subject, pattern) }
        return try search(subject, self.pattern(text), &evaluation)
      })
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

  private static let match: Search = { (subject, pattern, evaluation) throws(ExpressionError) in
    guard case .string(let text) = subject else { throw .noSuchOverload("matches", subject) }
    try evaluation.charge(8 + text.utf8.count)
    return .bool(try pattern.isFound(in: text))
  }

  /// The first match, or no text.
  private static let find: Search = { (subject, pattern, evaluation) throws(ExpressionError) in
    guard case .string(let text) = subject else { throw .noSuchOverload("find", subject) }
    try evaluation.charge(8 + text.utf8.count)
    guard let range = try pattern.firstMatch(in: text, from: 0) else { return .string("") }
    return .string(text.bytes(in: range))
  }

  /// All matches that do not overlap, as Go finds them: an empty one directly after another does not count.
  private static func findAll(
    _ subject: Value, _ pattern: any CompiledPattern, limit: Int64, _ evaluation: inout Evaluation
  ) throws(ExpressionError) -> Value {
    guard case .string(let text) = subject else { throw .noSuchOverload("findAll", subject) }
    let count = text.utf8.count
    try evaluation.charge(8 + count)
    var parts: [String] = []
    var offset = 0
    var lastEnd = -1
    while offset <= count, limit < 0 || parts.count < limit {
      // A search may look at all that is left before it finds something near.
      try evaluation.charge(8 + (count - offset) >> 4)
      guard let range = try pattern.firstMatch(in: text, from: offset) else { break }
      if !range.isEmpty || range.lowerBound != lastEnd { parts.append(text.bytes(in: range)) }
      lastEnd = range.upperBound
      offset = range.isEmpty || range.upperBound <= offset ? text.characterEnd(after: max(offset, lastEnd)) : lastEnd
    }
    return .strings(parts)
  }
}

extension String {
  /// - Precondition: The range is within the text.
  fileprivate func bytes(in range: Range<Int>) -> String {
    let start = utf8.index(utf8.startIndex, offsetBy: range.lowerBound)
    return String(decoding: utf8[start..<utf8.index(start, offsetBy: range.count)], as: UTF8.self)
  }

  /// The offset of the first character that begins after an offset.
  fileprivate func characterEnd(after offset: Int) -> Int {
    let span = utf8Span.span
    var end = offset + 1
    while end < span.count, span[end] & 0xC0 == 0x80 { end += 1 }
    return end
  }
}
