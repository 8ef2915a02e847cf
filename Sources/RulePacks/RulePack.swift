internal import Documents
package import Findings
package import Matching

/// The rules of one pack file.
package struct RulePack: Sendable {
  package var name: String
  /// The file as the user named it, for messages.
  package var file: String
  package var rules: [TextRule]
  /// The file.
  var bytes: [UInt8]

  /// SHA-256 of the file, in hexadecimal. It is computed at each call: starting the program must not wait for it.
  package var digest: String { Digest.hex(Digest.sha256(bytes)) }
}

/// A rule that looks at the bytes of any file (`on: text`).
package struct TextRule: Sendable {
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
  /// Where the rule stands in its file.
  package var position: Position
  /// Where the examples stand; read when they are asked for.
  let examplesNode: Node?
}
