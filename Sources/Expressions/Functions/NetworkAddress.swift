/// `ip('…')`
final class NetworkAddress: ValueObject {
  static let type = ValueType("net.IP")
  let address: IPAddress

  init(_ address: IPAddress) { self.address = address }

  var type: ValueType { Self.type }
  var text: String? { address.text }

  func isEqual(to other: any ValueObject) -> Bool {
    (other as? NetworkAddress)?.address.unmapped == address.unmapped
  }
}
