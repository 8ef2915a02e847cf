/// An IPv4 or IPv6 address.
/// https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-ip-address-library
struct IPAddress: Sendable, Equatable {
  /// An IPv4 address is in the lowest 32 bits.
  let bits: UInt128
  let isIPv4: Bool

  var width: Int { isIPv4 ? 32 : 128 }

  /// `::ffff:c0a8:1` is 192.168.0.1 in IPv6; the two are equal.
  var unmapped: IPAddress {
    !isIPv4 && bits >> 32 == 0xFFFF ? IPAddress(bits: bits & 0xFFFF_FFFF, isIPv4: true) : self
  }

  init(bits: UInt128, isIPv4: Bool) {
    self.bits = bits
    self.isIPv4 = isIPv4
  }

  /// Reads what RFC 4291 and dotted decimals allow, without zones and without dotted decimals inside of IPv6, as
  /// Kubernetes does. `nil` for anything else.
  init?(_ text: String) {
    guard text.utf8.count <= 39 else { return nil }
    let isIPv4 = !text.utf8.contains(UInt8(ascii: ":"))
    guard let bits = isIPv4 ? Self.readIPv4(text) : Self.readIPv6(text) else { return nil }
    self.init(bits: bits, isIPv4: isIPv4)
  }

  private static func readIPv4(_ text: String) -> UInt128? {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var bits: UInt128 = 0
    for part in parts {
      // Leading zeros are refused: some read them as octal.
      guard (1...3).contains(part.count), part.count == 1 || part.first != UInt8(ascii: "0") else { return nil }
      var number = 0
      for byte in part {
        guard let digit = byte.decimalDigit else { return nil }
        number = number * 10 + digit
      }
      guard number < 256 else { return nil }
      bits = bits << 8 | UInt128(number)
    }
    return bits
  }

  /// https://www.rfc-editor.org/rfc/rfc4291#section-2.2
  private static func readIPv6(_ text: String) -> UInt128? {
    let bytes = Array(text.utf8)
    let colon = UInt8(ascii: ":")
    guard let gap = (0..<max(0, bytes.count - 1)).first(where: { bytes[$0] == colon && bytes[$0 + 1] == colon }) else {
      guard let groups = groups(bytes[...]), groups.count == 8 else { return nil }
      return groups.reduce(0) { $0 << 16 | $1 }
    }
    guard let before = groups(bytes[..<gap]), let after = groups(bytes[(gap + 2)...]), before.count + after.count < 8
    else { return nil }
    let zeros = Array(repeating: UInt128(0), count: 8 - before.count - after.count)
    return (before + zeros + after).reduce(0) { $0 << 16 | $1 }
  }

  private static func groups(_ bytes: ArraySlice<UInt8>) -> [UInt128]? {
    if bytes.isEmpty { return [] }
    var groups: [UInt128] = []
    for part in bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false) {
      guard (1...4).contains(part.count) else { return nil }
      var number: UInt128 = 0
      for byte in part {
        guard let digit = byte.hexDigit else { return nil }
        number = number << 4 | UInt128(digit)
      }
      groups.append(number)
    }
    return groups
  }

  /// The canonical text. https://www.rfc-editor.org/rfc/rfc5952#section-4
  var text: String {
    if isIPv4 { return [24, 16, 8, 0].map { String((bits >> UInt128($0)) & 0xFF) }.joined(separator: ".") }
    let groups = (0..<8).map { UInt16(truncatingIfNeeded: bits >> UInt128(112 - 16 * $0)) }
    // The longest run of at least two zeros, the first of them, is left out.
    var best = 0..<0
    var index = 0
    while index < 8 {
      let end = groups[index...].firstIndex { $0 != 0 } ?? 8
      if end - index > max(1, best.count) { best = index..<end }
      index = max(end, index + 1)
    }
    func joined(_ part: ArraySlice<UInt16>) -> String { part.map { String($0, radix: 16) }.joined(separator: ":") }
    return best.isEmpty
      ? joined(groups[...]) : joined(groups[..<best.lowerBound]) + "::" + joined(groups[best.upperBound...])
  }

  /// With the bits after the prefix cleared.
  func masked(_ prefixLength: Int) -> IPAddress {
    let hostBits = width - prefixLength
    return IPAddress(bits: hostBits == 128 ? 0 : (bits >> UInt128(hostBits)) << UInt128(hostBits), isIPv4: isIPv4)
  }

  // The classes of addresses are those of Go's net/netip, which Kubernetes uses: https://pkg.go.dev/net/netip#Addr

  var isUnspecified: Bool { bits == 0 }

  var isLoopback: Bool {
    let address = unmapped
    return address.isIPv4 ? address.bits >> 24 == 127 : address.bits == 1
  }

  var isMulticast: Bool {
    let address = unmapped
    return address.isIPv4 ? address.bits >> 28 == 0xE : address.bits >> 120 == 0xFF
  }

  var isLinkLocalMulticast: Bool {
    let address = unmapped
    return address.isIPv4 ? address.bits >> 8 == 0xE00000 : (address.bits >> 112) & 0xFF0F == 0xFF02
  }

  var isLinkLocalUnicast: Bool {
    let address = unmapped
    return address.isIPv4 ? address.bits >> 16 == 0xA9FE : address.bits >> 118 == 0x3FA
  }

  var isGlobalUnicast: Bool {
    let address = unmapped
    if address.isIPv4 && address.bits == 0xFFFF_FFFF { return false }
    return !isUnspecified && !isLoopback && !isMulticast && !isLinkLocalUnicast
  }
}
