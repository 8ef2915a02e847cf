// One function for all widths and conventions, after the model of Ross Williams' guide (http://www.ross.net/crc/), with
// the parameters of https://reveng.sourceforge.io/crc-catalogue/all.htm. zlib would be one more library to install for a
// loop. CRC-32, which most tokens use, has a table.

/// A cyclic redundancy check.
struct CRC: Hashable, Sendable {
  /// In bits, from 8 to 32.
  let width: Int
  let polynomial: UInt32
  let initial: UInt32
  /// Whether bytes and register are taken with the least significant bit first.
  let isReflected: Bool
  let finalXOR: UInt32

  func checksum(of bytes: some Sequence<UInt8>) -> UInt32 {
    let top = UInt32(1) << UInt32(width - 1)
    var register = initial
    for byte in bytes {
      for bit in 0..<8 {
        let input = UInt32(isReflected ? byte >> UInt8(bit) : byte >> UInt8(7 - bit)) & 1
        let carry = (register & top == 0 ? 0 : 1) ^ input
        register <<= 1
        if carry == 1 { register ^= polynomial }
      }
    }
    register &= top << 1 &- 1
    return (isReflected ? reflected(register) : register) ^ finalXOR
  }

  private func reflected(_ value: UInt32) -> UInt32 {
    (0..<width).reduce(0) { $0 << 1 | value >> UInt32($1) & 1 }
  }

  static let crc8 = CRC(width: 8, polynomial: 0x07, initial: 0, isReflected: false, finalXOR: 0)
  static let crc16XModem = CRC(width: 16, polynomial: 0x1021, initial: 0, isReflected: false, finalXOR: 0)
  static let crc16CCITTFalse = CRC(width: 16, polynomial: 0x1021, initial: 0xFFFF, isReflected: false, finalXOR: 0)
  static let crc16Kermit = CRC(width: 16, polynomial: 0x1021, initial: 0, isReflected: true, finalXOR: 0)
  static let crc16ARC = CRC(width: 16, polynomial: 0x8005, initial: 0, isReflected: true, finalXOR: 0)
  static let crc16Modbus = CRC(width: 16, polynomial: 0x8005, initial: 0xFFFF, isReflected: true, finalXOR: 0)
  /// RFC 9580, 6.1
  static let crc24 = CRC(width: 24, polynomial: 0x864CFB, initial: 0xB704CE, isReflected: false, finalXOR: 0)
  static let crc32C = CRC(width: 32, polynomial: 0x1EDC_6F41, initial: ~0, isReflected: true, finalXOR: ~0)
}

/// CRC-32 as zlib and PNG compute it (ISO 3309; reflected polynomial 0xEDB88320).
enum CRC32 {
  static func checksum(of bytes: some Sequence<UInt8>) -> UInt32 {
    ~bytes.reduce(~0) { table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ $0 >> 8 }
  }

  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
  }
}
