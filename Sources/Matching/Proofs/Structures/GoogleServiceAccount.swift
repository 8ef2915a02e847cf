internal import Findings

/// The JSON file that Google makes for a service account; the value is its PEM key, the members stand round it.
enum GoogleServiceAccount {
  static func verify(_ subject: TokenProof.Subject) -> TokenProof.Verification {
    var key = PEMPrivateKey.verify(subject.value)
    // Nearer to the key than what a neighbour says.
    if let email = (subject.after.textMember("client_email") ?? subject.before.textMember("client_email", isLast: true))
      .flatMap(TokenProof.Fact.plain), email.contains("@")
    {
      key.facts.append(.init("It is of the service account \(email)."))
    }
    guard key.proof == .proved,
      let identifier = subject.before.textMember("private_key_id", isLast: true)
        ?? subject.after.textMember("private_key_id")
    else { return key }
    let isHex = identifier.utf8.allSatisfy { $0.isASCIIDigit || (0x61...0x66).contains($0) }
    guard isHex, identifier.utf8.count == 40 else {
      return .init(.shaped, "the id of the key is not one that Google gives", key.facts)
    }
    return key
  }
}
