// A program is a tree of these. Names, functions, constants and slots are resolved when the tree is built, so that a step
// is one dynamic call. Closures in place of classes measured the same and could not be looked at; an enum walked by one
// big `switch` was slower, for its payloads are copied.

/// A part of a compiled expression.
protocol Node: AnyObject, Sendable {
  func evaluate(_ evaluation: inout Evaluation) throws(ExpressionError) -> Value
  /// How many nodes it has, which is what one turn of a loop over it costs.
  var weight: Int { get }
}

final class ConstantNode: Node {
  let value: Value
  let weight = 1

  init(_ value: Value) { self.value = value }

  func evaluate(_ evaluation: inout Evaluation) throws(ExpressionError) -> Value { value }
}

/// What is known to fail when the program is built, but only fails if it is reached: `f_unknown(17) || true`.
final class FailureNode: Node {
  private let error: ExpressionError
  let weight = 1

  init(_ error: ExpressionError) { self.error = error }

  func evaluate(_ evaluation: inout Evaluation) throws(ExpressionError) -> Value { throw error }
}

final class VariableNode: Node {
  private let slot: Int
  private let name: String
  private let position: SourcePosition
  let weight = 1

  init(slot: Int, name: String, position: SourcePosition) {
    self.slot = slot
    self.name = name
    self.position = position
  }

  func evaluate(_ evaluation: inout Evaluation) throws(ExpressionError) -> Value {
    guard slot < evaluation.variables.count, let value = evaluation.variables[slot] else {
      throw ExpressionError(.undeclared, "the variable '\(name)' has no value", at: position)
    }
    return value
  }
}

/// A variable of a macro.
final class LocalNode: Node {
  private let slot: Int
  let weight = 1

  init(slot: Int) { self.slot = slot }

  func evaluate(_ evaluation: inout Evaluation) throws(ExpressionError) -> Value {
    guard let value = evaluation.locals[slot] else {
      throw ExpressionError(.undeclared, "a variable is used outside of its macro")
    }
    return value
  }
}

/// A variable of `cel.bind` or `cel.block`: computed when it is first used, so that an error in it only counts then.
final class LazyLocalNode: Node {
  private let slot: Int
  private let definition: any Node
  let weight: Int

  init(slot: Int, definition: any Node) {
    self.slot = slot
    self.definition = definition
    weight = 1
  }

  func evaluate(_ evaluation: inout Evaluation) throws(ExpressionError) -> Value {
    if let value = evaluation.locals[slot] { return value }
    // A definition that fails is evaluated at each use.
    try evaluation.charge(definition.weight)
    let value = try definition.evaluate(&evaluation)
    evaluation.locals[slot] = value
    return value
  }
}

/// `cel.bind(name, definition, body)`
final class BindNode: Node {
  private let slots: [Int]
  private let body: any Node
  let weight: Int

  init(slots: [Int], definitionWeight: Int, body: any Node) {
    self.slots = slots
    self.body = body
    weight = 1 + definitionWeight + body.weight
  }

  func evaluate(_ evaluation: inout Evaluation) throws(ExpressionError) -> Value {
    // In a loop the definitions differ from turn to turn.
    for slot in slots { evaluation.locals[slot] = nil }
    return try body.evaluate(&evaluation)
  }
}

/// Records what a node gave.
final class TraceNode: Node {
  private let node: any Node
  private let range: Range<Int>
  var weight: Int { node.weight }

  init(_ node: any Node, range: Range<Int>) {
    self.node = node
    self.range = range
  }

  func evaluate(_ evaluation: inout Evaluation) throws(ExpressionError) -> Value {
    do throws(ExpressionError) {
      let value = try node.evaluate(&evaluation)
      if evaluation.trace.count < Program.longestTrace {
        evaluation.trace.append(TracedValue(range: range, result: .success(value)))
      }
      return value
    } catch {
      if evaluation.trace.count < Program.longestTrace {
        evaluation.trace.append(TracedValue(range: range, result: .failure(error)))
      }
      throw error
    }
  }
}
