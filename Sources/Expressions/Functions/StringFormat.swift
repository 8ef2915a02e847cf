#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// `text.format(list)`
/// https://github.com/google/cel-go/blob/master/ext/README.md#format
enum StringFormat {
  private static let largestPrecision = 100

  static func format(
    _ format: String, _ arguments: any ListProvider, _ evaluation: inout Evaluation
  ) throws(ExpressionError) -> Value {
    var result = ""
    var next = 0
    var scalars = format.unicodeScalars[...]
    try evaluation.charge(bytes: format.utf8.count * 2)
    while let scalar = scalars.popFirst() {
      guard scalar == "%" else {
        result.unicodeScalars.append(scalar)
        continue
      }
      if scalars.first == "%" {
        scalars.removeFirst()
        result += "%"
        continue
      }
      let precision = try precision(&scalars)
      guard let verb = scalars.popFirst() else { throw .invalid("the format ends in the middle of a clause") }
      guard next < arguments.count else { throw .invalid("format: index \(next) out of range") }
      let argument = arguments.element(at: next)
      if argument.isUnknown { return argument }
      next += 1
      let text = try clause(verb, precision: precision, argument, &evaluation)
      try evaluation.charge(bytes: text.utf8.count)
      result += text
    }
    return .string(result)
  }

  private static func precision(_ scalars: inout Substring.UnicodeScalarView) throws(ExpressionError) -> Int? {
    guard scalars.first == "." else { return nil }
    scalars.removeFirst()
    var precision = 0
    while let scalar = scalars.first, ("0"..."9").contains(scalar) {
      scalars.removeFirst()
      precision = precision * 10 + Int(scalar.value - 0x30)
      guard precision <= largestPrecision else { throw .invalid("format: a precision above \(largestPrecision)") }
    }
    return precision
  }

  private static func clause(
    _ verb: Unicode.Scalar, precision: Int?, _ value: Value, _ evaluation: inout Evaluation
  ) throws(ExpressionError) -> String {
    switch verb {
    case "s":
      guard let text = try value.text(&evaluation) else { throw unfit(verb, value) }
      return text
    case "d":
      switch value {
      case .int(let number): return String(number)
      case .uint(let number): return String(number)
      case .double(let number) where !number.isFinite: return number.expressionText
      default: throw unfit(verb, value)
      }
    case "f", "e":
      let number: Double
      switch value {
      case .int(let int): number = Double(int)
      case .uint(let uint): number = Double(uint)
      case .double(let double): number = double
      default: throw unfit(verb, value)
      }
      return number.isFinite
        ? decimal(number, precision: precision ?? 6, isScientific: verb == "e") : number.expressionText
    case "b":
      if case .bool(let bool) = value { return bool ? "1" : "0" }
      return try integer(value, radix: 2, verb)
    case "o": return try integer(value, radix: 8, verb)
    case "x", "X":
      switch value {
      case .string(let text): return hex(text.utf8, uppercase: verb == "X")
      case .bytes(let bytes): return hex(bytes, uppercase: verb == "X")
      default: return try integer(value, radix: 16, verb)
      }
    default: throw .invalid("format: unrecognized formatting clause '%\(verb)'")
    }
  }

  private static func unfit(_ verb: Unicode.Scalar, _ value: Value) -> ExpressionError {
    .invalid("format: %\(verb) does not take a value of type \(value.type.name)")
  }

  private static func integer(_ value: Value, radix: Int, _ verb: Unicode.Scalar) throws(ExpressionError) -> String {
    switch value {
    case .int(let number): return String(number, radix: radix, uppercase: verb == "X")
    case .uint(let number): return String(number, radix: radix, uppercase: verb == "X")
    default: throw unfit(verb, value)
    }
  }

  private static func hex(_ bytes: some Sequence<UInt8>, uppercase: Bool) -> String {
    let digits = Array((uppercase ? "0123456789ABCDEF" : "0123456789abcdef").utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// Rounded from the exact binary value, halves to even, which is what C's printf does and what the specification's
  /// cases expect of 1.2345 and 2.5.
  private static func decimal(_ number: Double, precision: Int, isScientific: Bool) -> String {
    // The largest double has 309 digits before the point.
    let capacity = 400 + largestPrecision
    return unsafe String(unsafeUninitializedCapacity: capacity) { buffer in
      guard let start = buffer.baseAddress else { return 0 }
      let written = unsafe start.withMemoryRebound(to: CChar.self, capacity: capacity) { start in
        unsafe withVaList([Int32(precision), number]) { list in
          unsafe vsnprintf(start, capacity, isScientific ? "%.*e" : "%.*f", list)
        }
      }
      return min(max(0, Int(written)), capacity - 1)
    }
  }
}
