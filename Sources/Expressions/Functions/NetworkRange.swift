/// `cidr('…')`. The bits after the prefix are kept; `masked()` clears them.
final class NetworkRange: ValueObject {
  static let type = ValueType("net.CIDR")
  let address: IPAddress
  let prefixLength: Int

  init(_ address: IPAddress, prefixLength: Int) {
    self.address = address
    self.prefixLength = prefixLength
  }

  init?(_ text: String) {
    guard text.utf8.count <= 43 else { return nil }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let address = IPAddress(String(parts[0])), (1...3).contains(parts[1].utf8.count),
      parts[1].utf8.allSatisfy({ $0.decimalDigit != nil }), parts[1].utf8.count == 1 || !parts[1].hasPrefix("0"),
      let length = Int(parts[1]), length <= address.width
    else { return nil }
    self.address = address
    prefixLength = length
  }

  var type: ValueType { Self.type }
  var text: String? { "\(address.text)/\(prefixLength)" }

  func isEqual(to other: any ValueObject) -> Bool {
    guard let other = other as? NetworkRange else { return false }
    return other.address == address && other.prefixLength == prefixLength
  }

  func contains(_ other: IPAddress) -> Bool {
    other.isIPv4 == address.isIPv4 && other.masked(prefixLength) == address.masked(prefixLength)
  }

  func contains(_ other: NetworkRange) -> Bool {
    other.prefixLength >= prefixLength && contains(other.address)
  }
}
