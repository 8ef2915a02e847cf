/// How one value stands to another.
enum Order {
  case before, same, after
  /// Not a number takes part.
  case none

  init<T: Comparable>(_ left: T, _ right: T) {
    self = left < right ? .before : left == right ? .same : left > right ? .after : .none
  }
}

extension Value {
  /// The order of numbers, across `int`, `uint` and `double`; `nil` unless both are numbers.
  ///
  /// The specification asks for a continuous number line; its own cases ("lossy") want an integer that no double can
  /// hold to compare as the double nearest to it, as all implementations do.
  /// https://github.com/google/cel-spec/blob/master/doc/langdef.md#ordering
  func numericOrder(to other: Value) -> Order? {
    switch (self, other) {
    case (.int(let left), .int(let right)): Order(left, right)
    case (.uint(let left), .uint(let right)): Order(left, right)
    case (.double(let left), .double(let right)): Order(left, right)
    case (.int(let left), .uint(let right)): left < 0 ? .before : Order(UInt64(left), right)
    case (.uint(let left), .int(let right)): right < 0 ? .after : Order(left, UInt64(right))
    case (.int(let left), .double(let right)): Order(Double(left), right)
    case (.double(let left), .int(let right)): Order(left, Double(right))
    case (.uint(let left), .double(let right)): Order(Double(left), right)
    case (.double(let left), .uint(let right)): Order(left, Double(right))
    default: nil
    }
  }

  /// The order of two values of the same ordered type; `nil` when they have none.
  func order(to other: Value) -> Order? {
    switch (self, other) {
    case (.string(let left), .string(let right)):
      left.isSameText(as: right) ? .same : left.isOrderedBefore(right) ? .before : .after
    case (.bytes(let left), .bytes(let right)):
      left == right ? .same : left.lexicographicallyPrecedes(right) ? .before : .after
    case (.bool(let left), .bool(let right)): left == right ? .same : right ? .before : .after
    case (.timestamp(let left), .timestamp(let right)): Order(left, right)
    case (.duration(let left), .duration(let right)): Order(left, right)
    default: numericOrder(to: other)
    }
  }
}
