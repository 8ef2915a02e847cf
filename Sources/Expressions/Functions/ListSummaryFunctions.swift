/// https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-list-library
enum ListSummaryFunctions {
  static let all: [Function] = [
    extreme("min", keep: .before), extreme("max", keep: .after),
    .method("sum") { (value, evaluation) throws(ExpressionError) in
      guard case .list(let list) = value else { throw .noSuchOverload("sum", value) }
      try evaluation.charge(list.count)
      guard list.count > 0 else { return .int(0) }
      var sum = list.element(at: 0)
      if sum.isUnknown { return sum }
      switch sum {
      case .int, .uint, .double, .duration: break
      default: throw .noSuchOverload("sum", value)
      }
      for index in 1..<list.count {
        let element = list.element(at: index)
        if element.isUnknown { return element }
        // A timestamp may be added to a duration, but is no sum of durations.
        guard element.type == sum.type else { throw .noSuchOverload("sum", sum, element) }
        sum = try Arithmetic.add(sum, element, &evaluation)
      }
      return sum
    },
    .method("isSorted") { (value, evaluation) throws(ExpressionError) in
      guard case .list(let list) = value else { throw .noSuchOverload("isSorted", value) }
      try evaluation.charge(list.count)
      var last: Value?
      for index in 0..<list.count {
        let element = list.element(at: index)
        if element.isUnknown { return element }
        if try last.map({ (last) throws(ExpressionError) in try order(element, last, "isSorted", &evaluation) })
          == .before
        {
          return .bool(false)
        }
        last = element
      }
      return .bool(true)
    },
  ]

  private static func order(
    _ left: Value, _ right: Value, _ name: String, _ evaluation: inout Evaluation
  ) throws(ExpressionError) -> Order {
    try evaluation.charge(comparing: left)
    guard let order = left.order(to: right) else { throw .noSuchOverload(name, right, left) }
    return order
  }

  private static func extreme(_ name: String, keep: Order) -> Function {
    .method(name) { (value, evaluation) throws(ExpressionError) in
      guard case .list(let list) = value else { throw .noSuchOverload(name, value) }
      guard list.count > 0 else { throw .invalid("\(name)() of an empty list") }
      try evaluation.charge(list.count)
      var best = list.element(at: 0)
      for index in 0..<list.count {
        let element = list.element(at: index)
        if element.isUnknown { return element }
        if try order(element, best, name, &evaluation) == keep { best = element }
      }
      return best
    }
  }
}

extension ListProvider {
  /// Where the first or last element equal to a value is; -1 when there is none.
  func position(of value: Value, isLast: Bool, _ evaluation: inout Evaluation) throws(ExpressionError) -> Value {
    try evaluation.charge(count)
    for step in 0..<count {
      let index = isLast ? count - 1 - step : step
      switch try element(at: index).equality(with: value, &evaluation) {
      case .equal: return .int(Int64(index))
      case .different: break
      case .unknown(let unknown): return .unknown(unknown)
      }
    }
    return .int(-1)
  }
}
