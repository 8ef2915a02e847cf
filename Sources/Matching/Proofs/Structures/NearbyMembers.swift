internal import Findings

// What stands near a credential is seldom a whole document, so it is searched, not parsed.

extension [UInt8] {
  /// The text of a member of JSON with this name, the first or the last one here.
  func textMember(_ name: String, isLast: Bool = false) -> String? {
    let texts = values(ofMember: name).compactMap { rest -> String? in
      guard rest.first == UInt8(ascii: "\"") else { return nil }
      return String(decoding: rest.dropFirst().prefix(200).prefix { $0 != UInt8(ascii: "\"") }, as: UTF8.self)
    }
    return isLast ? texts.last : texts.first
  }

  /// The numbers of all members with this name.
  func numberMembers(_ name: String) -> [Int] {
    values(ofMember: name).compactMap { rest in
      PositionalNumber.decimal.value(of: rest.prefix(20).prefix(while: \.isASCIIDigit))
    }
  }

  private func values(ofMember name: String) -> [ArraySlice<UInt8>] {
    let quoted = Array("\"\(name)\"".utf8)
    var values: [ArraySlice<UInt8>] = []
    var start = 0
    while let place = firstOffset(of: quoted, from: start) {
      start = place + quoted.count
      let rest = self[start...].drop { $0 <= 0x20 }
      guard rest.first == UInt8(ascii: ":") else { continue }
      values.append(rest.dropFirst().drop { $0 <= 0x20 })
    }
    return values
  }
}
