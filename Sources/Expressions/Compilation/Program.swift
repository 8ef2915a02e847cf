// Written here because the libraries there are do not fit: cel-cpp brings Abseil, protocol buffers and a generated parser,
// the Go and Rust ones another runtime, and none lets a document be a value without copying it and stays within a limit.

internal import Synchronization

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
  private let deferred: Deferred

  /// - Throws: What is wrong with the text, and where: `syntax`, `undeclared` (in a strict environment), `pattern`,
  ///   `depthExceeded`.
  package init(parsing source: String, in environment: Environment) throws(ExpressionError) {
    self.source = source
    deferred = Deferred(source, environment)
    _ = try deferred.compiled()
  }

  /// A program that is read when it is first used, for texts that were checked before: most rules of the built-in packs
  /// never meet a file of their kind. What is wrong with the text is an error of each evaluation then.
  package init(deferring source: String, in environment: Environment) {
    self.source = source
    deferred = Deferred(source, environment)
  }

  /// The variables that it reads; the others need no value. Empty for a text that is no expression.
  package var usedVariables: Set<String> { (try? deferred.compiled())?.usedVariables ?? [] }

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
    let compiled = try deferred.compiled()
    let most = min(steps, Program.defaultSteps)
    var evaluation = Evaluation(variables: bindings.values, localCount: compiled.localCount, steps: most)
    defer { steps -= most - evaluation.stepsLeft }
    return try compiled.root.evaluate(&evaluation)
  }

  /// The same with values by slot, in the order of `Environment.variables`.
  package func evaluate(
    variables: [Value?] = [], steps: Int = Program.defaultSteps
  ) throws(ExpressionError) -> Value {
    let compiled = try deferred.compiled()
    var evaluation = Evaluation(variables: variables, localCount: compiled.localCount, steps: steps)
    return try compiled.root.evaluate(&evaluation)
  }

  /// Evaluates and tells what each part gave, inner parts first, parts inside of macros once for each turn. For people
  /// who ask why a rule fired; much slower than `evaluate`.
  package func trace(with bindings: Bindings, steps: Int = Program.defaultSteps) -> [TracedValue] {
    guard let compiled = try? deferred.compiled() else { return [] }
    var compiler = Compiler(deferred.environment, compiled.positions, isTracing: true)
    // Cannot fail: the same tree compiled before.
    guard let root = try? compiler.compile(compiled.syntax) else { return [] }
    var evaluation = Evaluation(variables: bindings.values, localCount: compiler.localCount, steps: steps)
    _ = try? root.evaluate(&evaluation)
    return evaluation.trace
  }
}

/// What a program is made of, once it has been read.
private struct CompiledProgram: Sendable {
  let usedVariables: Set<String>
  let syntax: Syntax
  let positions: PositionIndex
  let root: any Node
  let localCount: Int

  init(_ source: String, _ environment: Environment) throws(ExpressionError) {
    let bytes = Array(source.utf8)
    positions = PositionIndex(bytes)
    syntax = try Parser.parse(bytes, positions)
    var compiler = Compiler(environment, positions)
    root = try compiler.compile(syntax)
    localCount = compiler.localCount
    usedVariables = compiler.usedVariables
  }
}

/// Reads a program once, when it is first asked for.
private final class Deferred: Sendable {
  let environment: Environment
  private let source: String
  private let result = Mutex<Result<CompiledProgram, ExpressionError>?>(nil)

  init(_ source: String, _ environment: Environment) {
    self.source = source
    self.environment = environment
  }

  func compiled() throws(ExpressionError) -> CompiledProgram {
    if let known = result.withLock({ $0 }) { return try known.get() }
    // Outside of the lock: two workers may both read it, and get the same.
    let made = Result { () throws(ExpressionError) in try CompiledProgram(source, environment) }
    result.withLock { $0 = made }
    return try made.get()
  }
}
