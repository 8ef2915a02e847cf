internal import Findings

/// The types of TOML's scalars without quotes.
enum TOMLScalar {
  enum Kind {
    case bool, integer, float
    /// https://toml.io/en/v1.0.0#offset-date-time and the three after it.
    case dateTime
  }

  /// What a text is as a whole; `nil` when it is no value.
  static func kind(of text: Span<UInt8>) -> Kind? {
    if text.count >= 5, text[2] == UInt8(ascii: ":") || text[4] == UInt8(ascii: "-"), text[0].isDigit, text[1].isDigit {
      // `123e-5` is a number.
      return TOMLDateTime.isValid(text) ? .dateTime : numberKind(of: text)
    }
    if text.isEqual(to: "true".utf8Span.span) || text.isEqual(to: "false".utf8Span.span) { return .bool }
    return numberKind(of: text)
  }

  /// Dates and times stay texts; whole numbers beyond 64 bits become the nearest `Double`.
  static func value(of text: Span<UInt8>) -> ScalarValue {
    switch kind(of: text) {
    case .bool: .bool(text[0] == UInt8(ascii: "t"))
    case .integer: integer(text)
    case .float: .double(float(text))
    case .dateTime, nil: .string(text.string)
    }
  }

  private static func numberKind(of text: Span<UInt8>) -> Kind? {
    guard text.count > 0 else { return nil }
    if let radix = radix(of: text) { return digitsEnd(text, from: 2, radix: radix) == text.count ? .integer : nil }
    var offset = signLength(text)
    if isWord(text, from: offset) { return .float }
    guard let end = digitsEnd(text, from: offset, radix: 10) else { return nil }
    // No zero before other digits.
    if text[offset] == UInt8(ascii: "0"), end > offset + 1 { return nil }
    offset = end
    if offset == text.count { return .integer }
    if text[offset] == UInt8(ascii: ".") {
      guard let end = digitsEnd(text, from: offset + 1, radix: 10) else { return nil }
      offset = end
    }
    if offset < text.count, text[offset] | 0x20 == UInt8(ascii: "e") {
      offset += 1
      if offset < text.count, isSign(text[offset]) { offset += 1 }
      guard let end = digitsEnd(text, from: offset, radix: 10) else { return nil }
      offset = end
    }
    return offset == text.count ? .float : nil
  }

  private static func isSign(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") }

  private static func signLength(_ text: Span<UInt8>) -> Int { isSign(text[0]) ? 1 : 0 }

  /// `inf` or `nan`.
  private static func isWord(_ text: Span<UInt8>, from offset: Int) -> Bool {
    let word = text.extracting(offset..<text.count)
    return word.isEqual(to: "inf".utf8Span.span) || word.isEqual(to: "nan".utf8Span.span)
  }

  private static func radix(of text: Span<UInt8>) -> UInt32? {
    guard text.count > 1, text[0] == UInt8(ascii: "0") else { return nil }
    switch text[1] {
    case UInt8(ascii: "x"): return 16
    case UInt8(ascii: "o"): return 8
    case UInt8(ascii: "b"): return 2
    default: return nil
    }
  }

  /// Where digits end, between which single underscores may stand; `nil` when there are none.
  private static func digitsEnd(_ text: Span<UInt8>, from start: Int, radix: UInt32) -> Int? {
    var offset = start
    while offset < text.count {
      // An underscore counts only with a digit after it.
      let next = offset > start && text[offset] == UInt8(ascii: "_") ? offset + 1 : offset
      guard next < text.count, let digit = text[next].hexadecimalValue, digit < radix else { break }
      offset = next + 1
    }
    return offset > start ? offset : nil
  }

  private static func integer(_ text: Span<UInt8>) -> ScalarValue {
    let radix = radix(of: text)
    var value: Int64 = 0
    var isExact = true
    let isNegative = text[0] == UInt8(ascii: "-")
    var nearest = 0.0
    for offset in (radix == nil ? signLength(text) : 2)..<text.count {
      guard let digit = text[offset].hexadecimalValue else { continue }
      let (product, overflows) = value.multipliedReportingOverflow(by: Int64(radix ?? 10))
      let (sum, carries) = product.addingReportingOverflow(isNegative ? -Int64(digit) : Int64(digit))
      if overflows || carries { isExact = false }
      value = sum
      nearest = nearest * Double(radix ?? 10) + Double(digit)
    }
    if isExact { return .int(value) }
    return .double(radix == nil ? float(text) : nearest)
  }

  private static func float(_ text: Span<UInt8>) -> Double {
    let isNegative = text[0] == UInt8(ascii: "-")
    let start = signLength(text)
    let value: Double
    if isWord(text, from: start) {
      value = text[start] == UInt8(ascii: "i") ? .infinity : .nan
    } else {
      var digits: [UInt8] = []
      for offset in start..<text.count where text[offset] != UInt8(ascii: "_") { digits.append(text[offset]) }
      value = Double(digits.span.string) ?? .nan
    }
    return isNegative ? -value : value
  }
}
