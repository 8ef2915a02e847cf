package import Documents
package import Findings
package import Matching

/// The rules of one pack file.
package struct RulePack: Sendable {
  package var name: String
  /// The file as the user named it, for messages.
  package var file: String
  /// In the order of the file.
  package var rules: [any PackRule]
  /// The file.
  package var bytes: [UInt8]

  package var textRules: [TextRule] { rules.compactMap { $0 as? TextRule } }
  package var documentRules: [DocumentRule] { rules.compactMap { $0 as? DocumentRule } }

  /// SHA-256 of the file, in hexadecimal. It is computed at each call: starting the program must not wait for it.
  package var digest: String { Digest.hex(Digest.sha256(bytes)) }
}

/// A rule that looks at the bytes of any file (`on: text`).
package struct TextRule: PackRule {
  package var metadata: Rule
  package var pattern: AnchoredPattern
  /// The group of the pattern that is the credential, by number or name.
  package var secretGroup: String
  /// The group that a finding points to.
  package var placeGroup: String
  package var proof: TokenProof?
  /// The least entropy of the credential, in bits for each byte.
  package var minEntropy: Double?
  package var filters: [ValueFilter]
  /// What belongs to the credential and stands near it.
  package var near: [NearPart] = []
  /// The rules that ``near`` names.
  package var partners: [TextRule] = []
  package var position: Position
  package let examplesNode: Node?

  package var matcher: [(key: String, value: String)] {
    [("keywords", pattern.anchors.joined(separator: ", ")), ("pattern", pattern.source)]
      + near.map { ("near", $0.words) }
  }
}
