/// The dates and times of RFC 3339 that TOML has: with an offset, without one, and a date or a time alone.
enum TOMLDateTime {
  static func isValid(_ text: Span<UInt8>) -> Bool {
    var rest = Scanner(count: text.count)
    if text[2] == UInt8(ascii: ":") { return rest.readTime(text) && rest.isAtEnd }
    guard rest.readDate(text) else { return false }
    if rest.isAtEnd { return true }
    guard rest.read(text, where: { $0 | 0x20 == UInt8(ascii: "t") || $0 == 0x20 }), rest.readTime(text) else {
      return false
    }
    return rest.isAtEnd || (rest.readOffset(text) && rest.isAtEnd)
  }

  private struct Scanner {
    let count: Int
    var offset = 0

    init(count: Int) { self.count = count }

    var isAtEnd: Bool { offset == count }

    mutating func read(_ text: Span<UInt8>, where isWanted: (UInt8) -> Bool) -> Bool {
      guard offset < count, isWanted(text[offset]) else { return false }
      offset += 1
      return true
    }

    mutating func read(_ byte: Unicode.Scalar, _ text: Span<UInt8>) -> Bool {
      read(text) { $0 == UInt8(ascii: byte) }
    }

    /// A number of exactly so many digits.
    mutating func readNumber(digits: Int, _ text: Span<UInt8>) -> Int? {
      guard offset + digits <= count else { return nil }
      var value = 0
      for _ in 0..<digits {
        guard text[offset].isDigit else { return nil }
        value = value * 10 + Int(text[offset] - UInt8(ascii: "0"))
        offset += 1
      }
      return value
    }

    mutating func readDate(_ text: Span<UInt8>) -> Bool {
      guard let year = readNumber(digits: 4, text), read("-", text),
        let month = readNumber(digits: 2, text), 1...12 ~= month, read("-", text),
        let day = readNumber(digits: 2, text)
      else { return false }
      let isLeapYear = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      let length =
        switch month {
        case 2: isLeapYear ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
      return 1...length ~= day
    }

    /// Second 60 is a leap second (RFC 3339, 5.6); whether there was one is not for us to know.
    mutating func readTime(_ text: Span<UInt8>) -> Bool {
      guard let hour = readNumber(digits: 2, text), hour < 24, read(":", text),
        let minute = readNumber(digits: 2, text), minute < 60, read(":", text),
        let second = readNumber(digits: 2, text), second <= 60
      else { return false }
      guard read(".", text) else { return true }
      guard read(text, where: \.isDigit) else { return false }
      while read(text, where: \.isDigit) {}
      return true
    }

    mutating func readOffset(_ text: Span<UInt8>) -> Bool {
      if read(text, where: { $0 | 0x20 == UInt8(ascii: "z") }) { return true }
      guard read(text, where: { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }),
        let hour = readNumber(digits: 2, text), hour < 24, read(":", text),
        let minute = readNumber(digits: 2, text), minute < 60
      else { return false }
      return true
    }
  }
}
