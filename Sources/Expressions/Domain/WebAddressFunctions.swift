/// https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-url-library, and `getUserInfo`.
enum WebAddressFunctions {
  static let all: [Function] = [
    .function("url") { (value, evaluation) throws(ExpressionError) in
      // Without the text: it may hold a password.
      guard let address = try address("url", value, &evaluation) else {
        throw .invalid("the text is neither an absolute URL nor a path from the root")
      }
      return .object(address)
    },
    .function("isURL") { (value, evaluation) throws(ExpressionError) in
      .bool(try address("isURL", value, &evaluation) != nil)
    },
    part("getScheme") { .string($0.scheme) }, part("getHost") { .string($0.host) },
    part("getHostname") { .string($0.hostname) }, part("getPort") { .string($0.port) },
    part("getEscapedPath") { .string($0.path) },
    part("getQuery", isCostly: true) { .map(ValueTable($0.parameters)) },
    part("getUserInfo") { .map([("name", .string($0.user)), ("hasPassword", .bool($0.hasPassword))]) },
  ]

  private static func address(
    _ name: String, _ value: Value, _ evaluation: inout Evaluation
  ) throws(ExpressionError) -> WebAddress? {
    guard case .string(let text) = value else { throw .noSuchOverload(name, value) }
    try evaluation.charge(4 + min(text.utf8.count, WebAddress.longest) >> 1)
    return WebAddress(text)
  }

  private static func part(
    _ name: String, isCostly: Bool = false, _ part: @escaping @Sendable (WebAddress.Parts) -> Value
  ) -> Function {
    .method(name) { (value, evaluation) throws(ExpressionError) in
      guard case .object(let address as WebAddress) = value else { throw .noSuchOverload(name, value) }
      if isCostly { try evaluation.charge(1 + address.parts.query.utf8.count) }
      return part(address.parts)
    }
  }
}
