internal import Findings

/// The types of YAML's scalars as go-yaml v3 decides them (https://github.com/go-yaml/yaml/blob/v3/resolve.go): the core
/// schema of YAML 1.2 (https://yaml.org/spec/1.2.2/#103-core-schema), with the octal numbers and underscores of YAML 1.1
/// but without its words: `yes`, `on`, `no` and `off` are strings. Dates are strings here.
enum YAMLScalar {
  static func value(of text: Span<UInt8>, isPlain: Bool, tag: String?) -> ScalarValue {
    guard let tag else { return isPlain ? plain(text) : .string(text.string) }
    switch tag {
    case "tag:yaml.org,2002:null": return .null
    case "tag:yaml.org,2002:bool":
      if case .bool(let value) = plain(text) { return .bool(value) }
      return yaml11Bool(text.string).map { .bool($0) } ?? .string(text.string)
    case "tag:yaml.org,2002:int":
      if case .int(let value) = plain(text) { return .int(value) }
      return .string(text.string)
    case "tag:yaml.org,2002:float":
      switch plain(text) {
      case .int(let value): return .double(Double(value))
      case .double(let value): return .double(value)
      default: return .string(text.string)
      }
    // `!!str`, `!` and what an application makes up.
    default: return .string(text.string)
    }
  }

  /// YAML 1.1's words for true and false (https://yaml.org/type/bool.html), which a field of that type accepts.
  static func yaml11Bool(_ text: String) -> Bool? {
    switch text {
    case "y", "Y", "yes", "Yes", "YES", "on", "On", "ON": true
    case "n", "N", "no", "No", "NO", "off", "Off", "OFF": false
    default: nil
    }
  }

  /// A scalar without quotes and tag.
  static func plain(_ text: Span<UInt8>) -> ScalarValue {
    guard text.count > 0 else { return .null }
    switch text[0] {
    case UInt8(ascii: "~"), UInt8(ascii: "n"), UInt8(ascii: "N"), UInt8(ascii: "t"), UInt8(ascii: "T"),
      UInt8(ascii: "f"),
      UInt8(ascii: "F"):
      return word(text.string)
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
      return number(text.string)
    default: return .string(text.string)
    }
  }

  private static func word(_ text: String) -> ScalarValue {
    switch text {
    case "~", "null", "Null", "NULL": .null
    case "true", "True", "TRUE": .bool(true)
    case "false", "False", "FALSE": .bool(false)
    default: .string(text)
    }
  }

  private static func number(_ text: String) -> ScalarValue {
    switch text {
    case ".nan", ".NaN", ".NAN": return .double(.nan)
    case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": return .double(.infinity)
    case "-.inf", "-.Inf", "-.INF": return .double(-.infinity)
    default: break
    }
    let startsWithPoint = text.utf8.first == UInt8(ascii: ".")
    var plain = Array(text.utf8)
    if !startsWithPoint { plain.removeAll { $0 == UInt8(ascii: "_") } }
    if !startsWithPoint, let value = integer(plain) { return value }
    if isFloat(plain), let value = Double(String(decoding: plain, as: UTF8.self)) { return .double(value) }
    return .string(text)
  }

  /// An integer as Go's `strconv.ParseInt` with base 0 takes it, underscores removed: `0x`, `0o`, `0b`, or octal after a
  /// plain 0; sign before it.
  private static func integer(_ text: [UInt8]) -> ScalarValue? {
    var digits = text[...]
    let isNegative = digits.first == UInt8(ascii: "-")
    if isNegative || digits.first == UInt8(ascii: "+") { digits.removeFirst() }
    var radix: UInt64 = 10
    if digits.first == UInt8(ascii: "0"), digits.count > 1 {
      digits.removeFirst()
      switch digits.first.map({ $0 | 0x20 }) {
      case UInt8(ascii: "x"): radix = 16
      case UInt8(ascii: "o"): radix = 8
      case UInt8(ascii: "b"): radix = 2
      default:
        radix = 8
        digits = digits.startIndex > 0 ? text[(digits.startIndex - 1)...] : digits
      }
      digits.removeFirst()
      guard !digits.isEmpty else { return nil }
    }
    guard !digits.isEmpty else { return nil }
    var value: UInt64 = 0
    var isTooLarge = false
    var approximate = 0.0
    for byte in digits {
      guard let digit = byte.hexadecimalValue.map(UInt64.init), digit < radix else { return nil }
      let (product, overflow) = value.multipliedReportingOverflow(by: radix)
      let (sum, carry) = product.addingReportingOverflow(digit)
      isTooLarge = isTooLarge || overflow || carry
      value = sum
      approximate = approximate * Double(radix) + Double(digit)
    }
    if isTooLarge {
      // Decimal numbers are left to the floats; go-yaml makes strings of the others.
      return nil
    }
    if !isNegative { return Int64(exactly: value).map { .int($0) } ?? .double(Double(value)) }
    if value <= UInt64(Int64.max) { return .int(-Int64(value)) }
    return value == UInt64(Int64.max) + 1 ? .int(.min) : radix == 10 ? .double(-approximate) : nil
  }

  /// `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`, go-yaml's `yamlStyleFloat`.
  private static func isFloat(_ text: [UInt8]) -> Bool {
    var rest = text[...]
    func dropDigits() -> Int {
      let count = rest.prefix { $0.isDigit }.count
      rest.removeFirst(count)
      return count
    }
    if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    let whole = dropDigits()
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      if dropDigits() == 0, whole == 0 { return false }
    } else if whole == 0 {
      return false
    }
    if let byte = rest.first, byte | 0x20 == UInt8(ascii: "e") {
      rest.removeFirst()
      if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
      if dropDigits() == 0 { return false }
    }
    return rest.isEmpty
  }
}
