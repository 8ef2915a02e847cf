package import Findings

/// An offline check of a credential's own structure: one that is built in, or one that a pack declares.
///
/// None asks the network, and none says anything about whether the credential is still accepted.
package enum TokenProof: Hashable, Sendable {
  case named(BuiltInProof)
  case declared(DeclaredProof)

  /// What the proof says of a credential.
  package func verify(_ subject: Subject) -> Verification {
    switch self {
    case .named(let proof): proof.verify(subject)
    case .declared(let proof): proof.verify(subject)
    }
  }

  /// What the proof says of `value`, the whole credential, by itself.
  package func verify(_ value: [UInt8]) -> Verification { verify(Subject(value)) }

  /// A value with its checksum made right, so that examples need hold none; `nil` where the proof cannot do that.
  package func completed(_ value: [UInt8]) -> [UInt8]? {
    switch self {
    case .named(let proof): proof.formula?.completed(value)
    case .declared(let proof): proof.completed(value)
    }
  }

  /// How many bytes before and behind the credential the proof looks at.
  package var reach: Int {
    switch self {
    case .named(let proof): proof.reach
    case .declared(let proof):
      proof.checks.map { if case .named(let proof) = $0.test { proof.reach } else { 0 } }.max() ?? 0
    }
  }

  /// What a proof looks at.
  package struct Subject: Sendable {
    /// The whole credential.
    package var value: [UInt8]
    /// What stands before and behind it, up to ``TokenProof/reach`` bytes.
    package var before: [UInt8]
    package var after: [UInt8]
    /// The time by which credentials are taken for expired; `nil`: none is.
    package var asOf: Timestamp?

    package init(_ value: [UInt8], before: [UInt8] = [], after: [UInt8] = [], asOf: Timestamp? = nil) {
      self.value = value
      self.before = before
      self.after = after
      self.asOf = asOf
    }
  }

  /// The outcome of a check and what it rests on, in a few words without any part of the value.
  package struct Verification: Hashable, Sendable {
    package var proof: Proof
    /// Empty where a kind has nothing to prove.
    package var evidence: String
    /// What else the credential tells of itself.
    package var facts: [Fact]

    /// The highest severity that all facts together leave; `nil`: any.
    package var limit: Severity? { facts.compactMap(\.limit).min() }

    init(_ proof: Proof, _ evidence: String, _ facts: [Fact] = []) {
      self.proof = proof
      self.evidence = evidence
      self.facts = facts
    }
  }

  /// Something that a credential tells of itself and that is no secret: whose it is, what it may do, when it ends.
  package struct Fact: Hashable, Sendable {
    /// A sentence.
    package var text: String
    /// The highest severity that a finding can have of which this is true; `nil`: any.
    package var limit: Severity?

    package init(_ text: String, limit: Severity? = nil) {
      self.text = text
      self.limit = limit
    }
  }
}

extension TokenProof.Fact {
  /// When something ends. What has ended by the time of the scan is a note.
  static func end(_ end: Timestamp, asOf: Timestamp?) -> TokenProof.Fact {
    guard let asOf else { return .init("It ends on \(end.date).") }
    return end < asOf ? .init("It expired on \(end.date).", limit: .note) : .init("It is valid until \(end.date).")
  }

  /// A word from within a credential as it may be shown: short and plain, or not at all.
  static func plain(_ text: String) -> String? {
    let isPlain =
      !text.isEmpty && text.utf8.count <= 80
      && text.utf8.allSatisfy { $0.isASCIIAlphanumeric || "-._/:@".utf8.contains($0) }
    return isPlain ? text : nil
  }
}
