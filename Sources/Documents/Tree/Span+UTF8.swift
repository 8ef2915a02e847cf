extension Span<UInt8> {
  /// The length of the character at `offset`, or 0 where none is well-formed (Unicode 16.0, 3.9, table 3-7).
  func utf8Length(at offset: Int) -> Int {
    let lead = self[offset]
    let length: Int
    var second: ClosedRange<UInt8> = 0x80...0xBF
    switch lead {
    case 0..<0x80: return 1
    case 0xC2...0xDF: length = 2
    case 0xE0...0xEF:
      length = 3
      if lead == 0xE0 { second = 0xA0...0xBF }
      if lead == 0xED { second = 0x80...0x9F }
    case 0xF0...0xF4:
      length = 4
      if lead == 0xF0 { second = 0x90...0xBF }
      if lead == 0xF4 { second = 0x80...0x8F }
    default: return 0
    }
    guard offset + length <= count, second ~= self[offset + 1] else { return 0 }
    for index in 2..<4 where index < length && self[offset + index] & 0xC0 != 0x80 { return 0 }
    return length
  }

  /// The number that `count` hexadecimal digits at `offset` are, at most eight; `nil` when there are fewer.
  func hexadecimal(at offset: Int, count digits: Int) -> UInt32? {
    guard offset + digits <= count else { return nil }
    var value: UInt32 = 0
    for index in offset..<offset + digits {
      guard let digit = self[index].hexadecimalValue else { return nil }
      value = value << 4 | digit
    }
    return value
  }
}

extension UInt8 {
  var hexadecimalValue: UInt32? {
    switch self {
    case 0x30...0x39: UInt32(self) - 0x30
    case 0x41...0x46: UInt32(self) - 0x41 + 10
    case 0x61...0x66: UInt32(self) - 0x61 + 10
    default: nil
    }
  }
}
