internal import Findings

/// Proofs with a name: formulas that several rules share, and structures that no formula describes.
package enum BuiltInProof: String, CaseIterable, Sendable {
  /// `ghp_`, `gho_`, `ghu_`, `ghs_`, `ghr_` and the CRC-32 in their last six characters
  /// (https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/).
  case gitHubToken = "github-token"
  /// `github_pat_` and the part of a SHA-256 in its second half.
  case gitHubFineGrained = "github-fine-grained"
  /// `npm_`, with the checksum of GitHub's tokens.
  case npmToken = "npm-token"
  /// GitLab's routable tokens: payload, length and CRC-32
  /// (https://handbook.gitlab.com/handbook/engineering/architecture/design-documents/cells/routable_tokens/).
  case gitLabRoutable = "gitlab-routable"
  /// A JSON Web Token (RFC 7519): header and payload are JSON objects, the header names an algorithm.
  case jwt = "jwt"
  /// A private key in PEM (RFC 7468) or OpenSSH form whose contents have the structure that the label says.
  case pemPrivateKey = "pem-private-key"
  /// A key file of PuTTY: its lines are counted, and the MAC of an unencrypted one of version 3 is computed
  /// (https://the.earth.li/~sgtatham/putty/latest/htmldoc/AppendixC.html).
  case puttyKey = "putty-key"
  /// The JSON file of a Google service account: a PEM key, an e-mail address and the key's id of 40 digits
  /// (https://cloud.google.com/iam/docs/keys-create-delete).
  case googleServiceAccount = "google-service-account"
  /// PyPI's and TestPyPI's macaroons of version 2 (https://github.com/rescrv/libmacaroons/blob/master/doc/format.txt).
  case pypiMacaroon = "pypi-macaroon"
  /// Fly.io's macaroons, which are MessagePack (https://github.com/superfly/macaroon/blob/main/macaroon-thought.md).
  case flyMacaroon = "fly-macaroon"
  /// The account in an AWS access key id
  /// (https://medium.com/@TalBeerySec/a-short-note-on-aws-key-id-f88cc4317489).
  case awsAccessKeyID = "aws-access-key-id"
  /// Long-lived keys of Amazon Bedrock, which name their user and account.
  case awsBedrockKey = "aws-bedrock-key"
  /// The query of a signed URL: Azure's SAS, AWS's and Google's presigned URLs, Logic Apps.
  case signedURL = "signed-url"
  /// Short-lived keys of Amazon Bedrock: a presigned URL in base 64.
  case awsBedrockShortTermKey = "aws-bedrock-short-term-key"
  /// Microsoft's common annotated keys: a Marvin32 in their last four characters, the month of issue
  /// (https://github.com/microsoft/security-utilities, CommonAnnotatedKey.cs).
  case azureAnnotatedKey = "azure-annotated-key"
  /// Client secrets of Microsoft Entra: three digits of a Marvin32 at the end of those with `8Q~`
  /// (https://github.com/microsoft/security-utilities, IdentifiableMetadata.cs).
  case azureEntraSecret = "azure-entra-secret"
  /// A VAPID private key (RFC 8292) beside the public key that belongs to it.
  case vapidPrivateKey = "vapid-private-key"
  /// A keyset of Tink in JSON (https://developers.google.com/tink/design/keysets).
  case tinkKeyset = "tink-keyset"
  /// The words of BIP-39 with their checksum (https://github.com/bitcoin/bips/blob/master/bip-0039.mediawiki).
  case bip39Mnemonic = "bip39-mnemonic"
  /// A private key of the curve secp256k1 in hexadecimal: a number below the order of the curve (SEC 2, 2.4.1).
  case secp256k1Key = "secp256k1-key"
  /// `user:password` in base 64 (RFC 7617).
  case basicCredentials = "basic-credentials"
  /// A bot token of Discord, which begins with the bot's number
  /// (https://docs.discord.com/developers/reference#authentication).
  case discordToken = "discord-token"
  /// The URL of a webhook of Discord, whose number tells when it was made.
  case discordWebhook = "discord-webhook"
  /// A UUID of version 4 (RFC 9562, 5.4).
  case uuid4 = "uuid-v4"
  /// A UUID of any version that nobody typed.
  case uuid = "uuid"
  /// Personal access tokens of Jira, Confluence, Bamboo and Bitbucket Data Center: digits, a colon, twenty bytes.
  case atlassianDataCenterToken = "atlassian-data-center-token"
  /// Reference tokens of JFrog: `reftkn:01:` and the time at which they end
  /// (https://jfrog.com/help/r/jfrog-platform-administration-documentation/reference-token).
  case jfrogReferenceToken = "jfrog-reference-token"
  /// API keys and tokens of Grafana: a JSON object in base 64 that holds the key.
  case grafanaToken = "grafana-token"
  /// A private key of WireGuard, whose bits `wg genkey` sets (https://git.zx2c4.com/wireguard-tools, src/genkey.c), or a
  /// preshared key.
  case wireGuardKey = "wireguard-key"
  /// Password hashes of crypt(5), bcrypt and Argon2 (https://manpages.debian.org/crypt.5).
  case passwordHash = "password-hash"
  /// The host that a password in a URL is for (RFC 3986, 3.2).
  case urlPassword = "url-password"

  func verify(_ subject: TokenProof.Subject) -> TokenProof.Verification {
    if self == .azureEntraSecret, let verification = EntraSecret.withoutChecksum(subject.value) { return verification }
    if let formula { return formula.verify(subject) }
    return switch self {
    case .gitLabRoutable: GitLabRoutableToken.verify(subject.value)
    case .jwt: JSONWebToken.verify(subject)
    case .pemPrivateKey: PEMPrivateKey.verify(subject.value)
    case .puttyKey: PuTTYKey.verify(subject)
    case .googleServiceAccount: GoogleServiceAccount.verify(subject)
    case .pypiMacaroon: Macaroon.verify(subject)
    case .flyMacaroon: FlyMacaroon.verify(subject.value)
    case .awsAccessKeyID: AWSKey.verifyAccessKeyID(subject.value)
    case .awsBedrockKey: AWSKey.verifyBedrockKey(subject.value)
    case .signedURL: SignedURL.verify(subject)
    case .awsBedrockShortTermKey: AWSKey.verifyBedrockShortTermKey(subject)
    case .azureAnnotatedKey: AzureAnnotatedKey.verify(subject)
    case .vapidPrivateKey: VAPIDKey.verify(subject)
    case .tinkKeyset: TinkKeyset.verify(subject)
    case .bip39Mnemonic: BIP39Mnemonic.verify(subject.value)
    case .secp256k1Key: Secp256k1Key.verify(subject.value)
    case .basicCredentials: BasicCredentials.verify(subject.value)
    case .discordToken: DiscordCredential.verifyToken(subject)
    case .discordWebhook: DiscordCredential.verifyWebhook(subject)
    case .uuid4: UUIDText.verify(subject.value, isVersion4: true)
    case .uuid: UUIDText.verify(subject.value, isVersion4: false)
    case .atlassianDataCenterToken: AtlassianDataCenterToken.verify(subject.value)
    case .jfrogReferenceToken: JFrogReferenceToken.verify(subject)
    case .grafanaToken: GrafanaToken.verify(subject.value)
    case .wireGuardKey: WireGuardKey.verify(subject)
    case .passwordHash: PasswordHash.verify(subject.value)
    case .urlPassword: URLPassword.verify(subject)
    // These are formulas.
    case .gitHubToken, .gitHubFineGrained, .npmToken, .azureEntraSecret: .init(.shaped, "")
    }
  }

  /// The checks of those that are a formula; `nil` for the others.
  var formula: DeclaredProof? {
    switch self {
    case .gitHubToken, .npmToken: Self.prefixedCRC32
    case .gitHubFineGrained: Self.fineGrained
    case .azureEntraSecret: EntraSecret.formula
    default: nil
    }
  }

  private static let prefixedCRC32 = DeclaredProof([
    .init(
      .checksum(
        ChecksumCheck(
          .crc32, covers: [Part(4, -6)], check: [Part(-6)], encodings: [.digits(PositionalNumber.base62.digits)])))
  ])

  /// `github_pat_` A (22) `_` B (59): characters 43 to 50 of B are the first 8 of the base 32 of the SHA-256 of all before
  /// them. Worked out from public sample tokens; GitHub does not document it. What the eight characters after the
  /// checksum mean is not known; they are always there.
  private static let fineGrained = DeclaredProof([
    .init(.structure(.length(93...93))),
    .init(
      .checksum(
        ChecksumCheck(.sha256, covers: [Part(0, 77)], check: [Part(77, 85)], encodings: [.bits(.base32)]))),
  ])

  /// How many bytes round the credential are looked at.
  var reach: Int {
    switch self {
    case .signedURL, .urlPassword, .googleServiceAccount, .vapidPrivateKey, .tinkKeyset: 2_048
    case .puttyKey: 8_192
    case .wireGuardKey: 64
    default: 0
    }
  }
}
