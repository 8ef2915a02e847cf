internal import Findings

/// Discord's numbers are snowflakes: they tell when they were made
/// (https://docs.discord.com/developers/reference#snowflakes).
enum DiscordCredential {
  /// Discord opened in May 2015.
  private static let opening = Timestamp(secondsSince1970: 1_420_070_400)

  /// The number of the bot in base 64, a time and a signature, with dots between.
  static func verifyToken(_ subject: TokenProof.Subject) -> TokenProof.Verification {
    let parts = subject.value.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 3, let number = BitText.base64URL.bytes(of: parts[0]) else {
      return .init(.disproved, "its first part is not base64")
    }
    return verify(number: number, asOf: subject.asOf)
  }

  /// The number follows `webhooks/`.
  static func verifyWebhook(_ subject: TokenProof.Subject) -> TokenProof.Verification {
    let path = Array("/webhooks/".utf8)
    guard let start = subject.value.firstOffset(of: path) else { return .init(.disproved, "it is no webhook") }
    let number = subject.value[(start + path.count)...].prefix { $0.isASCIIDigit }
    var verification = verify(number: Array(number), asOf: subject.asOf)
    // A number is not much.
    if verification.proof == .proved { verification.proof = .shaped }
    return verification
  }

  private static func verify(number: [UInt8], asOf: Timestamp?) -> TokenProof.Verification {
    let check = StructureCheck.time(.discordSnowflake, since: opening)
    if check.failure(of: number, asOf: asOf) != nil {
      return .init(.disproved, "the number in it is none of Discord's")
    }
    return .init(.proved, "the number in it is one of Discord's", check.facts(of: number))
  }
}
