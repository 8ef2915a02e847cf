/// `int()`, `string()`, …, `type()` and `dyn()`.
/// https://github.com/google/cel-spec/blob/master/doc/langdef.md#list-of-standard-definitions
enum Conversions {
  static let all: [Function] = [
    .function("type") { (value, _) throws(ExpressionError) in .type(value.type) },
    .function("dyn") { (value, _) throws(ExpressionError) in value },
    .function("int", int), .function("uint", uint), .function("double", double), .function("bool", bool),
    .function("string", string), .function("bytes", bytes), .function("timestamp", timestamp),
    .function("duration", duration),
  ]

  private static let int: Function.Unary = { (value, evaluation) throws(ExpressionError) in
    try evaluation.charge(comparing: value)
    switch value {
    case .int: return value
    case .uint(let number):
      if let int = Int64(exactly: number) { return .int(int) }
    case .double(let number):
      // Both ends are outside: no double is next to them that an int is equal to.
      if number > -0x1p63 && number < 0x1p63 { return .int(Int64(number)) }
    case .string(let string):
      if let int = Int64(string) { return .int(int) }
      throw .invalid("\(value) is not an int")
    case .timestamp(let timestamp): return .int(timestamp.seconds)
    default: throw .noSuchOverload("int", value)
    }
    throw .overflow("\(value) as an int")
  }

  private static let uint: Function.Unary = { (value, evaluation) throws(ExpressionError) in
    try evaluation.charge(comparing: value)
    switch value {
    case .uint: return value
    case .int(let number):
      if let uint = UInt64(exactly: number) { return .uint(uint) }
    case .double(let number):
      if number > -1 && number < 0x1p64 { return .uint(UInt64(number)) }
    case .string(let string):
      if let uint = UInt64(string) { return .uint(uint) }
      throw .invalid("\(value) is not a uint")
    default: throw .noSuchOverload("uint", value)
    }
    throw .overflow("\(value) as a uint")
  }

  private static let double: Function.Unary = { (value, evaluation) throws(ExpressionError) in
    try evaluation.charge(comparing: value)
    switch value {
    case .double: return value
    case .int(let number): return .double(Double(number))
    case .uint(let number): return .double(Double(number))
    case .string(let string):
      // `Double(_:)` reads hexadecimal too and gives infinity for what is too large.
      let isPlain = !string.utf8.contains { $0 | 0x20 == UInt8(ascii: "x") || $0 == UInt8(ascii: "(") }
      guard isPlain, let number = Double(string) else { throw .invalid("\(value) is not a double") }
      return .double(number)
    default: throw .noSuchOverload("double", value)
    }
  }

  private static let bool: Function.Unary = { (value, _) throws(ExpressionError) in
    switch value {
    case .bool: return value
    case .string("1"), .string("t"), .string("true"), .string("TRUE"), .string("True"): return .bool(true)
    case .string("0"), .string("f"), .string("false"), .string("FALSE"), .string("False"): return .bool(false)
    case .string: throw .invalid("\(value) is not a bool")
    default: throw .noSuchOverload("bool", value)
    }
  }

  private static let string: Function.Unary = { (value, evaluation) throws(ExpressionError) in
    switch value {
    case .string: return value
    case .bytes(let bytes):
      try evaluation.charge(bytes: bytes.count)
      guard let text = String(validating: bytes, as: UTF8.self) else { throw .invalid("the bytes are not UTF-8") }
      return .string(text)
    case .list, .map, .null, .type: throw .noSuchOverload("string", value)
    default:
      guard let text = try value.text(&evaluation) else { throw .noSuchOverload("string", value) }
      return .string(text)
    }
  }

  private static let bytes: Function.Unary = { (value, evaluation) throws(ExpressionError) in
    switch value {
    case .bytes: return value
    case .string(let string):
      try evaluation.charge(bytes: string.utf8.count)
      return .bytes(Array(string.utf8))
    default: throw .noSuchOverload("bytes", value)
    }
  }

  private static let timestamp: Function.Unary = { (value, evaluation) throws(ExpressionError) in
    try evaluation.charge(comparing: value)
    switch value {
    case .timestamp: return value
    case .int(let seconds): return .timestamp(try Timestamp(seconds: seconds))
    case .string(let string):
      guard let timestamp = try Timestamp(string) else { throw .invalid("\(value) is not a timestamp (RFC 3339)") }
      return .timestamp(timestamp)
    default: throw .noSuchOverload("timestamp", value)
    }
  }

  private static let duration: Function.Unary = { (value, evaluation) throws(ExpressionError) in
    try evaluation.charge(comparing: value)
    switch value {
    case .duration: return value
    case .string(let string):
      guard let span = try TimeSpan(string) else { throw .invalid("\(value) is not a duration like '1h30m'") }
      return .duration(span)
    default: throw .noSuchOverload("duration", value)
    }
  }
}
