/// Lists as sets: order and repetition do not count.
/// https://github.com/google/cel-go/blob/master/ext/README.md#sets
enum SetFunctions {
  static let all: [Function] = [
    .function("sets.contains") { (list, part, evaluation) throws(ExpressionError) in
      let (list, part) = try lists("sets.contains", list, part)
      return try contains(list, part, &evaluation)
    },
    .function("sets.equivalent") { (left, right, evaluation) throws(ExpressionError) in
      let (left, right) = try lists("sets.equivalent", left, right)
      let forth = try contains(left, right, &evaluation)
      if case .bool(false) = forth { return forth }
      let back = try contains(right, left, &evaluation)
      if case .bool(true) = back { return forth }
      return back
    },
    .function("sets.intersects") { (left, right, evaluation) throws(ExpressionError) in
      let (left, right) = try lists("sets.intersects", left, right)
      var unknown: Unknown?
      for index in 0..<left.count {
        switch try right.membership(of: left.element(at: index), &evaluation) {
        case .equal: return .bool(true)
        case .different: break
        case .unknown(let names): unknown = unknown.merged(with: names)
        }
      }
      return unknown.map(Value.unknown) ?? .bool(false)
    },
  ]

  private static func lists(
    _ name: String, _ left: Value, _ right: Value
  ) throws(ExpressionError) -> (any ListProvider, any ListProvider) {
    guard case (.list(let left), .list(let right)) = (left, right) else { throw .noSuchOverload(name, left, right) }
    return (left, right)
  }

  private static func contains(
    _ list: any ListProvider, _ part: any ListProvider, _ evaluation: inout Evaluation
  ) throws(ExpressionError) -> Value {
    var unknown: Unknown?
    for index in 0..<part.count {
      switch try list.membership(of: part.element(at: index), &evaluation) {
      case .equal: break
      case .different: return .bool(false)
      case .unknown(let names): unknown = unknown.merged(with: names)
      }
    }
    return unknown.map(Value.unknown) ?? .bool(true)
  }
}

extension ListProvider {
  /// Whether an element is equal to a value.
  func membership(of value: Value, _ evaluation: inout Evaluation) throws(ExpressionError) -> Equality {
    try evaluation.charge(count)
    var unknown: Unknown?
    for index in 0..<count {
      switch try value.equality(with: element(at: index), &evaluation) {
      case .equal: return .equal
      case .different: break
      case .unknown(let names): unknown = unknown.merged(with: names)
      }
    }
    return unknown.map(Equality.unknown) ?? .different
  }
}
