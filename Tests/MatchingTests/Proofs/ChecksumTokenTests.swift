import Findings
import TestSupport
import Testing

@testable import Matching

@Suite("Tokens with a checksum")
struct ChecksumTokenTests {
  struct Family: Sendable, CustomTestStringConvertible {
    let name: String
    let proof: TokenProof
    let alphabet: String
    /// The part of a token that its checksum covers, and the checksum.
    let covered: @Sendable (Int) -> Range<Int>
    let make: @Sendable (inout SeededGenerator) -> String

    var testDescription: String { name }
  }

  static let families: [Family] = {
    let plain = ["ghp", "gho", "ghu", "ghs", "ghr", "npm"].map { prefix in
      Family(
        name: prefix, proof: prefix == "npm" ? .named(.npmToken) : .named(.gitHubToken), alphabet: TokenVectors.base62,
        // GitHub's checksum does not cover the prefix: which of the five it is says the rule's pattern.
        covered: { 4..<$0 }, make: { TokenVectors.withChecksum(prefix + "_", &$0) })
    }
    let gitHub = Family(
      name: "github pat", proof: .named(.gitHubFineGrained), alphabet: TokenVectors.base62,
      // What the last eight characters mean is not known.
      covered: { 0..<$0 - 8 }, make: { TokenVectors.gitHubFineGrained(&$0) })
    let gitLab: [(String, String, String, Bool)] = [
      ("glpat-", "", "", true), ("glpat-", "", "01.", true), ("glptt-", "", "", true), ("glrt-", "t1_", "", true),
      ("glrt-", "t1_", "01.", true), ("glrt-", "t1_", "", false), ("glrt-", "t3_", "0a.", false),
    ]
    return plain + [gitHub]
      + gitLab.map { prefix, type, version, countsType in
        Family(
          name: "\(prefix) \(type) \(version) \(countsType)", proof: .named(.gitLabRoutable),
          alphabet: TokenVectors.base64URL + ".", covered: { 0..<$0 },
          make: {
            TokenVectors.gitLabRoutable(prefix, type: type, version: version, countsType: countsType, &$0)
          })
      }
  }()

  @Test("are proved when it holds", arguments: families)
  func valid(family: Family) {
    var random = SeededGenerator(seed: 51)
    for round in 0..<200 {
      let verification = family.proof.verify(Array(family.make(&random).utf8))
      #expect(verification.proof == .proved, "seed 51, round \(round)")
    }
  }

  @Test("are disproved when any one character is another", arguments: families)
  func changed(family: Family) {
    var random = SeededGenerator(seed: 52)
    for round in 0..<3 {
      let token = Array(family.make(&random).utf8)
      for place in family.covered(token.count) {
        for byte in Array(family.alphabet.utf8) + [UInt8(ascii: " "), 0xFF] where byte != token[place] {
          var other = token
          other[place] = byte
          #expect(
            family.proof.verify(other).proof == .disproved, "seed 52, round \(round), place \(place), byte \(byte)")
        }
      }
    }
  }

  @Test("are disproved when characters are missing, doubled or swapped", arguments: families)
  func lengths(family: Family) {
    var random = SeededGenerator(seed: 53)
    let token = Array(family.make(&random).utf8)
    let covered = family.covered(token.count)
    for place in covered {
      var shorter = token
      shorter.remove(at: place)
      #expect(family.proof.verify(shorter).proof == .disproved, "without place \(place)")
      var longer = token
      longer.insert(longer[place], at: place)
      #expect(family.proof.verify(longer).proof == .disproved, "place \(place) doubled")
      guard covered.contains(place + 1), token[place] != token[place + 1] else { continue }
      var swapped = token
      swapped.swapAt(place, place + 1)
      #expect(family.proof.verify(swapped).proof == .disproved, "places \(place) and \(place + 1) swapped")
    }
    for count in 0..<covered.upperBound {
      #expect(family.proof.verify(Array(token.prefix(count))).proof == .disproved, "the first \(count)")
    }
  }

  @Test("never crash a proof, whatever the bytes", arguments: BuiltInProof.allCases)
  func garbage(proof: BuiltInProof) {
    var random = SeededGenerator(seed: 54)
    let pieces = [
      "-", ".", "_", "ghp_", "glrt-t1_", "eyJ", "e30", "-----BEGIN ", "-----", "KEY", "\n", "=", "a", "\\n", ":",
    ]
    for _ in 0..<3_000 {
      let text = (0..<random.below(12)).flatMap { _ in
        random.once(in: 3) ? random.bytes(random.below(20)) : Array(random.pick(pieces).utf8)
      }
      #expect(TokenProof.named(proof).verify(text).proof != .proved)
    }
  }

  @Test("tell what the proof rests on without any part of the value", arguments: families)
  func evidence(family: Family) {
    var random = SeededGenerator(seed: 55)
    let token = family.make(&random)
    let good = family.proof.verify(Array(token.utf8)).evidence
    let bad = family.proof.verify(Array(token.utf8.dropLast(12))).evidence
    for evidence in [good, bad] {
      #expect(!evidence.isEmpty)
      let letters = Array(token)
      for start in 0..<letters.count - 5 {
        let isThere = evidence.contains(String(letters[start..<start + 5]))
        #expect(!isThere)
      }
    }
  }
}
