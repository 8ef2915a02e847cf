internal import Findings

/// `BBDC-` or nothing, then base 64 of twelve digits, a colon and twenty bytes
/// (https://confluence.atlassian.com/enterprise/using-personal-access-tokens-1026032365.html; the structure from
/// public tokens).
enum AtlassianDataCenterToken {
  static func verify(_ value: [UInt8]) -> TokenProof.Verification {
    guard let bytes = BitText.base64.bytes(of: value.suffix(44)), bytes.count == 33,
      bytes.prefix(12).allSatisfy(\.isASCIIDigit), bytes[12] == UInt8(ascii: ":")
    else { return .init(.disproved, "what it encodes has no number before its secret") }
    return .init(.proved, "it has the structure of its kind")
  }
}

/// Base 64 of `reftkn:01:`, ten digits of time at which it ends (zeros: never), `:` and the secret.
enum JFrogReferenceToken {
  static func verify(_ subject: TokenProof.Subject) -> TokenProof.Verification {
    guard let bytes = Base64.decode(subject.value), bytes.starts(with: "reftkn:0".utf8) else {
      return .init(.disproved, "what it encodes is no reference token")
    }
    let parts = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard parts.count == 4, parts[2].count == 10, let end = PositionalNumber.decimal.value(of: parts[2]),
      !parts[3].isEmpty, parts[3].allSatisfy(\.isASCIIAlphanumeric)
    else { return .init(.disproved, "what it encodes has not the parts of a reference token") }
    return .init(
      .proved, "it has the structure of its kind",
      end == 0 ? [.init("It does not end.")] : [.end(Timestamp(secondsSince1970: end), asOf: subject.asOf)])
  }
}

/// Three characters, `8Q~` and 34 more, the last three of which are the first of six digits of base 66. Those with `7Q~` are
/// older and have no checksum.
enum EntraSecret {
  /// What is said of a secret that has none; `nil` for the others.
  static func withoutChecksum(_ value: [UInt8]) -> TokenProof.Verification? {
    let mark = value.dropFirst(3).prefix(3)
    if mark.elementsEqual("8Q~".utf8) { return nil }
    return mark.elementsEqual("7Q~".utf8) ? .init(.shaped, "") : .init(.disproved, "it has not the mark of its kind")
  }

  /// The seed is `AadPwd00` in ASCII.
  static let formula = DeclaredProof([
    .init(
      .checksum(
        ChecksumCheck(
          .marvin32, covers: [Part(0, -3)], check: [Part(-3)],
          encodings: [.digits(Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890.-_~".utf8))],
          width: 6, seeds: [0x4161_6450_7764_3030])))
  ])
}

/// `glc_` or nothing, then a JSON object whose `k` is the key
/// (https://grafana.com/docs/grafana/latest/developers/http_api/auth).
enum GrafanaToken {
  static func verify(_ value: [UInt8]) -> TokenProof.Verification {
    let base64 = value.starts(with: "glc_".utf8) ? value.dropFirst(4) : value[...]
    guard let bytes = Base64.decode(base64), let object = JSONText(bytes), object.isObject else {
      return .init(.disproved, "what it encodes is no JSON object")
    }
    guard object["k"]?.text?.isEmpty == false else {
      return .init(.disproved, "what it encodes lacks members of its kind")
    }
    return .init(.proved, "what it encodes has the members of its kind")
  }
}

/// Private and preshared keys are both 32 bytes; `wg genkey` clears and sets bits of a private one, as Curve25519 does when
/// the key is used. Other programs leave that to the use, so that bits which are not set disprove nothing.
enum WireGuardKey {
  static func verify(_ subject: TokenProof.Subject) -> TokenProof.Verification {
    guard let bytes = BitText.base64.bytes(of: subject.value), bytes.count == 32 else {
      return .init(.disproved, "it has not the length of its kind")
    }
    let label = subject.before.suffix(24).map(\.asciiLowercased)
    if label.holds(Array("preshared".utf8)) { return .init(.shaped, "") }
    let isClamped = bytes[0] & 7 == 0 && bytes[31] & 0xC0 == 0x40
    return .init(
      .shaped, isClamped ? "its bits are those that wg genkey sets, one in 32 by chance" : "wg genkey has not made it")
  }
}
