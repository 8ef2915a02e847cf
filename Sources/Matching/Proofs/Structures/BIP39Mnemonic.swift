internal import Findings

/// The words from which a wallet makes all its keys: eleven bits each, the last of which are the first of the SHA-256 of
/// the others (https://github.com/bitcoin/bips/blob/master/bip-0039.mediawiki).
enum BIP39Mnemonic {
  static func verify(_ value: [UInt8]) -> TokenProof.Verification {
    let words = value.map(\.asciiLowercased).split { !$0.isASCIILetter }.map { String(decoding: $0, as: UTF8.self) }
    guard [12, 15, 18, 21, 24].contains(words.count) else {
      return .init(.disproved, "it has not as many words as one")
    }
    var bits: [Bool] = []
    for word in words {
      guard let number = BIP39Words.numbers[word] else {
        return .init(.disproved, "one of its words is not in the list")
      }
      bits += (0..<11).reversed().map { number >> $0 & 1 == 1 }
    }
    let checkCount = bits.count / 33
    let entropy = stride(from: 0, to: bits.count - checkCount, by: 8).map { start in
      bits[start..<start + 8].reduce(UInt8(0)) { $0 << 1 | ($1 ? 1 : 0) }
    }
    let digest = Digest.sha256(entropy)
    let holds = (0..<checkCount).allSatisfy {
      (digest[0] >> UInt8(7 - $0) & 1 == 1) == bits[bits.count - checkCount + $0]
    }
    guard holds else { return .init(.disproved, "its checksum does not hold") }
    // By their SHA-256, so that no scanner finds the words here.
    let isSample = samples.contains(Digest.hex(Digest.sha256(Array(words.joined(separator: " ").utf8))))
    return .init(
      .proved, "its words and their checksum hold",
      isSample ? [.init("It is one that documentation and local test chains use.", limit: .note)] : [])
  }

  /// The vectors of BIP-39, and the defaults of Hardhat, Foundry, Ganache and Truffle.
  private static let samples: Set<String> = [
    "c557eec878dfd852ba3f88087c4f350f09c55537ab5e549c3cd14320ec3cef38",
    "f79cd64f9cea237897b8133e4b905b361c6f166faa5a1c64c32280938f5b707e",
    "ecb0e7ba498c5920991f0b3483e91f7abafa9ecc6bd82a9a51494589592b1a8f",
    "3a64bcd9cea43c0aba67ba0bf2ddff8137a492bccbc672107fcbf7381086f698",
    "3c0949435a7e4277fac2fbe27975cdd9f5b5abf94d282112eaf4cebbb8560984",
    "b83e96417f61cb148d0dc8a89b839ee4956ad45b5e4b6a2a6cae048e48782157",
    "9c5d0a6656e5d3f36601d0bf98762be09bad5d7b164382c1d6c826324d6d599a",
    "69be79ef3c28f55d7cb84db2dd3c18dfff45eeefebd09b8c5f7f3489b8ba09ac",
    "e96bfc1d78867126dadff72e64807301e9bb837bcf329c86976647e529520528",
  ]
}
