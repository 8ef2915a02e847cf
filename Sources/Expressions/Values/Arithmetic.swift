/// The operators `+ - * / %` and unary `-`, with overflow as an error.
/// https://github.com/google/cel-spec/blob/master/doc/langdef.md#overflow
enum Arithmetic {
  static func add(
    _ left: Value, _ right: Value, _ evaluation: inout Evaluation
  ) throws(ExpressionError) -> Value {
    switch (left, right) {
    case (.int(let left), .int(let right)): return .int(try checked(left.addingReportingOverflow(right)))
    case (.uint(let left), .uint(let right)): return .uint(try checked(left.addingReportingOverflow(right)))
    case (.double(let left), .double(let right)): return .double(left + right)
    case (.string(let left), .string(let right)):
      try evaluation.charge(bytes: left.utf8.count + right.utf8.count)
      return .string(left + right)
    case (.bytes(let left), .bytes(let right)):
      try evaluation.charge(bytes: left.count + right.count)
      return .bytes(left + right)
    case (.list(let left), .list(let right)):
      if left.count == 0 { return .list(right) }
      if right.count == 0 { return .list(left) }
      try evaluation.charge(left.count + right.count)
      var elements: [Value] = []
      elements.reserveCapacity(left.count + right.count)
      for index in 0..<left.count { elements.append(left.element(at: index)) }
      for index in 0..<right.count { elements.append(right.element(at: index)) }
      return .list(elements)
    case (.timestamp(let time), .duration(let span)), (.duration(let span), .timestamp(let time)):
      return .timestamp(try time.adding(span))
    case (.duration(let left), .duration(let right)):
      return .duration(
        TimeSpan(nanoseconds: try checked(left.nanoseconds.addingReportingOverflow(right.nanoseconds))))
    default: throw .noSuchOverload("_+_", left, right)
    }
  }

  static func subtract(_ left: Value, _ right: Value) throws(ExpressionError) -> Value {
    switch (left, right) {
    case (.int(let left), .int(let right)): return .int(try checked(left.subtractingReportingOverflow(right)))
    case (.uint(let left), .uint(let right)): return .uint(try checked(left.subtractingReportingOverflow(right)))
    case (.double(let left), .double(let right)): return .double(left - right)
    case (.timestamp(let left), .timestamp(let right)): return .duration(try left.span(since: right))
    case (.timestamp(let time), .duration(let span)):
      let negated = try checked(Int64(0).subtractingReportingOverflow(span.nanoseconds))
      return .timestamp(try time.adding(TimeSpan(nanoseconds: negated)))
    case (.duration(let left), .duration(let right)):
      return .duration(
        TimeSpan(nanoseconds: try checked(left.nanoseconds.subtractingReportingOverflow(right.nanoseconds))))
    default: throw .noSuchOverload("_-_", left, right)
    }
  }

  static func multiply(_ left: Value, _ right: Value) throws(ExpressionError) -> Value {
    switch (left, right) {
    case (.int(let left), .int(let right)): return .int(try checked(left.multipliedReportingOverflow(by: right)))
    case (.uint(let left), .uint(let right)): return .uint(try checked(left.multipliedReportingOverflow(by: right)))
    case (.double(let left), .double(let right)): return .double(left * right)
    default: throw .noSuchOverload("_*_", left, right)
    }
  }

  static func divide(_ left: Value, _ right: Value) throws(ExpressionError) -> Value {
    switch (left, right) {
    case (_, .int(0)), (_, .uint(0)):
      guard left.type == right.type else { throw .noSuchOverload("_/_", left, right) }
      throw ExpressionError(.divisionByZero, "division by zero")
    case (.int(let left), .int(let right)): return .int(try checked(left.dividedReportingOverflow(by: right)))
    case (.uint(let left), .uint(let right)): return .uint(left / right)
    case (.double(let left), .double(let right)): return .double(left / right)
    default: throw .noSuchOverload("_/_", left, right)
    }
  }

  static func remainder(_ left: Value, _ right: Value) throws(ExpressionError) -> Value {
    switch (left, right) {
    case (_, .int(0)), (_, .uint(0)):
      guard left.type == right.type else { throw .noSuchOverload("_%_", left, right) }
      throw ExpressionError(.divisionByZero, "modulus by zero")
    case (.int(let left), .int(let right)):
      return .int(try checked(left.remainderReportingOverflow(dividingBy: right)))
    case (.uint(let left), .uint(let right)): return .uint(left % right)
    default: throw .noSuchOverload("_%_", left, right)
    }
  }

  static func negate(_ value: Value) throws(ExpressionError) -> Value {
    switch value {
    case .int(let number): return .int(try checked(Int64(0).subtractingReportingOverflow(number)))
    case .double(let number): return .double(-number)
    default: throw .noSuchOverload("-_", value)
    }
  }

  private static func checked<T>(_ result: (partialValue: T, overflow: Bool)) throws(ExpressionError) -> T {
    if result.overflow { throw .overflow("the result") }
    return result.partialValue
  }
}
