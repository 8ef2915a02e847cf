internal import Findings

/// A password in a URL or connection string counts for the host that stands behind it.
enum URLPassword {
  static func verify(_ subject: TokenProof.Subject) -> TokenProof.Verification {
    guard let host = host(in: subject.after) else { return .init(.shaped, "") }
    let name = host.split(separator: ":").first.map(String.init)?.lowercased() ?? host
    if localHosts.contains(name) {
      return .init(.shaped, "", [.init("It is for this machine only.", limit: .low)])
    }
    if documentationHosts.contains(where: { name == $0 || name.hasSuffix("." + $0) }) {
      return .init(.shaped, "", [.init("Its host is a name for documentation.", limit: .note)])
    }
    return .init(.shaped, "")
  }

  /// What follows `@`, up to the path, the query or the end of the text.
  private static func host(in text: [UInt8]) -> String? {
    guard text.first == UInt8(ascii: "@") else { return nil }
    let host = text.dropFirst().prefix(253).prefix { $0 > 0x20 && !"/?#\"'`<>,;)]}\\".utf8.contains($0) }
    // `[::1]:5432`
    return host.isEmpty
      ? (text.dropFirst().starts(with: "[::1".utf8) ? "::1" : nil) : String(decoding: host, as: UTF8.self)
  }

  private static let localHosts: Set<String> = ["localhost", "127.0.0.1", "0.0.0.0", "[", "host.docker.internal"]

  /// RFC 2606, 2 and 3
  private static let documentationHosts = ["example.com", "example.org", "example.net", "example", "invalid", "test"]
}
