internal import Findings

/// https://www.rfc-editor.org/rfc/rfc7519
enum JSONWebToken {
  static func verify(_ subject: TokenProof.Subject) -> TokenProof.Verification {
    // GitHub writes `ghs_`, the number of the app and `_` before it; a header is an object, so it begins `ey` or `ew`.
    let token = subject.value.starts(with: "ghs_".utf8) ? afterNumber(subject.value.dropFirst(4)) : subject.value[...]
    let parts = token.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 3, let header = object(parts[0]), let payload = object(parts[1]) else {
      return .init(.disproved, "its parts are not encoded JSON objects")
    }
    guard let algorithm = header["alg"]?.text, !algorithm.isEmpty else {
      return .init(.disproved, "its header names no algorithm")
    }
    let facts = facts(of: payload, asOf: subject.asOf)
    if algorithm.lowercased() == "none" { return .init(.shaped, "it is not signed (algorithm none)", facts) }
    guard !parts[2].isEmpty, Base64.decode(parts[2]) != nil else {
      return .init(.disproved, "its signature is not base64")
    }
    return .init(.proved, "its header and payload are valid", facts)
  }

  private static func afterNumber(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    text.drop { $0.isASCIIDigit }.dropFirst()
  }

  /// The JSON object that a part encodes.
  private static func object(_ part: ArraySlice<UInt8>) -> JSONText? {
    guard let bytes = Base64.decode(part), let text = JSONText(bytes), text.isObject else { return nil }
    return text
  }

  static func facts(of payload: JSONText, asOf: Timestamp?) -> [TokenProof.Fact] {
    var facts: [TokenProof.Fact] = []
    // https://jwt.io and most tutorials show this one.
    if payload["sub"]?.text == "1234567890",
      payload["name"]?.text == "John Doe" || payload["iat"]?.time == 1_516_239_022
    {
      facts.append(.init("It is the sample token of jwt.io.", limit: .note))
    }
    if let end = payload["exp"]?.time { facts.append(.end(Timestamp(secondsSince1970: end), asOf: asOf)) }
    guard let issuer = payload["iss"]?.text else { return facts }
    if documentationHosts.contains(where: { issuer.contains($0) }) {
      facts.append(.init("Its issuer is a name for documentation.", limit: .note))
    }
    switch (issuer, payload["role"]?.text) {
    // https://supabase.com/docs/guides/api/api-keys
    case (_, "anon"?) where issuer.contains("supabase"):
      facts.append(.init("Its role is anon: Supabase gives it to browsers.", limit: .low))
    case (_, let role?) where issuer.contains("supabase"):
      if let role = TokenProof.Fact.plain(role) { facts.append(.init("Its role is \(role).")) }
    default:
      if let issuer = TokenProof.Fact.plain(issuer) { facts.append(.init("It was issued by \(issuer).")) }
    }
    return facts
  }

  /// RFC 2606, 2 and 3
  private static let documentationHosts = [
    "example.com", "example.org", "example.net", ".example", ".invalid", ".test",
  ]
}
