// The result of `&&`, `||` and of the macros over them does not depend on the order of the operands: a value that
// decides wins, then an unknown, then an error, then the neutral value.
// https://github.com/google/cel-spec/blob/master/doc/langdef.md#logical-operators
// https://github.com/google/cel-spec/blob/master/proto/cel/expr/eval.proto (ExprValue.unknown)

/// Collects operands of `&&` (`deciding` is false) or `||` (true).
struct LogicAccumulator {
  let deciding: Bool
  private var unknown: Unknown?
  private var error: ExpressionError?

  init(deciding: Bool) { self.deciding = deciding }

  /// Takes in one operand.
  ///
  /// - Returns: Whether it decides the result.
  mutating func add(_ node: any Node, _ evaluation: inout Evaluation) throws(ExpressionError) -> Bool {
    do throws(ExpressionError) {
      switch try node.evaluate(&evaluation) {
      case .bool(let bool): return bool == deciding
      case .unknown(let names): unknown = unknown.merged(with: names)
      case let other: if error == nil { error = .noSuchOverload(deciding ? "_||_" : "_&&_", other) }
      }
    } catch {
      if error.isFatal { throw error }
      if self.error == nil { self.error = error }
    }
    return false
  }

  /// The result when no operand decided.
  func result(at position: SourcePosition) throws(ExpressionError) -> Value {
    if let unknown { return .unknown(unknown) }
    if let error { throw error.positioned(at: position) }
    return .bool(!deciding)
  }
}

/// `a && b && …` or `a || b || …`
final class LogicNode: Node {
  private let operands: [any Node]
  private let deciding: Bool
  private let position: SourcePosition
  let weight: Int

  init(_ operands: [any Node], deciding: Bool, position: SourcePosition) {
    self.operands = operands
    self.deciding = deciding
    self.position = position
    weight = operands.reduce(1) { $0 + $1.weight }
  }

  func evaluate(_ evaluation: inout Evaluation) throws(ExpressionError) -> Value {
    var accumulator = LogicAccumulator(deciding: deciding)
    for operand in operands where try accumulator.add(operand, &evaluation) { return .bool(deciding) }
    return try accumulator.result(at: position)
  }
}

/// `!operand`
final class NotNode: Node {
  private let operand: any Node
  private let position: SourcePosition
  let weight: Int

  init(_ operand: any Node, position: SourcePosition) {
    self.operand = operand
    self.position = position
    weight = operand.weight + 1
  }

  func evaluate(_ evaluation: inout Evaluation) throws(ExpressionError) -> Value {
    let value = try operand.evaluate(&evaluation)
    switch value {
    case .bool(let bool): return .bool(!bool)
    case .unknown: return value
    default: throw ExpressionError.noSuchOverload("!_", value).positioned(at: position)
    }
  }
}

/// `condition ? first : second`
final class ConditionalNode: Node {
  private let condition: any Node
  private let first: any Node
  private let second: any Node
  private let position: SourcePosition
  let weight: Int

  init(_ condition: any Node, _ first: any Node, _ second: any Node, position: SourcePosition) {
    self.condition = condition
    self.first = first
    self.second = second
    self.position = position
    weight = condition.weight + first.weight + second.weight + 1
  }

  func evaluate(_ evaluation: inout Evaluation) throws(ExpressionError) -> Value {
    let value = try condition.evaluate(&evaluation)
    switch value {
    case .bool(let bool): return try bool ? first.evaluate(&evaluation) : second.evaluate(&evaluation)
    case .unknown: return value
    default: throw ExpressionError.noSuchOverload("_?_:_", value).positioned(at: position)
    }
  }
}

/// `optional.or(other)` and `optional.orValue(other)`, whose argument is only evaluated when it is needed.
final class OptionalOrNode: Node {
  private let operand: any Node
  private let other: any Node
  private let unwraps: Bool
  private let position: SourcePosition
  let weight: Int

  init(_ operand: any Node, _ other: any Node, unwraps: Bool, position: SourcePosition) {
    self.operand = operand
    self.other = other
    self.unwraps = unwraps
    self.position = position
    weight = operand.weight + other.weight + 1
  }

  func evaluate(_ evaluation: inout Evaluation) throws(ExpressionError) -> Value {
    let value = try operand.evaluate(&evaluation)
    switch value {
    case .unknown: return value
    case .optional(.some(let inner)): return unwraps ? inner : value
    case .optional(nil):
      let value = try other.evaluate(&evaluation)
      if unwraps || value.isUnknown { return value }
      guard case .optional = value else {
        throw ExpressionError.noSuchOverload("or", .optional(nil), value).positioned(at: position)
      }
      return value
    default:
      throw ExpressionError.noSuchOverload(unwraps ? "orValue" : "or", value).positioned(at: position)
    }
  }
}
