internal import Findings

/// A proof that is put together from checks, in a pack or here: all of them must hold.
///
/// What a check is worth is counted in bits. Only a value that would pass by chance less than once in 65,536 times is
/// proved; what a check digit says is welcome and proves nothing.
package struct DeclaredProof: Hashable, Sendable {
  package enum Test: Hashable, Sendable {
    case checksum(ChecksumCheck)
    case structure(StructureCheck)
    /// A built-in proof; it looks at the whole value and what is round it.
    case named(BuiltInProof)
    /// Says what a value is that holds this text; one that does not is none the worse.
    case mark([UInt8], fact: TokenProof.Fact)
  }

  package struct Check: Hashable, Sendable {
    /// What is looked at.
    package var part: Part
    /// How it stands for bytes; `nil`: it is looked at as it is.
    package var decoding: TextDecoding?
    package var test: Test

    package init(_ test: Test, part: Part = .whole, decoding: TextDecoding? = nil) {
      self.test = test
      self.part = part
      self.decoding = decoding
    }
  }

  package var checks: [Check]

  package init(_ checks: [Check]) {
    self.checks = checks
  }

  /// The number of bits from which on values are proved.
  static let provingBits = 16.0

  func verify(_ subject: TokenProof.Subject) -> TokenProof.Verification {
    var strength = 0.0
    var words = ""
    var facts: [TokenProof.Fact] = []
    for check in checks {
      guard let range = check.part.range(in: subject.value.count) else {
        return .init(.disproved, "it is too short for its kind")
      }
      var bytes = Array(subject.value[range])
      if let decoding = check.decoding {
        guard let decoded = decoding.bytes(of: bytes) else {
          return .init(.disproved, "it is not \(decoding.rawValue) as its kind is")
        }
        bytes = decoded
      }
      switch check.test {
      case .checksum(let checksum):
        switch checksum.outcome(for: bytes) {
        case .holds: break
        case .fails: return .init(.disproved, "its checksum does not hold")
        case .tooShort: return .init(.disproved, "too short to hold its checksum")
        }
        words = "its checksum holds"
        strength += checksum.strength(checkCount: checksum.check.bytes(of: bytes)?.count ?? 0)
      case .structure(let structure):
        if let failure = structure.failure(of: bytes, asOf: subject.asOf) { return .init(.disproved, failure) }
        strength += structure.strength
        if words.isEmpty, structure.strength > 0 { words = "it has the structure of its kind" }
        facts += structure.facts(of: bytes)
      case .named(let proof):
        let verification = proof.verify(subject)
        guard verification.proof != .disproved else { return verification }
        if verification.proof == .proved { strength += Self.provingBits }
        facts += verification.facts
        if !verification.evidence.isEmpty { words = verification.evidence }
      case .mark(let text, let fact):
        if bytes.holds(text) { facts.append(fact) }
      }
    }
    if strength >= Self.provingBits { return .init(.proved, words, facts) }
    return .init(.shaped, words.isEmpty ? "" : "\(words), which it could by chance", facts)
  }

  /// The value with its checksums made right, for examples; `nil` when it has not the form.
  func completed(_ value: [UInt8]) -> [UInt8]? {
    var value = value
    for check in checks {
      if case .named(let proof) = check.test {
        guard let formula = proof.formula else { return nil }
        return formula.completed(value)
      }
      guard case .checksum(let checksum) = check.test else { continue }
      guard let range = check.part.range(in: value.count) else { return nil }
      let part = Array(value[range])
      guard let decoding = check.decoding else {
        guard let completed = checksum.completed(part) else { return nil }
        value.replaceSubrange(range, with: completed)
        continue
      }
      guard let bytes = Self.lenientBytes(of: part, decoding), let completed = checksum.completed(bytes) else {
        return nil
      }
      value.replaceSubrange(range, with: decoding.text(of: completed, isPadded: part.last == UInt8(ascii: "=")))
    }
    return value
  }

  /// Drawn characters may leave bits at the end that no encoder would: the last character is taken back to what it says.
  private static func lenientBytes(of text: [UInt8], _ decoding: TextDecoding) -> [UInt8]? {
    if let bytes = decoding.bytes(of: text) { return bytes }
    let padding = text.reversed().prefix { $0 == UInt8(ascii: "=") }.count
    guard let zero = decoding.text(of: [0, 0, 0, 0, 0], isPadded: false).first, text.count > padding else { return nil }
    var text = text
    text[text.count - padding - 1] = zero
    return decoding.bytes(of: text)
  }

  /// What is wrong with the checks themselves, by the number of the check.
  package var problems: [(check: Int, message: String)] {
    var problems: [(check: Int, message: String)] = []
    for (index, check) in checks.enumerated() {
      guard case .checksum(let checksum) = check.test else { continue }
      problems += checksum.problems.map { (index, $0) }
    }
    return problems
  }
}

extension ChecksumCheck {
  /// What cannot be meant, in words.
  var problems: [String] {
    if algorithm.isSelfChecking {
      return check.isEmpty && encodings.isEmpty
        ? [] : ["\(algorithm.rawValue) stands within what it covers; it has no check and no encoding"]
    }
    var problems: [String] = []
    if check.isEmpty { problems.append("say with check where the checksum stands, such as [-6]") }
    if encodings.isEmpty { problems.append("say with encoding or alphabet how the checksum is written") }
    if algorithm.bits > 64, encodings.contains(where: { if case .digits = $0 { true } else { false } }) {
      problems.append("\(algorithm.rawValue) is too long to be written as a number; take hex, base32, base64 or bytes")
    }
    if algorithm == .marvin32 && seeds.isEmpty { problems.append("marvin32 needs seeds") }
    if algorithm != .marvin32 && !seeds.isEmpty { problems.append("only marvin32 has seeds") }
    if algorithm == .hmacSHA256 && key.isEmpty { problems.append("hmac-sha256 needs a key") }
    if algorithm != .hmacSHA256 && !key.isEmpty { problems.append("only hmac-sha256 has a key") }
    if algorithm.bits != 32 && !masks.isEmpty { problems.append("xor is for checksums of 32 bits") }
    // A length at which no part runs into another by itself.
    let count = 10_000
    let checked = check.compactMap { $0.range(in: count) }
    if covers.contains(where: { part in
      part.range(in: count).map { range in checked.contains { $0.overlaps(range) } } == true
    }) {
      problems.append("covers and check overlap: end covers where the checksum begins")
    }
    return problems
  }
}
