/// The binary operators that evaluate both operands.
enum BinaryOperator: String, Sendable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case remainder = "%"
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case isIn = "in"
}

/// `left operator right`
final class BinaryNode: Node {
  private let kind: BinaryOperator
  private let left: any Node
  private let right: any Node
  private let position: SourcePosition
  let weight: Int

  init(_ kind: BinaryOperator, _ left: any Node, _ right: any Node, position: SourcePosition) {
    self.kind = kind
    self.left = left
    self.right = right
    self.position = position
    weight = left.weight + right.weight + 1
  }

  func evaluate(_ evaluation: inout Evaluation) throws(ExpressionError) -> Value {
    let left = try left.evaluate(&evaluation)
    let right = try right.evaluate(&evaluation)
    if case .unknown(let unknown) = left { return .unknown(unknown.merging(right)) }
    if case .unknown = right { return right }
    do throws(ExpressionError) {
      switch kind {
      case .equal: return try left.equality(with: right, &evaluation).value
      case .notEqual:
        switch try left.equality(with: right, &evaluation) {
        case .equal: return .bool(false)
        case .different: return .bool(true)
        case .unknown(let unknown): return .unknown(unknown)
        }
      case .add: return try Arithmetic.add(left, right, &evaluation)
      case .subtract: return try Arithmetic.subtract(left, right)
      case .multiply: return try Arithmetic.multiply(left, right)
      case .divide: return try Arithmetic.divide(left, right)
      case .remainder: return try Arithmetic.remainder(left, right)
      case .isIn: return try Self.membership(of: left, in: right, &evaluation)
      case .less, .lessOrEqual, .greater, .greaterOrEqual:
        try evaluation.charge(comparing: left)
        guard let order = left.order(to: right) else {
          throw ExpressionError.noSuchOverload("_\(kind.rawValue)_", left, right)
        }
        return .bool(holds(order))
      }
    } catch {
      throw error.positioned(at: position)
    }
  }

  private func holds(_ order: Order) -> Bool {
    switch kind {
    case .less: order == .before
    case .lessOrEqual: order == .before || order == .same
    case .greater: order == .after
    default: order == .after || order == .same
    }
  }

  private static func membership(
    of value: Value, in container: Value, _ evaluation: inout Evaluation
  ) throws(ExpressionError) -> Value {
    switch container {
    case .list(let list): return try list.membership(of: value, &evaluation).value
    case .map(let map):
      try evaluation.charge(comparing: value)
      return .bool(MapKey(value).flatMap(map.value(for:)) != nil)
    default: throw .noSuchOverload("_in_", value, container)
    }
  }
}

/// One or more `-` before an operand.
final class NegateNode: Node {
  private let operand: any Node
  private let isTwice: Bool
  private let position: SourcePosition
  let weight: Int

  /// - Parameter count: How often; two take each other back, but still need a number that can be negated.
  init(_ operand: any Node, count: Int, position: SourcePosition) {
    self.operand = operand
    isTwice = count.isMultiple(of: 2)
    self.position = position
    weight = operand.weight + 1
  }

  func evaluate(_ evaluation: inout Evaluation) throws(ExpressionError) -> Value {
    let value = try operand.evaluate(&evaluation)
    if value.isUnknown { return value }
    do throws(ExpressionError) {
      let negated = try Arithmetic.negate(value)
      return isTwice ? try Arithmetic.negate(negated) : negated
    } catch {
      throw error.positioned(at: position)
    }
  }
}
