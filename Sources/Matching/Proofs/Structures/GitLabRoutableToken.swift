internal import Findings

/// `prefix-` payload `.` [version (2) `.`] length (2) CRC-32 (7), the last two in base 36.
enum GitLabRoutableToken {
  static func verify(_ value: [UInt8]) -> TokenProof.Verification {
    guard value.count > 16, let dash = value.firstIndex(of: UInt8(ascii: "-")) else {
      return .init(.disproved, "too short to hold its checksum")
    }
    let checksumStart = value.count - 7
    let lengthStart = checksumStart - 2
    let expected = PositionalNumber.base36.text(of: UInt64(CRC32.checksum(of: value[..<checksumStart])), width: 7)
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
