/// A function that expressions can call. Which types it takes is its own business: it throws `noSuchOverload` for others.
///
///     let shout = Function.method("shout") { value, evaluation throws(ExpressionError) in
///       guard case .string(let text) = value else { throw .noSuchOverload("shout", value) }
///       try evaluation.charge(bytes: text.utf8.count)
///       return .string(text.uppercased())
///     }
///
/// Arguments are never `.unknown`: a call with an unknown argument is unknown without the function being asked. Elements
/// of lists and maps can be. A function gives the same value for the same arguments, so that a call with constants is
/// made once, when the program is built.
package struct Function: Sendable {
  package typealias Unary = @Sendable (Value, inout Evaluation) throws(ExpressionError) -> Value
  package typealias Binary = @Sendable (Value, Value, inout Evaluation) throws(ExpressionError) -> Value
  package typealias Variadic = @Sendable ([Value], inout Evaluation) throws(ExpressionError) -> Value
  /// Makes a faster or checked form of a function for arguments that are constants, `nil` for those that are not. An
  /// error is an error of the program: a pattern that does not compile is found before anything is scanned.
  package typealias Specialization = @Sendable ([Value?]) throws(ExpressionError) -> Body?

  package enum Body: Sendable {
    case unary(Unary)
    case binary(Binary)
    /// Gets all arguments in an array.
    case variadic(Variadic)
  }

  /// With its namespace: `math.abs`.
  package let name: String
  /// Whether it is called as `first.name(rest)`.
  package let isMethod: Bool
  /// How many arguments it takes; what a method is called on counts as one.
  package let arity: ClosedRange<Int>
  package let body: Body
  package let specialization: Specialization?

  package init(
    _ name: String, isMethod: Bool, arity: ClosedRange<Int>, specialization: Specialization? = nil, _ body: Body
  ) {
    self.name = name
    self.isMethod = isMethod
    self.arity = arity
    self.specialization = specialization
    self.body = body
  }

  /// `name(argument)`
  package static func function(_ name: String, _ body: @escaping Unary) -> Function {
    Function(name, isMethod: false, arity: 1...1, .unary(body))
  }

  /// `name(first, second)`
  package static func function(_ name: String, _ body: @escaping Binary) -> Function {
    Function(name, isMethod: false, arity: 2...2, .binary(body))
  }

  /// `name(…)`
  package static func function(_ name: String, arity: ClosedRange<Int>, _ body: @escaping Variadic) -> Function {
    Function(name, isMethod: false, arity: arity, .variadic(body))
  }

  /// `receiver.name()`
  package static func method(_ name: String, _ body: @escaping Unary) -> Function {
    Function(name, isMethod: true, arity: 1...1, .unary(body))
  }

  /// `receiver.name(argument)`
  package static func method(_ name: String, _ body: @escaping Binary) -> Function {
    Function(name, isMethod: true, arity: 2...2, .binary(body))
  }

  /// `receiver.name(…)`
  package static func method(_ name: String, arity: ClosedRange<Int>, _ body: @escaping Variadic) -> Function {
    Function(name, isMethod: true, arity: arity, .variadic(body))
  }
}
