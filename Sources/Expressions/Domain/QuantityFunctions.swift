/// https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-quantity-library
enum QuantityFunctions {
  static let all: [Function] = [
    .function("quantity") { (value, evaluation) throws(ExpressionError) in
      guard let quantity = try quantity("quantity", value, &evaluation) else {
        throw .invalid("\(value) is not a quantity like '1.5Gi' or '250m'")
      }
      return .object(quantity)
    },
    .function("isQuantity") { (value, evaluation) throws(ExpressionError) in
      do throws(ExpressionError) {
        return .bool(try quantity("isQuantity", value, &evaluation) != nil)
      } catch  where error.code == .overflow {
        return .bool(false)
      }
    },
    method("sign") { .int(Int64($0.billionths.signum())) },
    method("isInteger") { .bool($0.integer != nil) },
    method("asApproximateFloat") { .double(Double($0.billionths) / Double(Quantity.unit)) },
    .method("asInteger") { (value, _) throws(ExpressionError) in
      guard let integer = try object("asInteger", value).integer else {
        throw .invalid("the quantity \(value) is not an int")
      }
      return .int(integer)
    },
    sum("add") { $0.addingReportingOverflow($1) }, sum("sub") { $0.subtractingReportingOverflow($1) },
  ]

  private static func quantity(
    _ name: String, _ value: Value, _ evaluation: inout Evaluation
  ) throws(ExpressionError) -> Quantity? {
    guard case .string(let text) = value else { throw .noSuchOverload(name, value) }
    try evaluation.charge(4)
    return try Quantity(text)
  }

  private static func object(_ name: String, _ value: Value) throws(ExpressionError) -> Quantity {
    guard case .object(let quantity as Quantity) = value else { throw .noSuchOverload(name, value) }
    return quantity
  }

  private static func method(_ name: String, _ body: @escaping @Sendable (Quantity) -> Value) -> Function {
    .method(name) { (value, _) throws(ExpressionError) in body(try object(name, value)) }
  }

  /// With a quantity or an `int`.
  private static func sum(
    _ name: String, _ combine: @escaping @Sendable (Int128, Int128) -> (partialValue: Int128, overflow: Bool)
  ) -> Function {
    .method(name) { (left, right, _) throws(ExpressionError) in
      guard case .object(let quantity as Quantity) = left else { throw .noSuchOverload(name, left, right) }
      let operand: Int128
      switch right {
      // Any int fits: 2^63 billions are less than 2^93.
      case .int(let number): operand = Int128(number) * Quantity.unit
      case .object(let other as Quantity): operand = other.billionths
      default: throw .noSuchOverload(name, left, right)
      }
      let (result, overflow) = combine(quantity.billionths, operand)
      if overflow { throw .overflow("the quantity") }
      return .object(Quantity(billionths: result))
    }
  }
}
