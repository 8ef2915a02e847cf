// Kubernetes reads URLs by Go's net/url, which takes more than RFC 3986 does: spaces and letters of any script in paths
// and queries. What people write in configuration is as lax, so this reader is too.

/// `url('…')`: an absolute URI, or a path from the root, in its parts. https://www.rfc-editor.org/rfc/rfc3986#section-3
///
/// It has no text: one with a password in it must not come into a message.
final class WebAddress: ValueObject {
  static let type = ValueType("kubernetes.URL")
  /// Longer texts are refused, as by most servers.
  static let longest = 65_536

  private let source: String
  let parts: Parts

  struct Parts: Sendable {
    var scheme = ""
    var user = ""
    var hasPassword = false
    /// As written, with the port, without user information.
    var host = ""
    var hostname = ""
    var port = ""
    var path = ""
    var query = ""
  }

  init?(_ text: String) {
    guard let parts = Parts(text) else { return nil }
    source = text
    self.parts = parts
  }

  var type: ValueType { Self.type }

  func isEqual(to other: any ValueObject) -> Bool {
    (other as? WebAddress)?.source.isSameText(as: source) == true
  }
}

extension WebAddress.Parts {
  init?(_ text: String) {
    self.init()
    let hasControls = text.utf8.contains { $0 < 0x20 || $0 == 0x7F }
    guard !text.isEmpty, text.utf8.count <= WebAddress.longest, !hasControls else { return nil }
    var rest = text.utf8[...]
    if rest.first != UInt8(ascii: "/") {
      guard let colon = rest.firstIndex(of: UInt8(ascii: ":")), Self.isScheme(rest[..<colon]) else { return nil }
      scheme = String(decoding: rest[..<colon].map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
      rest = rest[rest.index(after: colon)...]
    }
    if let hash = rest.firstIndex(of: UInt8(ascii: "#")) {
      guard PercentEncoding.isValid(rest[hash...]) else { return nil }
      rest = rest[..<hash]
    }
    if let mark = rest.firstIndex(of: UInt8(ascii: "?")) {
      query = String(Substring(rest[rest.index(after: mark)...]))
      rest = rest[..<mark]
    }
    if rest.starts(with: "//".utf8), !scheme.isEmpty || !rest.starts(with: "///".utf8) {
      let authority = rest.dropFirst(2).prefix { $0 != UInt8(ascii: "/") }
      rest = rest.dropFirst(2 + authority.count)
      guard read(authority: authority) else { return nil }
    } else if rest.first != UInt8(ascii: "/") {
      // `mailto:someone@example.com` has neither host nor path.
      return
    }
    guard PercentEncoding.isValid(rest) else { return nil }
    path = PercentEncoding.escaped(rest, besides: "/!$&'()*+,;=:@[]%")
  }

  /// https://www.rfc-editor.org/rfc/rfc3986#section-3.1
  private static func isScheme(_ text: Substring.UTF8View) -> Bool {
    guard let first = text.first, (0x61...0x7A).contains(first | 0x20) else { return false }
    return text.allSatisfy { (0x61...0x7A).contains($0 | 0x20) || $0.decimalDigit != nil || "+-.".utf8.contains($0) }
  }

  /// https://www.rfc-editor.org/rfc/rfc3986#section-3.2
  private mutating func read(authority: Substring.UTF8View) -> Bool {
    var rest = authority
    if let at = rest.lastIndex(of: UInt8(ascii: "@")) {
      let information = rest[..<at]
      rest = rest[rest.index(after: at)...]
      let isAllowed = information.allSatisfy { PercentEncoding.isPlain($0) || "-._~:!$&'()*+,;=%@".utf8.contains($0) }
      guard isAllowed, PercentEncoding.isValid(information) else { return false }
      let name = information.prefix { $0 != UInt8(ascii: ":") }
      hasPassword = name.endIndex < information.endIndex
      guard let decoded = PercentEncoding.decoded(name) else { return false }
      user = decoded
    }
    host = String(Substring(rest))
    if rest.first == UInt8(ascii: "[") {
      guard let close = rest.lastIndex(of: UInt8(ascii: "]")) else { return false }
      let inner = rest[..<close].dropFirst()
      hostname = String(Substring(inner))
      // RFC 6874: a zone follows `%25`.
      let address = hostname.split(separator: "%25", maxSplits: 1, omittingEmptySubsequences: false)
      guard !address.isEmpty, address[0].utf8.contains(UInt8(ascii: ":")),
        address[0].utf8.allSatisfy({ $0.hexDigit != nil || ":.".utf8.contains($0) })
      else { return false }
      rest = rest[rest.index(after: close)...]
    } else {
      let name = rest.prefix { $0 != UInt8(ascii: ":") }
      let isAllowed = name.allSatisfy {
        $0 >= 0x80 || PercentEncoding.isPlain($0) || "-._~!$&'()*+,;=%".utf8.contains($0)
      }
      guard isAllowed, let decoded = PercentEncoding.decoded(name) else { return false }
      hostname = decoded
      rest = rest[name.endIndex...]
    }
    if rest.isEmpty { return true }
    guard rest.removeFirst() == UInt8(ascii: ":"), rest.allSatisfy({ $0.decimalDigit != nil }) else { return false }
    port = String(Substring(rest))
    return true
  }

  /// The parameters of the query: each with its values in order, in order of first appearance. What cannot be decoded is
  /// left out, as in Go.
  var parameters: ValueDictionary {
    var names: [String] = []
    var values: [String: [Value]] = [:]
    for pair in query.utf8.split(separator: UInt8(ascii: "&")) where !pair.contains(UInt8(ascii: ";")) {
      let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = PercentEncoding.decoded(parts[0], isForm: true),
        let value = parts.count == 2 ? PercentEncoding.decoded(parts[1], isForm: true) : ""
      else { continue }
      if values[name] == nil { names.append(name) }
      values[name, default: []].append(.string(value))
    }
    var parameters = ValueDictionary()
    for name in names { parameters.set(.string(name), to: .list(values[name] ?? [])) }
    return parameters
  }
}
