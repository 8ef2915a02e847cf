internal import Findings

/// What a pack can compute over a part of a value.
package enum ChecksumAlgorithm: String, CaseIterable, Sendable {
  case crc8
  case crc16XModem = "crc16-xmodem"
  case crc16CCITTFalse = "crc16-ccitt-false"
  case crc16Kermit = "crc16-kermit"
  case crc16ARC = "crc16-arc"
  case crc16Modbus = "crc16-modbus"
  /// Of OpenPGP (RFC 9580, 6.1).
  case crc24
  /// Of zlib, PNG and most tokens.
  case crc32
  /// Castagnoli's polynomial (RFC 3720, 12.1).
  case crc32C = "crc32c"
  /// RFC 1950, 8.2
  case adler32
  /// http://www.isthe.com/chongo/tech/comp/fnv/
  case fnv1a32 = "fnv1a-32"
  case fnv1a64 = "fnv1a-64"
  /// Seeded; of Microsoft's keys.
  case marvin32
  case sha256
  /// SHA-256 of the SHA-256, as Bitcoin has it.
  case sha256Twice = "sha256-twice"
  /// With a key that the pack names, which therefore is none that keeps a secret.
  case hmacSHA256 = "hmac-sha256"
  // What follows stands within the part that it covers.
  case luhn
  case mod97
  case bech32
  case bech32m

  /// Whether the part that is covered holds its own check.
  package var isSelfChecking: Bool {
    switch self {
    case .luhn, .mod97, .bech32, .bech32m: true
    default: false
    }
  }

  /// The length of what is computed, in bytes; of a check within the covered part, the bits by which it can fail.
  package var bits: Int {
    switch self {
    case .crc8: 8
    case .crc16XModem, .crc16CCITTFalse, .crc16Kermit, .crc16ARC, .crc16Modbus: 16
    case .crc24: 24
    case .crc32, .crc32C, .adler32, .fnv1a32, .marvin32: 32
    case .fnv1a64: 64
    case .sha256, .sha256Twice, .hmacSHA256: 256
    case .luhn: 3
    case .mod97: 6
    case .bech32, .bech32m: 30
    }
  }

  /// Most significant byte first.
  func digest(of bytes: [UInt8], seed: UInt64, key: [UInt8]) -> [UInt8] {
    switch self {
    case .crc8: number(CRC.crc8.checksum(of: bytes))
    case .crc16XModem: number(CRC.crc16XModem.checksum(of: bytes))
    case .crc16CCITTFalse: number(CRC.crc16CCITTFalse.checksum(of: bytes))
    case .crc16Kermit: number(CRC.crc16Kermit.checksum(of: bytes))
    case .crc16ARC: number(CRC.crc16ARC.checksum(of: bytes))
    case .crc16Modbus: number(CRC.crc16Modbus.checksum(of: bytes))
    case .crc24: number(CRC.crc24.checksum(of: bytes))
    case .crc32: number(CRC32.checksum(of: bytes))
    case .crc32C: number(CRC.crc32C.checksum(of: bytes))
    case .adler32: number(Self.adler32(bytes))
    case .fnv1a32: number(bytes.reduce(UInt32(0x811C_9DC5)) { ($0 ^ UInt32($1)) &* 0x0100_0193 })
    case .fnv1a64: number(bytes.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 })
    case .marvin32: number(Marvin32.checksum(of: bytes, seed: seed))
    case .sha256: Digest.sha256(bytes)
    case .sha256Twice: Digest.sha256(Digest.sha256(bytes))
    case .hmacSHA256: Digest.hmac(bytes, key: key)
    case .luhn, .mod97, .bech32, .bech32m: []
    }
  }

  /// Whether a part that checks itself does.
  func holds(_ bytes: [UInt8]) -> Bool {
    switch self {
    case .luhn: CheckDigits.luhnHolds(bytes)
    case .mod97: CheckDigits.mod97Holds(bytes)
    case .bech32: Bech32.holds(bytes, constant: 1)
    case .bech32m: Bech32.holds(bytes, constant: 0x2BC8_30A3)
    default: false
    }
  }

  private func number(_ value: some FixedWidthInteger & UnsignedInteger) -> [UInt8] {
    (0..<bits / 8).reversed().map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
  }

  private static func adler32(_ bytes: [UInt8]) -> UInt32 {
    var low: UInt32 = 1
    var high: UInt32 = 0
    for byte in bytes {
      low = (low + UInt32(byte)) % 65_521
      high = (high + low) % 65_521
    }
    return high << 16 | low
  }
}
