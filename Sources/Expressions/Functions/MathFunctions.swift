/// https://github.com/google/cel-go/blob/master/ext/README.md#math
enum MathFunctions {
  static let all: [Function] =
    [
      extreme("math.greatest", keep: .after), extreme("math.least", keep: .before),
      .function("math.abs", abs), .function("math.sign", sign), .function("math.sqrt", squareRoot),
      rounding("math.ceil", .up), rounding("math.floor", .down), rounding("math.trunc", .towardZero),
      // Halves go away from zero.
      rounding("math.round", .toNearestOrAwayFromZero),
      test("math.isNaN", \.isNaN), test("math.isInf", \.isInfinite), test("math.isFinite", \.isFinite),
      .function("math.bitNot") { (value, _) throws(ExpressionError) in
        switch value {
        case .int(let number): .int(~number)
        case .uint(let number): .uint(~number)
        default: throw .noSuchOverload("math.bitNot", value)
        }
      },
      bits("math.bitAnd", { $0 & $1 }), bits("math.bitOr", { $0 | $1 }), bits("math.bitXor", { $0 ^ $1 }),
      shift("math.bitShiftLeft", { $0 << $1 }), shift("math.bitShiftRight", { $0 >> $1 }),
    ]

  /// Of all arguments or of one list; the first among equals.
  private static func extreme(_ name: String, keep: Order) -> Function {
    .function(name, arity: 1...64) { (arguments, evaluation) throws(ExpressionError) in
      var values = arguments
      if arguments.count == 1, case .list(let list) = arguments[0] {
        try evaluation.charge(list.count)
        values = (0..<list.count).map(list.element(at:))
        if let unknown = values.first(where: \.isUnknown) { return unknown }
      }
      guard var best = values.first else { throw .invalid("\(name)() of an empty list") }
      for value in values {
        guard let order = value.numericOrder(to: best) else { throw .noSuchOverload(name, best, value) }
        if order == keep { best = value }
      }
      return best
    }
  }

  private static let abs: Function.Unary = { (value, _) throws(ExpressionError) in
    switch value {
    case .int(let number): return number < 0 ? try Arithmetic.negate(value) : value
    case .uint: return value
    case .double(let number): return .double(number.magnitude)
    default: throw .noSuchOverload("math.abs", value)
    }
  }

  private static let sign: Function.Unary = { (value, _) throws(ExpressionError) in
    switch value {
    case .int(let number): return .int(number.signum())
    case .uint(let number): return .uint(number == 0 ? 0 : 1)
    case .double(let number): return .double(number > 0 ? 1 : number < 0 ? -1 : number)
    default: throw .noSuchOverload("math.sign", value)
    }
  }

  private static let squareRoot: Function.Unary = { (value, _) throws(ExpressionError) in
    switch value {
    case .int(let number): return .double(Double(number).squareRoot())
    case .uint(let number): return .double(Double(number).squareRoot())
    case .double(let number): return .double(number.squareRoot())
    default: throw .noSuchOverload("math.sqrt", value)
    }
  }

  private static func rounding(_ name: String, _ rule: FloatingPointRoundingRule) -> Function {
    .function(name) { (value, _) throws(ExpressionError) in
      guard case .double(let number) = value else { throw .noSuchOverload(name, value) }
      return .double(number.rounded(rule))
    }
  }

  private static func test(_ name: String, _ test: @escaping @Sendable (Double) -> Bool) -> Function {
    .function(name) { (value, _) throws(ExpressionError) in
      guard case .double(let number) = value else { throw .noSuchOverload(name, value) }
      return .bool(test(number))
    }
  }

  private static func bits(_ name: String, _ combine: @escaping @Sendable (UInt64, UInt64) -> UInt64) -> Function {
    .function(name) { (left, right, _) throws(ExpressionError) in
      switch (left, right) {
      case (.int(let left), .int(let right)):
        .int(Int64(bitPattern: combine(UInt64(bitPattern: left), UInt64(bitPattern: right))))
      case (.uint(let left), .uint(let right)): .uint(combine(left, right))
      default: throw .noSuchOverload(name, left, right)
      }
    }
  }

  /// Shifts the bits, also those of a negative int: no sign comes in from the left.
  private static func shift(_ name: String, _ shift: @escaping @Sendable (UInt64, Int64) -> UInt64) -> Function {
    .function(name) { (value, distance, _) throws(ExpressionError) in
      guard case .int(let distance) = distance else { throw .noSuchOverload(name, value, distance) }
      guard distance >= 0 else { throw .invalid("\(name)() by a negative number of bits") }
      switch value {
      case .int(let number): return .int(Int64(bitPattern: shift(UInt64(bitPattern: number), distance)))
      case .uint(let number): return .uint(shift(number, distance))
      default: throw .noSuchOverload(name, value, .int(distance))
      }
    }
  }
}
