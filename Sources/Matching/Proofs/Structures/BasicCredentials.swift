internal import Findings

/// A user and a password with a colon between them in base 64 (RFC 7617), as HTTP headers, Docker and npm have them.
enum BasicCredentials {
  static func verify(_ value: [UInt8]) -> TokenProof.Verification {
    // Elastic Cloud puts its prefix before it.
    let base64 = value.starts(with: "essu_".utf8) ? value.dropFirst(5) : value[...]
    // `echo user:password | base64` encodes the line feed too.
    guard let bytes = Base64.decode(base64).map({ Array($0.last == 10 ? $0.dropLast() : $0[...]) }),
      let text = String(validating: bytes, as: UTF8.self)
    else {
      return .init(.disproved, "what it encodes is no text")
    }
    guard let colon = text.firstIndex(of: ":"), text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
      return .init(.disproved, "what it encodes is no user and password")
    }
    let password = Array(text[text.index(after: colon)...].utf8)
    if password.isEmpty { return .init(.disproved, "what it encodes has no password") }
    if samples.contains(text) {
      return .init(.shaped, "", [.init("It is a sample of RFC 7617.", limit: .note)])
    }
    if ValueFilter.placeholder.rejects(password[...]) || ValueFilter.reference.rejects(password[...]) {
      return .init(.shaped, "", [.init("The password stands in for one.", limit: .note)])
    }
    return .init(.shaped, "")
  }

  private static let samples: Set<String> = ["Aladdin:open sesame", "Aladdin:OpenSesame", "test:123\u{A3}"]
}
