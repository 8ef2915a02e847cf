/// Whether two values are equal, as far as it can be known.
enum Equality {
  case equal
  case different
  case unknown(Unknown)

  init(_ isEqual: Bool) { self = isEqual ? .equal : .different }

  var value: Value {
    switch self {
    case .equal: .bool(true)
    case .different: .bool(false)
    case .unknown(let unknown): .unknown(unknown)
    }
  }
}

extension Value {
  /// How deep lists and maps are compared; what CEL can build itself is never that deep, a hostile document may be.
  private static let deepest = 200

  /// Equality over all types: values of different types are different, but numbers are compared as numbers.
  /// https://github.com/google/cel-spec/blob/master/doc/langdef.md#equality
  func equality(
    with other: Value, _ evaluation: inout Evaluation, depth: Int = 0
  ) throws(ExpressionError) -> Equality {
    switch (self, other) {
    case (.string(let left), .string(let right)):
      try evaluation.charge(bytes: left.utf8.count)
      return Equality(left.isSameText(as: right))
    case (.int(let left), .int(let right)): return Equality(left == right)
    case (.bool(let left), .bool(let right)): return Equality(left == right)
    case (.null, .null): return .equal
    case (.unknown(let left), .unknown(let right)): return .unknown(left.merged(with: right))
    case (.unknown(let unknown), _), (_, .unknown(let unknown)): return .unknown(unknown)
    case (.bytes(let left), .bytes(let right)):
      try evaluation.charge(bytes: left.count)
      return Equality(left == right)
    case (.timestamp(let left), .timestamp(let right)): return Equality(left == right)
    case (.duration(let left), .duration(let right)): return Equality(left == right)
    case (.type(let left), .type(let right)): return Equality(left == right)
    case (.object(let left), .object(let right)): return Equality(left.type == right.type && left.isEqual(to: right))
    case (.list(let left), .list(let right)):
      return try Self.equality(left, right, &evaluation, depth: depth + 1)
    case (.map(let left), .map(let right)):
      return try Self.equality(left, right, &evaluation, depth: depth + 1)
    case (.optional(let left), .optional(let right)):
      guard let left, let right else { return Equality(left == nil && right == nil) }
      return try left.equality(with: right, &evaluation, depth: depth + 1)
    default: return Equality(numericOrder(to: other) == .same)
    }
  }

  private static func equality(
    _ left: any ListProvider, _ right: any ListProvider, _ evaluation: inout Evaluation, depth: Int
  ) throws(ExpressionError) -> Equality {
    let count = left.count
    guard count == right.count else { return .different }
    try evaluation.charge(count)
    try checkDepth(depth)
    var unknown: Unknown?
    for index in 0..<count {
      let element = right.element(at: index)
      switch try left.element(at: index).equality(with: element, &evaluation, depth: depth) {
      case .equal: break
      case .different: return .different
      case .unknown(let names): unknown = unknown.merged(with: names)
      }
    }
    return unknown.map(Equality.unknown) ?? .equal
  }

  private static func equality(
    _ left: any MapProvider, _ right: any MapProvider, _ evaluation: inout Evaluation, depth: Int
  ) throws(ExpressionError) -> Equality {
    let count = left.count
    guard count == right.count else { return .different }
    try evaluation.charge(count)
    try checkDepth(depth)
    var unknown: Unknown?
    for index in 0..<count {
      guard let key = MapKey(left.key(at: index)), let value = left.value(for: key), let other = right.value(for: key)
      else { return .different }
      switch try value.equality(with: other, &evaluation, depth: depth) {
      case .equal: break
      case .different: return .different
      case .unknown(let names): unknown = unknown.merged(with: names)
      }
    }
    return unknown.map(Equality.unknown) ?? .equal
  }

  private static func checkDepth(_ depth: Int) throws(ExpressionError) {
    if depth > deepest { throw ExpressionError(.depthExceeded, "values are nested too deeply to compare") }
  }
}
