/// A value of a type of its own that stands before, after or beside others of that type.
protocol OrderedObject: ValueObject {
  /// `nil` for a value that it cannot be compared with.
  func order(to other: any ValueObject) -> Order?
}

/// `isLessThan`, `isGreaterThan` and `compareTo`, which versions and quantities share.
enum OrderedObjectFunctions {
  static let all: [Function] = [
    comparison("isLessThan") { .bool($0 == .before) },
    comparison("isGreaterThan") { .bool($0 == .after) },
    comparison("compareTo") { .int($0 == .before ? -1 : $0 == .same ? 0 : 1) },
  ]

  private static func comparison(_ name: String, _ result: @escaping @Sendable (Order) -> Value) -> Function {
    .method(name) { (left, right, _) throws(ExpressionError) in
      guard case (.object(let object as any OrderedObject), .object(let other)) = (left, right),
        let order = object.order(to: other)
      else { throw .noSuchOverload(name, left, right) }
      return result(order)
    }
  }
}
