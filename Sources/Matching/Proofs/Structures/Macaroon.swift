internal import Findings

/// PyPI's tokens: `pypi-` and a macaroon of version 2: the byte 2, fields of a type, a length and contents, a zero after each
/// group of fields, and 32 bytes of signature at the very end (https://github.com/rescrv/libmacaroons/blob/master/doc/format.txt).
/// Its caveats are JSON (https://github.com/pypi/warehouse, warehouse/macaroons/caveats).
enum Macaroon {
  private enum Field {
    static let location = 1
    static let identifier = 2
    static let signature = 6
  }

  static func verify(_ subject: TokenProof.Subject) -> TokenProof.Verification {
    let prefix = "pypi-"
    guard subject.value.starts(with: prefix.utf8),
      let bytes = BitText.base64URL.bytes(of: subject.value.dropFirst(prefix.utf8.count)), bytes.first == 2
    else { return .init(.disproved, "it is no macaroon") }
    var reader = Reader(rest: bytes.dropFirst())
    guard let location = reader.field(Field.location), !location.isEmpty,
      let identifier = reader.field(Field.identifier),
      !identifier.isEmpty, reader.end()
    else { return .init(.disproved, "it does not begin as a macaroon") }
    var facts = [fact(ofLocation: location)]
    while !reader.end() {
      guard let caveat = reader.field(Field.identifier), reader.end() else {
        return .init(.disproved, "one of its caveats is broken", facts)
      }
      facts += fact(ofCaveat: Array(caveat), asOf: subject.asOf)
    }
    guard let signature = reader.field(Field.signature), signature.count == 32, reader.rest.isEmpty else {
      return .init(.disproved, "its signature has not the length of one", facts)
    }
    return .init(.proved, "it is a complete macaroon", facts)
  }

  private static func fact(ofLocation location: ArraySlice<UInt8>) -> TokenProof.Fact {
    let host = TokenProof.Fact.plain(String(decoding: location, as: UTF8.self)) ?? "another place"
    return .init("It is for \(host).", limit: host == "test.pypi.org" ? .low : nil)
  }

  /// `[0, notAfter, notBefore]` ends, `[1, [names]]` and `[2, [ids]]` limit to projects, and so did
  /// `{"version": 1, "permissions": {"projects": [names]}}`.
  private static func fact(ofCaveat caveat: [UInt8], asOf: Timestamp?) -> [TokenProof.Fact] {
    guard let text = JSONText(caveat) else { return [] }
    if let projects = text["permissions"]?["projects"]?.elements.compactMap(\.text) {
      return [.init("It is for \(projects.count) \(projects.count == 1 ? "project" : "projects").")]
    }
    if text["permissions"]?.text == "user" { return [.init("It is for all projects of its user.")] }
    let elements = text.elements
    guard let kind = elements.first?.number, elements.count >= 2 else { return [] }
    switch kind {
    case 0: return elements[1].time.map { [.end(Timestamp(secondsSince1970: $0), asOf: asOf)] } ?? []
    case 1, 2:
      let count = elements[1].elements.count
      return [.init("It is for \(count) \(count == 1 ? "project" : "projects").")]
    case 3: return [.init("It is for all projects of its user.")]
    default: return []
    }
  }

  private struct Reader {
    var rest: ArraySlice<UInt8>

    /// Whether the group of fields ends here; then its end is read.
    mutating func end() -> Bool {
      guard rest.first == 0 else { return false }
      rest = rest.dropFirst()
      return true
    }

    mutating func field(_ type: Int) -> ArraySlice<UInt8>? {
      guard number() == type, let length = number(), length <= rest.count else { return nil }
      defer { rest = rest.dropFirst(length) }
      return rest.prefix(length)
    }

    /// Seven bits in each byte, the least significant first.
    private mutating func number() -> Int? {
      var value = 0
      for shift in stride(from: 0, to: 28, by: 7) {
        guard let byte = rest.popFirst() else { return nil }
        value |= Int(byte & 0x7F) << shift
        if byte < 0x80 { return value }
      }
      return nil
    }
  }
}
