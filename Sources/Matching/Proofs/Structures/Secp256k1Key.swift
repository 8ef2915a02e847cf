internal import Findings

/// A private key of secp256k1 is a number from 1 to the order of the curve less one (SEC 2, 2.4.1), so nearly any 64 digits
/// are one; those that everybody's tutorials and local chains use are known.
enum Secp256k1Key {
  private static let order = Array("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141".utf8)

  static func verify(_ value: [UInt8]) -> TokenProof.Verification {
    let digits = value.suffix(64).map(\.asciiLowercased)
    guard digits.count == 64, digits.allSatisfy({ $0.isASCIIDigit || (0x61...0x66).contains($0) }) else {
      return .init(.disproved, "it has not 64 hexadecimal digits")
    }
    guard digits.contains(where: { $0 != 0x30 }), digits.precedes(order) else {
      return .init(.disproved, "it is no number below the order of the curve")
    }
    // SHA-256 of the first accounts of Hardhat and Ganache, so that no scanner finds the keys here.
    return knownKeys.contains(Digest.hex(Digest.sha256(digits)))
      ? .init(.shaped, "", [.init("It is a key of a local test chain.", limit: .note)])
      : .init(.shaped, "")
  }

  /// https://hardhat.org/hardhat-network/docs/reference (accounts 0 to 2)
  private static let knownKeys: Set<String> = [
    "bc1a50966c9e6486bc4ebf880b51611a2a97fcb8e7a6976e9b81a9e3e8ca0e3c",
    "8335c55334821eefd4334369ff9c04a8594f161013cf9d87f58802d87297837e",
    "b26ab6529d20ebebb4192256f202984754f785481c64b1a1aed58cac93b3617e",
    "578592185588730b9d10b87e2274706a8301a179cdb60fb4263c788e7e679503",
  ]
}
