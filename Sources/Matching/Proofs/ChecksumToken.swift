internal import Findings

/// Tokens whose last six characters are the CRC-32 of the rest after the prefix, in base 62.
enum ChecksumToken {
  static func verify(_ value: [UInt8], bodyStart: Int) -> TokenProof.Verification {
    guard value.count > bodyStart + 6 else { return .init(.disproved, "too short to hold its checksum") }
    let body = value[bodyStart..<value.count - 6]
    let expected = PositionalNumber.base62.text(of: CRC32.checksum(of: body), width: 6)
    return value.suffix(6).elementsEqual(expected)
      ? .init(.proved, "its checksum holds") : .init(.disproved, "its checksum does not hold")
  }
}

/// `github_pat_` A (22) `_` B (59): characters 43 to 50 of B are the first 8 of the base 32 of the SHA-256 of all before
/// them. Worked out from public sample tokens; GitHub does not document it.
enum GitHubFineGrainedToken {
  static func verify(_ value: [UInt8]) -> TokenProof.Verification {
    let covered = "github_pat_".utf8.count + 22 + 1 + 43
    // What the eight characters after the checksum mean is not known; they are always there.
    guard value.count == covered + 8 + 8 else { return .init(.disproved, "it has not the length of its kind") }
    let expected = base32(Digest.sha256(Array(value[..<covered]))).prefix(8)
    return value[covered..<covered + 8].elementsEqual(expected)
      ? .init(.proved, "its checksum holds") : .init(.disproved, "its checksum does not hold")
  }

  /// Base 32 of RFC 4648, without padding.
  private static func base32(_ bytes: [UInt8]) -> [UInt8] {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
    var text: [UInt8] = []
    var bits = 0
    var buffer = 0
    for byte in bytes {
      buffer = (buffer << 8 | Int(byte)) & 0xFFFF
      bits += 8
      while bits >= 5 {
        bits -= 5
        text.append(alphabet[buffer >> bits & 31])
      }
    }
    return text
  }
}

/// `prefix-` payload `.` [version (2) `.`] length (2) CRC-32 (7), the last two in base 36.
enum GitLabRoutableToken {
  static func verify(_ value: [UInt8]) -> TokenProof.Verification {
    guard value.count > 16, let dash = value.firstIndex(of: UInt8(ascii: "-")) else {
      return .init(.disproved, "too short to hold its checksum")
    }
    let checksumStart = value.count - 7
    let lengthStart = checksumStart - 2
    let expected = PositionalNumber.base36.text(of: CRC32.checksum(of: value[..<checksumStart]), width: 7)
    guard value[lengthStart - 1] == UInt8(ascii: "."), value[checksumStart...].elementsEqual(expected) else {
      return .init(.disproved, "its checksum does not hold")
    }
    let payloadStart = dash + 1
    let end = value[..<lengthStart].firstIndex(of: UInt8(ascii: ".")) ?? lengthStart - 1
    let length = PositionalNumber.base36.value(of: value[lengthStart..<checksumStart])
    // Runner tokens carry their type before the payload (`glrt-t1_`); it is not known whether it counts.
    let hasType = value[payloadStart] == UInt8(ascii: "t") && value[payloadStart + 2] == UInt8(ascii: "_")
    return length == end - payloadStart || (hasType && length == end - payloadStart - 3)
      ? .init(.proved, "its checksum and length hold") : .init(.disproved, "its length does not hold")
  }
}
