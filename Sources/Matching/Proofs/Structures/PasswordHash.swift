internal import Findings

/// Hashes as `/etc/shadow`, `.htpasswd` and databases have them: their parameters and lengths
/// (https://manpages.debian.org/crypt.5, https://github.com/P-H-C/phc-string-format/blob/master/phc-sf-spec.md).
enum PasswordHash {
  static func verify(_ value: [UInt8]) -> TokenProof.Verification {
    let parts = value.split(separator: UInt8(ascii: "$"), omittingEmptySubsequences: false)
    guard parts.count >= 4, parts[0].isEmpty else { return .init(.disproved, "it has not the parts of a hash") }
    let kind = String(decoding: parts[1], as: UTF8.self)
    let holds: Bool
    switch kind {
    case "2a", "2b", "2x", "2y":
      // The cost, then 22 characters of salt and 31 of hash.
      let cost = PositionalNumber.decimal.value(of: parts[2]) ?? 0
      holds = parts.count == 4 && parts[2].count == 2 && (4...31).contains(cost) && isCryptText(parts[3], 53...53)
    case "1", "apr1": holds = parts.count == 4 && isCryptText(parts[2], 1...8) && isCryptText(parts[3], 22...22)
    case "5", "6":
      let rest = parts[2].starts(with: "rounds=".utf8) ? parts.dropFirst(3) : parts.dropFirst(2)
      let length = kind == "5" ? 43 : 86
      holds =
        rest.count == 2 && isCryptText(rest[rest.startIndex], 1...16)
        && isCryptText(rest[rest.startIndex + 1], length...length)
    case "y", "gy": holds = parts.count == 5 && isCryptText(parts[3], 1...86) && isCryptText(parts[4], 43...43)
    case "argon2i", "argon2d", "argon2id":
      let parameters = parts[parts.count - 3].split(separator: UInt8(ascii: ","))
      let salt = BitText.base64.bytes(of: parts[parts.count - 2])
      let hash = BitText.base64.bytes(of: parts[parts.count - 1])
      holds =
        (5...6).contains(parts.count)
        && parameters.count >= 3 && zip(["m=", "t=", "p="], parameters).allSatisfy { $1.starts(with: $0.utf8) }
        && (salt?.count ?? 0) >= 8 && (hash?.count ?? 0) >= 4
    default: return .init(.shaped, "its kind is not known")
    }
    return holds
      ? .init(.proved, "it is a complete hash") : .init(.disproved, "it has not the parts and lengths of a hash")
  }

  /// `./0-9A-Za-z`, so many.
  private static func isCryptText(_ text: ArraySlice<UInt8>, _ count: ClosedRange<Int>) -> Bool {
    count.contains(text.count) && text.allSatisfy { $0.isASCIIAlphanumeric || $0 == 0x2E || $0 == 0x2F }
  }
}
