internal import Findings

/// A `.ppk` file (https://the.earth.li/~sgtatham/putty/latest/htmldoc/AppendixC.html): named lines, counted lines of
/// base 64, and a MAC. That of version 3 is an HMAC-SHA-256, whose key is empty where nothing is encrypted; that of
/// version 2 is an HMAC-SHA-1, which no other proof needs and which therefore is not computed here.
enum PuTTYKey {
  static func verify(_ subject: TokenProof.Subject) -> TokenProof.Verification {
    let text = subject.value + subject.after
    var lines = text.split(separator: 10, omittingEmptySubsequences: false).map { line in
      String(decoding: line.last == 13 ? line.dropLast() : line, as: UTF8.self)
    }[...]
    func field(_ name: String) -> String? {
      guard let line = lines.first, line.hasPrefix(name) else { return nil }
      lines = lines.dropFirst()
      let value = line.dropFirst(name.count).drop { $0 == ":" }
      return String(value.first == " " ? value.dropFirst() : value)
    }
    func block(_ name: String) -> [UInt8]? {
      guard let count = field(name).flatMap({ Int($0) }), (1...1_000).contains(count), lines.count >= count else {
        return nil
      }
      let base64 = lines.prefix(count).joined()
      lines = lines.dropFirst(count)
      return BitText.base64.bytes(of: Array(base64.utf8))
    }
    // `PuTTY-User-Key-File-3: ssh-ed25519`
    guard let first = field("PuTTY-User-Key-File-"), let version = first.first,
      let algorithm = first.split(separator: " ").last, let encryption = field("Encryption")
    else { return .init(.disproved, "its first lines are not those of a key") }
    let facts =
      encryption == "none" ? [] : [TokenProof.Fact("Without the passphrase it opens nothing.", limit: .low)]
    let comment = field("Comment") ?? ""
    guard let publicKey = block("Public-Lines") else {
      return .init(.disproved, "its public part is not base64", facts)
    }
    while lines.first?.hasPrefix("Key-Derivation") == true || lines.first?.hasPrefix("Argon2-") == true {
      lines = lines.dropFirst()
    }
    guard let privateKey = block("Private-Lines") else { return .init(.shaped, "it is cut short or edited", facts) }
    guard encryption == "none" else { return .init(.shaped, "it is encrypted with a passphrase", facts) }
    guard version == "3", let code = field("Private-MAC") else {
      return .init(.shaped, "its MAC is not computed", facts)
    }
    func string(_ bytes: [UInt8]) -> [UInt8] {
      (0..<4).map { UInt8(truncatingIfNeeded: bytes.count >> (24 - 8 * $0)) } + bytes
    }
    let covered =
      string(Array(algorithm.utf8)) + string(Array(encryption.utf8)) + string(Array(comment.utf8)) + string(publicKey)
      + string(privateKey)
    return Digest.hex(Digest.hmac(covered, key: [])) == code.lowercased()
      ? .init(.proved, "its MAC holds", facts) : .init(.disproved, "its MAC does not hold", facts)
  }
}
