// Written here because the libraries there are do not fit: cel-cpp brings Abseil, protocol buffers and a generated parser,
// the Go and Rust ones another runtime, and none lets a document be a value without copying it and stays within a limit.

/// An expression, read and resolved once, evaluated many times.
///
///     let environment = Environment(variables: ["self"])
///     let program = try Program(parsing: "self.ports.exists(p, p == 22)", in: environment)
///     var bindings = Bindings(environment)
///     bindings["self"] = .map([("ports", .list([.int(22), .int(80)]))])
///     try program.evaluate(with: bindings)  // .bool(true)
///
/// Evaluation does not change a program: any number of threads may evaluate the same one.
package struct Program: Sendable {
  /// Steps that an evaluation may take unless it is told otherwise: about 20 ms.
  package static let defaultSteps = 1_000_000
  static let longestTrace = 10_000

  package let source: String
  /// The variables that it reads; the others need no value.
  package let usedVariables: Set<String>
  private let environment: Environment
  private let syntax: Syntax
  private let positions: PositionIndex
  private let root: any Node
  private let localCount: Int

  /// - Throws: What is wrong with the text, and where: `syntax`, `undeclared` (in a strict environment), `pattern`,
  ///   `depthExceeded`.
  package init(parsing source: String, in environment: Environment) throws(ExpressionError) {
    let bytes = Array(source.utf8)
    positions = PositionIndex(bytes)
    syntax = try Parser.parse(bytes, positions)
    self.source = source
    self.environment = environment
    var compiler = Compiler(environment, positions)
    root = try compiler.compile(syntax)
    localCount = compiler.localCount
    usedVariables = compiler.usedVariables
  }

  /// Evaluates with the variables of the environment that the program was built in.
  ///
  /// - Returns: Any value; `.unknown` when the result depends on something that is.
  /// - Throws: An error with the position of the part that failed.
  package func evaluate(
    with bindings: Bindings, steps: Int = Program.defaultSteps
  ) throws(ExpressionError) -> Value {
    try evaluate(variables: bindings.values, steps: steps)
  }

  /// The same for one of many evaluations that share what they may take: what this one took goes off `steps`.
  package func evaluate(with bindings: Bindings, takingFrom steps: inout Int) throws(ExpressionError) -> Value {
    let most = min(steps, Program.defaultSteps)
    var evaluation = Evaluation(variables: bindings.values, localCount: localCount, steps: most)
    defer { steps -= most - evaluation.stepsLeft }
    return try root.evaluate(&evaluation)
  }

  /// The same with values by slot, in the order of `Environment.variables`.
  package func evaluate(
    variables: [Value?] = [], steps: Int = Program.defaultSteps
  ) throws(ExpressionError) -> Value {
    var evaluation = Evaluation(variables: variables, localCount: localCount, steps: steps)
    return try root.evaluate(&evaluation)
  }

  /// Evaluates and tells what each part gave, inner parts first, parts inside of macros once for each turn. For people
  /// who ask why a rule fired; much slower than `evaluate`.
  package func trace(with bindings: Bindings, steps: Int = Program.defaultSteps) -> [TracedValue] {
    var compiler = Compiler(environment, positions, isTracing: true)
    // Cannot fail: the same tree compiled before.
    guard let root = try? compiler.compile(syntax) else { return [] }
    var evaluation = Evaluation(variables: bindings.values, localCount: compiler.localCount, steps: steps)
    _ = try? root.evaluate(&evaluation)
    return evaluation.trace
  }
}
