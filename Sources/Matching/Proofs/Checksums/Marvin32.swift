/// The seeded checksum of Microsoft's identifiable keys: a state of two words, blocks of four bytes, little-endian
/// (https://github.com/microsoft/security-utilities, src/Marvin).
enum Marvin32 {
  static func checksum(of bytes: some Collection<UInt8>, seed: UInt64) -> UInt32 {
    var low = UInt32(truncatingIfNeeded: seed)
    var high = UInt32(truncatingIfNeeded: seed >> 32)
    func mix() {
      high ^= low
      low = low << 20 | low >> 12
      low &+= high
      high = high << 9 | high >> 23
      high ^= low
      low = low << 27 | low >> 5
      low &+= high
      high = high << 19 | high >> 13
    }
    var block: UInt32 = 0
    var filled: UInt32 = 0
    for byte in bytes {
      block |= UInt32(byte) << (8 * filled)
      filled += 1
      if filled == 4 {
        low &+= block
        mix()
        (block, filled) = (0, 0)
      }
    }
    // The rest, closed by a byte 0x80, then one block of zeros.
    low &+= block | 0x80 << (8 * filled)
    mix()
    mix()
    return low ^ high
  }
}
