/// libyaml counts characters; this counts the bytes along, forwards from the last question.
struct CharacterCursor {
  private let bytes: [UInt8]
  private let isASCII: Bool
  private var character = 0
  private var byte: Int
  let textStart: Int

  /// - Parameter textStart: the byte that is character 0: a byte order mark is not counted.
  init(_ bytes: [UInt8], textStart: Int) {
    self.bytes = bytes
    var union: UInt8 = 0
    for byte in bytes[textStart...] { union |= byte }
    isASCII = union < 0x80
    byte = textStart
    self.textStart = textStart
  }

  @inline(__always)
  mutating func byteOffset(ofCharacter target: Int) -> Int {
    if isASCII { return min(target + textStart, bytes.count) }
    return walk(to: target)
  }

  private mutating func walk(to target: Int) -> Int {
    var character = character
    var byte = byte
    let count = bytes.count
    while character < target, byte < count {
      byte += 1
      while byte < count, bytes[byte] & 0xC0 == 0x80 { byte += 1 }
      character += 1
    }
    // Marks can go back: the end of a plain scalar lies behind the start of the event after it.
    while character > target, byte > 0 {
      byte -= 1
      while byte > 0, bytes[byte] & 0xC0 == 0x80 { byte -= 1 }
      character -= 1
    }
    self.character = character
    self.byte = byte
    return byte
  }
}
