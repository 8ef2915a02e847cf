/// Why an expression could not be read or evaluated, and where in its text.
package struct ExpressionError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What kind of failure it is. An open set: compare with the constants, and expect more of them.
  package struct Code: Sendable, Hashable, CustomStringConvertible {
    private enum Name: String {
      case syntax, undeclared, noSuchOverload, noSuchKey, invalidArgument, overflow, divisionByZero, pattern
      case costExceeded, depthExceeded
    }

    private let name: Name

    /// The text is not an expression, or a macro or literal in it is misused.
    package static let syntax = Code(name: .syntax)
    /// A variable, function or type that the environment does not have.
    package static let undeclared = Code(name: .undeclared)
    /// No form of the operator or function takes values of these types.
    package static let noSuchOverload = Code(name: .noSuchOverload)
    /// A map or object without that member.
    package static let noSuchKey = Code(name: .noSuchKey)
    /// A value outside of what the function takes: an index, a number to convert, a time zone.
    package static let invalidArgument = Code(name: .invalidArgument)
    /// An integer, time or duration outside of its range.
    package static let overflow = Code(name: .overflow)
    package static let divisionByZero = Code(name: .divisionByZero)
    /// A regular expression that does not compile, or that hit its own limits.
    package static let pattern = Code(name: .pattern)
    /// The evaluation took more steps than `Program.evaluate` allows.
    package static let costExceeded = Code(name: .costExceeded)
    /// The expression or a value is nested too deeply.
    package static let depthExceeded = Code(name: .depthExceeded)

    package var description: String { name.rawValue }
  }

  /// Behind a reference, so that an error takes one word in each of the many frames that may pass it on.
  private final class Content: Sendable {
    let code: Code
    let message: String
    let position: SourcePosition?

    init(_ code: Code, _ message: String, _ position: SourcePosition?) {
      self.code = code
      self.message = message
      self.position = position
    }
  }

  private let content: Content

  package init(_ code: Code, _ message: String, at position: SourcePosition? = nil) {
    content = Content(code, message, position)
  }

  package var code: Code { content.code }
  package var message: String { content.message }
  /// Where it happened; `nil` when the failing function stands outside of any expression.
  package var position: SourcePosition? { content.position }

  package static func == (left: ExpressionError, right: ExpressionError) -> Bool {
    (left.code, left.message) == (right.code, right.message) && left.position == right.position
  }

  package var description: String {
    guard let position else { return message }
    return "\(position.line):\(position.column): \(message)"
  }

  /// Whether `||`, `&&` and the macros must let this error through even if another operand decides the result: a limit
  /// would be no limit otherwise.
  var isFatal: Bool { code == .costExceeded || code == .depthExceeded }

  func positioned(at position: SourcePosition) -> ExpressionError {
    self.position == nil ? ExpressionError(code, message, at: position) : self
  }
}

extension ExpressionError {
  /// What a function throws for types that it does not take.
  package static func noSuchOverload(_ name: String, _ arguments: Value...) -> ExpressionError {
    let types = arguments.map(\.type.name).joined(separator: ", ")
    return ExpressionError(.noSuchOverload, "no such overload: \(name)(\(types))")
  }

  static func noSuchKey(_ key: String) -> ExpressionError {
    ExpressionError(.noSuchKey, "no such key: \(key)")
  }

  /// What a function throws for a value outside of what it takes.
  package static func invalid(_ message: String) -> ExpressionError {
    ExpressionError(.invalidArgument, message)
  }

  static func overflow(_ what: String) -> ExpressionError {
    ExpressionError(.overflow, "\(what) is out of range")
  }
}
