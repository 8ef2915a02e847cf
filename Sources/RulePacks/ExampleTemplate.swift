package import Matching

// Examples hold no credential, not even a made-up one: other people's scanners would report it in our repository, and
// ours too. They say what belongs there, and the text is drawn when the example is run.

/// Expands `{{ALPHABET:LENGTH}}`, `{{uuid}}` and `{{basic:LENGTH}}` (a user name and a password of that length in
/// Base64) to characters drawn from a generator with a seed: the same seed gives the same text. What stands between
/// `{{proved}}` and `{{/proved}}` gets the checksum that the rule's proof asks for.
package struct ExampleTemplate {
  package struct UnknownAlphabet: Error {
    package var name: String
  }

  private var state: UInt64
  private let proof: TokenProof?

  /// - Parameter proof: what makes checksums; without one, `{{proved}}` is an error.
  package init(seed: String, proof: TokenProof? = nil) {
    self.proof = proof
    // FNV-1a, 64 bit: http://www.isthe.com/chongo/tech/comp/fnv/
    state = seed.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  package mutating func expand(_ text: String) throws(UnknownAlphabet) -> String {
    var expanded = ""
    var rest = text[...]
    while let open = rest.firstRange(of: "{{proved}}"),
      let close = rest[open.upperBound...].firstRange(of: "{{/proved}}")
    {
      expanded += try draw(rest[..<open.lowerBound])
      let value = try draw(rest[open.upperBound..<close.lowerBound])
      guard let completed = proof?.completed(Array(value.utf8)) else { throw UnknownAlphabet(name: "proved") }
      expanded += String(decoding: completed, as: UTF8.self)
      rest = rest[close.upperBound...]
    }
    return expanded + (try draw(rest))
  }

  private mutating func draw(_ text: Substring) throws(UnknownAlphabet) -> String {
    var expanded = ""
    var rest = text
    while let open = rest.firstRange(of: "{{"), let close = rest[open.upperBound...].firstRange(of: "}}") {
      let inner = rest[open.upperBound..<close.lowerBound]
      if let value = try value(of: inner) {
        expanded += rest[..<open.lowerBound] + value
        rest = rest[close.upperBound...]
      } else {
        // Some other template language: it stays.
        expanded += rest[..<open.upperBound]
        rest = rest[open.upperBound...]
      }
    }
    return expanded + rest
  }

  /// The expansion of what stands between the braces; `nil` when it is none of ours.
  private mutating func value(of inner: Substring) throws(UnknownAlphabet) -> String? {
    if inner == "uuid" {
      let digits = draw(32, from: Self.alphabets["hex"] ?? [])
      var text = Array(digits.utf8)
      text[12] = UInt8(ascii: "4")
      text[16] = Array("89ab".utf8)[Int(next() % 4)]
      for place in [20, 16, 12, 8] { text.insert(UInt8(ascii: "-"), at: place) }
      return String(decoding: text, as: UTF8.self)
    }
    let parts = inner.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let length = Int(parts[1]), length > 0, length <= 100_000,
      !parts[0].isEmpty, parts[0].utf8.allSatisfy({ (0x30...0x7A).contains($0) })
    else { return nil }
    if parts[0] == "basic" {
      let credentials = "svc:" + draw(length, from: Self.alphabets["base62"] ?? [])
      return Base64.encode(Array(credentials.utf8))
    }
    guard let alphabet = Self.alphabets[String(parts[0])] else { throw UnknownAlphabet(name: String(parts[0])) }
    return draw(length, from: alphabet)
  }

  private mutating func draw(_ length: Int, from alphabet: [UInt8]) -> String {
    String(decoding: (0..<length).map { _ in alphabet[Int(next() % UInt64(alphabet.count))] }, as: UTF8.self)
  }

  /// SplitMix64 (Steele, Lea, Flood 2014).
  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }

  private static let alphabets: [String: [UInt8]] = {
    let digit = "0123456789"
    let lower = "abcdefghijklmnopqrstuvwxyz"
    let upper = lower.uppercased()
    return [
      "digit": digit, "lower": lower, "upper": upper, "alpha": lower + upper, "hex": digit + "abcdef",
      "HEX": digit + "ABCDEF", "base36": digit + lower, "BASE36": digit + upper, "base62": digit + lower + upper,
      "base64": digit + lower + upper + "+/", "base64url": digit + lower + upper + "-_", "base32": upper + "234567",
      "base58": "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz",
    ].mapValues { Array($0.utf8) }
  }()
}
