/// The checksum of BIP-173 and BIP-350: a name, `1`, and base 32 whose last six digits check all before them
/// (https://github.com/bitcoin/bips/blob/master/bip-0173.mediawiki).
enum Bech32 {
  static let digits = Array("qpzry9x8gf2tvdw0s3jn54khce6mua7l".utf8)
  static let checksumLength = 6

  /// - Parameter constant: what the checksum comes to: 1 for Bech32, 0x2BC830A3 for Bech32m.
  static func holds(_ text: some Sequence<UInt8>, constant: UInt32) -> Bool {
    guard let (name, values) = parse(Array(text)), values.count >= checksumLength else { return false }
    return polymod(expanded(name) + values) == constant
  }

  /// The text with its last six digits replaced by those that make the checksum hold; `nil` when it is of another form.
  static func completed(_ text: [UInt8], constant: UInt32) -> [UInt8]? {
    guard let (name, values) = parse(text), values.count >= checksumLength else { return nil }
    let zeros = [UInt8](repeating: 0, count: checksumLength)
    let sum = polymod(expanded(name) + values.dropLast(checksumLength) + zeros) ^ constant
    let isUpper = text.contains { (0x41...0x5A).contains($0) }
    let check = (0..<checksumLength).map { place -> UInt8 in
      let digit = digits[Int(sum >> UInt32(5 * (checksumLength - 1 - place)) & 31)]
      return isUpper && (0x61...0x7A).contains(digit) ? digit & 0xDF : digit
    }
    return text.dropLast(checksumLength) + check
  }

  /// The name in lower case and the digits' values; `nil` for mixed case and other characters.
  private static func parse(_ text: [UInt8]) -> (name: [UInt8], values: [UInt8])? {
    let hasUpper = text.contains { (0x41...0x5A).contains($0) }
    let hasLower = text.contains { (0x61...0x7A).contains($0) }
    guard !(hasUpper && hasLower), text.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
    let lower = text.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    guard let separator = lower.lastIndex(of: UInt8(ascii: "1")), separator > 0 else { return nil }
    var values: [UInt8] = []
    for byte in lower[(separator + 1)...] {
      guard let value = digits.firstIndex(of: byte) else { return nil }
      values.append(UInt8(value))
    }
    return (Array(lower[..<separator]), values)
  }

  private static func expanded(_ name: [UInt8]) -> [UInt8] { name.map { $0 >> 5 } + [0] + name.map { $0 & 31 } }

  private static func polymod(_ values: [UInt8]) -> UInt32 {
    let generator: [UInt32] = [0x3B6A_57B2, 0x2650_8E6D, 0x1EA1_19FA, 0x3D42_33DD, 0x2A14_62B3]
    return values.reduce(1) { sum, value in
      let top = sum >> 25
      let next = (sum & 0x1FF_FFFF) << 5 ^ UInt32(value)
      return (0..<5).reduce(next) { top >> UInt32($1) & 1 == 1 ? $0 ^ generator[$1] : $0 }
    }
  }
}
