package import Findings

/// An offline check of a credential's own structure. Rules name the one that they use.
///
/// None asks the network, and none says anything about whether the credential is still accepted.
package enum TokenProof: String, CaseIterable, Sendable {
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

  /// What the proof says of `value`, the whole credential.
  package func verify(_ value: [UInt8]) -> Verification {
    switch self {
    case .gitHubToken: ChecksumToken.verify(value, bodyStart: 4)
    case .gitHubFineGrained: GitHubFineGrainedToken.verify(value)
    case .npmToken: ChecksumToken.verify(value, bodyStart: 4)
    case .gitLabRoutable: GitLabRoutableToken.verify(value)
    case .jwt: JSONWebToken.verify(value)
    case .pemPrivateKey: PEMPrivateKey.verify(value)
    }
  }

  /// The outcome of a check and what it rests on, in a few words without any part of the value.
  package struct Verification: Hashable, Sendable {
    package var proof: Proof
    package var evidence: String

    init(_ proof: Proof, _ evidence: String) {
      self.proof = proof
      self.evidence = evidence
    }
  }
}
