internal import Findings

/// Keys of Amazon Web Services that name their account.
enum AWSKey {
  /// A prefix of four letters, then base 32: bits 1 to 40 after it are the number of the account, in keys issued since about
  /// 2019 (https://medium.com/@TalBeerySec/a-short-note-on-aws-key-id-f88cc4317489, checked with public keys). Older
  /// keys, whose fifth character is I or J, hold none.
  static func verifyAccessKeyID(_ value: [UInt8]) -> TokenProof.Verification {
    guard value.count == 20, let bytes = BitText.base32.bytes(of: value.dropFirst(4)) else {
      return .init(.disproved, "it is not base32 as its kind is")
    }
    let fifth = value[4]
    guard fifth != UInt8(ascii: "I"), fifth != UInt8(ascii: "J") else {
      return .init(.shaped, "")
    }
    let number = bytes.prefix(6).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let account = (number & 0x7FFF_FFFF_FF80) >> 7
    // 40 bits go further than twelve digits.
    guard account < 1_000_000_000_000 else { return .init(.shaped, "the account in it does not exist") }
    return .init(.shaped, "", [fact(ofAccount: account)])
  }

  /// `ABSK`, then base 64 of `BedrockAPIKey-…-at-ACCOUNT:…`
  /// (https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html).
  static func verifyBedrockKey(_ value: [UInt8]) -> TokenProof.Verification {
    guard let bytes = Base64.decode(value.dropFirst(4)), bytes.starts(with: "BedrockAPIKey-".utf8),
      let colon = bytes.firstIndex(of: UInt8(ascii: ":"))
    else { return .init(.disproved, "what it encodes is no key of Bedrock") }
    let name = Array(bytes[..<colon])
    guard let at = name.firstOffset(of: Array("-at-".utf8)), name.count - at - 4 == 12,
      let account = PositionalNumber.decimal.value(of: name[(at + 4)...])
    else { return .init(.shaped, "it names no account as its kind does") }
    return .init(.proved, "what it encodes is a key of Bedrock", [fact(ofAccount: UInt64(account))])
  }

  /// `bedrock-api-key-`, then base 64 of a presigned URL.
  static func verifyBedrockShortTermKey(_ subject: TokenProof.Subject) -> TokenProof.Verification {
    let prefix = "bedrock-api-key-"
    guard subject.value.starts(with: prefix.utf8), let url = Base64.decode(subject.value.dropFirst(prefix.utf8.count)),
      url.holds(Array("bedrock".utf8))
    else { return .init(.disproved, "what it encodes is no URL of Bedrock") }
    return SignedURL.verify(query: url, asOf: subject.asOf)
  }

  /// An account, and what is known of it.
  static func fact(ofAccount account: UInt64) -> TokenProof.Fact {
    let digits = String(account)
    let number = String(repeating: "0", count: max(0, 12 - digits.count)) + digits
    if documentationAccounts.contains(account) {
      return .init("It is of the AWS account \(number), which stands for one in documentation.", limit: .note)
    }
    if canaryAccounts.contains(account) {
      return .init(
        "It is of the AWS account \(number), which makes canary tokens: whoever uses it is noticed.", limit: .note)
    }
    return .init("It is of the AWS account \(number).")
  }

  /// The account numbers that AWS's documentation uses
  /// (https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html and the IAM user guide).
  private static let documentationAccounts: Set<UInt64> = [
    123_456_789_012, 111_122_223_333, 444_455_556_666, 777_788_889_999, 111_111_111_111, 999_999_999_999,
    210_987_654_321, 000_000_000_000,
  ]

  /// Accounts of Thinkst Canary and of those who do as it does
  /// (https://trufflesecurity.com/blog/canaries; listed in trufflehog, pkg/detectors/aws/access_keys/canary.go).
  private static let canaryAccounts: Set<UInt64> = [
    052_310_077_262, 171_436_882_533, 534_261_010_715, 595_918_472_158, 717_712_589_309, 819_147_034_852,
    992_382_622_183, 730_335_385_048, 266_735_846_894, 893_192_397_702,
    044_858_866_125, 251_535_659_677, 344_043_088_457, 351_906_852_752, 390_477_818_340, 426_127_672_474,
    427_150_556_519, 439_872_796_651, 445_142_720_921, 465_867_158_099, 637_958_123_769, 693_412_236_332,
    732_624_840_810, 735_421_457_923, 959_235_150_393, 982_842_642_351,
  ]
}
