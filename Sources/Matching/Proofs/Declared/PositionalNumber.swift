/// Numbers written with the digits of an alphabet, most significant digit first.
struct PositionalNumber: Hashable, Sendable {
  let digits: [UInt8]

  static let base62 = PositionalNumber(
    digits: Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8))
  static let base62LowerFirst = PositionalNumber(
    digits: Array("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8))
  static let base36 = PositionalNumber(digits: Array("0123456789abcdefghijklmnopqrstuvwxyz".utf8))
  static let base36Upper = PositionalNumber(digits: Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8))
  static let decimal = PositionalNumber(digits: Array("0123456789".utf8))
  /// https://www.crockford.com/base32.html
  static let crockford32 = PositionalNumber(digits: Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8))
  /// https://datatracker.ietf.org/doc/html/draft-msporny-base58-03
  static let base58 = PositionalNumber(digits: Array("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".utf8))

  /// `value` in at least `width` digits, padded with the zero digit.
  func text(of value: UInt64, width: Int, padsRight: Bool = false) -> [UInt8] {
    var rest = value
    let base = UInt64(digits.count)
    var text: [UInt8] = []
    while rest > 0 || text.isEmpty {
      text.append(digits[Int(rest % base)])
      rest /= base
    }
    text.reverse()
    let padding = [UInt8](repeating: digits[0], count: max(0, width - text.count))
    return padsRight ? text + padding : padding + text
  }

  /// The value of `text`; `nil` when it is empty, too large or has other characters.
  func value(of text: some Sequence<UInt8>) -> Int? {
    var value: Int?
    for byte in text {
      guard let digit = digits.firstIndex(of: byte) else { return nil }
      let (product, overflow) = (value ?? 0).multipliedReportingOverflow(by: digits.count)
      guard !overflow, product <= Int.max - digit else { return nil }
      value = product + digit
    }
    return value
  }

  /// More digits than any token has; the work grows with their square.
  private static let maxDigits = 256

  /// The bytes of the number that `text` writes, most significant first, a zero byte for each leading zero digit, as
  /// Bitcoin has it; `nil` for other characters.
  func bytes(of text: [UInt8]) -> [UInt8]? {
    guard !text.isEmpty, text.count <= Self.maxDigits else { return nil }
    var bytes: [UInt8] = []
    for byte in text {
      guard let digit = digits.firstIndex(of: byte) else { return nil }
      var carry = digit
      for place in bytes.indices {
        carry += Int(bytes[place]) * digits.count
        bytes[place] = UInt8(truncatingIfNeeded: carry)
        carry >>= 8
      }
      if carry > 0 { bytes.append(UInt8(carry)) }
    }
    return text.prefix { $0 == digits[0] }.map { _ in 0 } + bytes.reversed()
  }

  /// What ``bytes(of:)`` reads back.
  func text(ofBytes bytes: [UInt8]) -> [UInt8] {
    var places: [Int] = []
    for byte in bytes {
      var carry = Int(byte)
      for place in places.indices {
        carry += places[place] << 8
        places[place] = carry % digits.count
        carry /= digits.count
      }
      while carry > 0 {
        places.append(carry % digits.count)
        carry /= digits.count
      }
    }
    return bytes.prefix { $0 == 0 }.map { _ in digits[0] } + places.reversed().map { digits[$0] }
  }
}
