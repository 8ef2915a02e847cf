/// Addresses and ranges of addresses.
/// https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-ip-address-library
/// https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-cidr-library
enum NetworkFunctions {
  static let all: [Function] =
    [
      .function("ip") { (value, _) throws(ExpressionError) in .object(NetworkAddress(try address("ip", value))) },
      .function("isIP") { (value, _) throws(ExpressionError) in
        guard case .string(let text) = value else { throw .noSuchOverload("isIP", value) }
        return .bool(IPAddress(text) != nil)
      },
      .function("ip.isCanonical") { (value, _) throws(ExpressionError) in
        guard case .string(let text) = value else { throw .noSuchOverload("ip.isCanonical", value) }
        return .bool(try address("ip.isCanonical", value).text == text)
      },
      .method("family") { (value, _) throws(ExpressionError) in
        .int(try object("family", value).address.isIPv4 ? 4 : 6)
      },
      test("isUnspecified", \.isUnspecified), test("isLoopback", \.isLoopback),
      test("isGlobalUnicast", \.isGlobalUnicast), test("isLinkLocalMulticast", \.isLinkLocalMulticast),
      test("isLinkLocalUnicast", \.isLinkLocalUnicast),

      .function("cidr") { (value, _) throws(ExpressionError) in
        guard case .string = value else { throw .noSuchOverload("cidr", value) }
        return .object(try range("cidr", value))
      },
      .function("isCIDR") { (value, _) throws(ExpressionError) in
        guard case .string(let text) = value else { throw .noSuchOverload("isCIDR", value) }
        return .bool(NetworkRange(text) != nil)
      },
      .method("containsIP") { (value, other, _) throws(ExpressionError) in
        guard case .object = value else { throw .noSuchOverload("containsIP", value, other) }
        return .bool(try range("containsIP", value).contains(try address("containsIP", other)))
      },
      .method("containsCIDR") { (value, other, _) throws(ExpressionError) in
        guard case .object = value else { throw .noSuchOverload("containsCIDR", value, other) }
        return .bool(try range("containsCIDR", value).contains(try range("containsCIDR", other)))
      },
      rangeMethod("ip") { .object(NetworkAddress($0.address)) },
      rangeMethod("prefixLength") { .int(Int64($0.prefixLength)) },
      rangeMethod("masked") {
        .object(NetworkRange($0.address.masked($0.prefixLength), prefixLength: $0.prefixLength))
      },
    ]

  private static func test(_ name: String, _ test: @escaping @Sendable (IPAddress) -> Bool) -> Function {
    .method(name) { (value, _) throws(ExpressionError) in .bool(test(try object(name, value).address)) }
  }

  private static func rangeMethod(_ name: String, _ body: @escaping @Sendable (NetworkRange) -> Value) -> Function {
    .method(name) { (value, _) throws(ExpressionError) in
      guard case .object = value else { throw .noSuchOverload(name, value) }
      return body(try range(name, value))
    }
  }

  private static func object(_ name: String, _ value: Value) throws(ExpressionError) -> NetworkAddress {
    guard case .object(let object) = value, let address = object as? NetworkAddress else {
      throw .noSuchOverload(name, value)
    }
    return address
  }

  /// From an address or its text.
  private static func address(_ name: String, _ value: Value) throws(ExpressionError) -> IPAddress {
    guard case .string(let text) = value else { return try object(name, value).address }
    guard let address = IPAddress(text) else { throw .invalid("\(value) is not an IP address") }
    return address
  }

  /// From a range or its text.
  private static func range(_ name: String, _ value: Value) throws(ExpressionError) -> NetworkRange {
    switch value {
    case .string(let text):
      guard let range = NetworkRange(text) else { throw .invalid("\(value) is not a range of IP addresses") }
      return range
    case .object(let object as NetworkRange): return object
    default: throw .noSuchOverload(name, value)
    }
  }
}
