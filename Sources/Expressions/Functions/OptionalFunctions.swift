/// Optional values; `optMap`, `optFlatMap`, `or` and `orValue` are macros.
/// https://github.com/google/cel-spec/wiki/proposal-246
enum OptionalFunctions {
  static let all: [Function] = [
    .function("optional.of") { (value, _) throws(ExpressionError) in .optional(value) },
    .function("optional.none", arity: 0...0) { (_, _) throws(ExpressionError) in .optional(nil) },
    .function("optional.ofNonZeroValue") { (value, _) throws(ExpressionError) in
      .optional(isZero(value) ? nil : value)
    },
    .method("hasValue") { (value, _) throws(ExpressionError) in
      guard case .optional(let inner) = value else { throw .noSuchOverload("hasValue", value) }
      return .bool(inner != nil)
    },
    .method("value") { (value, _) throws(ExpressionError) in
      guard case .optional(let inner) = value else { throw .noSuchOverload("value", value) }
      guard let inner else { throw .invalid("optional.none() has no value") }
      return inner
    },
    .function("optional.unwrap", unwrap), .method("unwrapOpt", unwrap),
  ]

  /// The values of the optionals in a list that have one.
  private static let unwrap: Function.Unary = { (value, evaluation) throws(ExpressionError) in
    guard case .list(let list) = value else { throw .noSuchOverload("optional.unwrap", value) }
    try evaluation.charge(list.count)
    var elements: [Value] = []
    for index in 0..<list.count {
      switch list.element(at: index) {
      case .optional(let inner): if let inner { elements.append(inner) }
      case let unknown where unknown.isUnknown: return unknown
      case let other: throw .noSuchOverload("optional.unwrap", other)
      }
    }
    return .list(elements)
  }

  private static func isZero(_ value: Value) -> Bool {
    switch value {
    case .null, .bool(false), .int(0), .uint(0), .double(0), .string(""): true
    case .bytes(let bytes): bytes.isEmpty
    case .list(let list): list.count == 0
    case .map(let map): map.count == 0
    case .duration(let span): span.nanoseconds == 0
    case .timestamp(let timestamp): timestamp.seconds == 0 && timestamp.nanoseconds == 0
    case .optional(let inner): inner == nil
    default: false
    }
  }
}
