/// https://www.rfc-editor.org/rfc/rfc3986#section-2.1
enum PercentEncoding {
  private static let sign = UInt8(ascii: "%")

  /// A letter or digit of ASCII.
  static func isPlain(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) || byte.decimalDigit != nil }

  /// Whether each `%` has its two digits.
  static func isValid(_ text: Substring.UTF8View) -> Bool {
    var rest = text
    while let start = rest.firstIndex(of: sign) {
      let digits = rest[start...].dropFirst().prefix(2)
      guard digits.count == 2, digits.allSatisfy({ $0.hexDigit != nil }) else { return false }
      rest = rest[digits.endIndex...]
    }
    return true
  }

  /// - Parameter isForm: Whether `+` is a space.
  /// - Returns: `nil` when a `%` lacks its digits, or the bytes are not UTF-8.
  static func decoded(_ text: Substring.UTF8View, isForm: Bool = false) -> String? {
    guard isValid(text) else { return nil }
    var bytes: [UInt8] = []
    var rest = text
    while let byte = rest.popFirst() {
      if byte == sign, let high = rest.popFirst()?.hexDigit, let low = rest.popFirst()?.hexDigit {
        bytes.append(UInt8(high << 4 | low))
      } else {
        bytes.append(isForm && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }

  /// With `%` and two digits for each byte that is neither plain, nor `-._~`, nor one of `allowed`.
  static func escaped(_ text: Substring.UTF8View, besides allowed: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in text {
      if isPlain(byte) || "-._~".utf8.contains(byte) || allowed.utf8.contains(byte) {
        bytes.append(byte)
      } else {
        bytes += [sign, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
