internal import Findings

/// URLs whose query carries a signature and the time until which it counts.
///
/// Azure: https://learn.microsoft.com/rest/api/storageservices/create-service-sas (`sig`, `se`).
/// AWS and Google: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html and
/// https://cloud.google.com/storage/docs/access-control/signed-urls (`X-…-Signature`, `X-…-Date`, `X-…-Expires`).
enum SignedURL {
  static func verify(_ subject: TokenProof.Subject) -> TokenProof.Verification {
    // What belongs to the URL: up to the next character that none has.
    let before = subject.before.reversed().prefix { !endsURL($0) }.reversed()
    let after = subject.after.prefix { !endsURL($0) }
    return verify(query: before + subject.value + after, asOf: subject.asOf)
  }

  static func verify(query: [UInt8], asOf: Timestamp?) -> TokenProof.Verification {
    let parameters = parameters(of: query)
    var facts: [TokenProof.Fact] = []
    if let end = end(of: parameters) { facts.append(.end(end, asOf: asOf)) }
    // AKIA…/20260131/us-east-1/s3/aws4_request
    if let credential = parameters["x-amz-credential"], credential.utf8.count > 20 {
      facts += AWSKey.verifyAccessKeyID(Array(credential.utf8.prefix(20))).facts
    }
    if let signature = parameters["x-amz-signature"] ?? parameters["x-goog-signature"] {
      let isHex = signature.utf8.allSatisfy { $0.isASCIIDigit || (0x61...0x66).contains($0) }
      guard isHex, signature.utf8.count >= 64 else { return .init(.disproved, "its signature is not one", facts) }
      let hasTime =
        parameters.keys.contains { $0.hasSuffix("-date") } && parameters.keys.contains { $0.hasSuffix("-expires") }
      return hasTime
        ? .init(.proved, "its query is that of a signed URL", facts) : .init(.shaped, "its query is not whole", facts)
    }
    if let signature = parameters["sig"] ?? parameters["signature"] {
      // HMAC-SHA-256, or the SHA-1 of older services.
      guard let bytes = Base64.decode(signature.utf8), bytes.count == 32 || bytes.count == 20 else {
        return .init(.disproved, "its signature has not the length of one", facts)
      }
      return parameters["sv"] != nil || parameters["sp"] != nil || parameters["se"] != nil
        ? .init(.proved, "its signature has the length of one", facts) : .init(.shaped, "its query is not whole", facts)
    }
    return .init(.shaped, "its query is not whole", facts)
  }

  private static func end(of parameters: [String: String]) -> Timestamp? {
    if let end = parameters["se"] { return Timestamp(end) ?? Int(end).map(Timestamp.init(secondsSince1970:)) }
    for service in ["x-amz-", "x-goog-"] {
      if let date = parameters[service + "date"].flatMap({ Timestamp($0) }),
        let seconds = parameters[service + "expires"].flatMap({ Int($0) }), (0...1_000_000_000).contains(seconds)
      {
        return Timestamp(secondsSince1970: date.secondsSince1970 + seconds)
      }
    }
    // The older forms of AWS and Google say the second.
    if let end = parameters["expires"].flatMap({ Int($0) }), (0...100_000_000_000).contains(end) {
      return Timestamp(secondsSince1970: end)
    }
    return nil
  }

  /// Names in lower case, values with their percent signs read; the first of equal names counts.
  private static func parameters(of query: [UInt8]) -> [String: String] {
    var parameters: [String: String] = [:]
    // `&` may be written as an entity or a Unicode escape.
    let text = query.replacing("\\u0026".utf8, with: "&".utf8).replacing("&amp;".utf8, with: "&".utf8)
    for pair in text.split(whereSeparator: { separators.contains($0) }) {
      guard let equals = pair.firstIndex(of: UInt8(ascii: "=")) else { continue }
      let name = String(decoding: pair[..<equals].map(\.asciiLowercased), as: UTF8.self)
      guard parameters[name] == nil else { continue }
      parameters[name] = String(decoding: unescaped(pair[(equals + 1)...]), as: UTF8.self)
    }
    return parameters
  }

  private static let separators = Set("&?;".utf8)

  private static func unescaped(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    var place = text.startIndex
    while place < text.endIndex {
      if text[place] == UInt8(ascii: "%"), place + 2 < text.endIndex,
        let byte = BitText.hex.bytes(of: text[(place + 1)...(place + 2)].map(\.asciiLowercased))?.first
      {
        bytes.append(byte)
        place += 3
      } else {
        bytes.append(text[place])
        place += 1
      }
    }
    return bytes
  }

  private static func endsURL(_ byte: UInt8) -> Bool { byte <= 0x20 || "\"'<>`(){}|,".utf8.contains(byte) }
}
