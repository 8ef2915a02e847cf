package import Findings

/// What a decoded part must look like.
package enum StructureCheck: Hashable, Sendable {
  /// So many bytes.
  case length(ClosedRange<Int>)
  /// Bits that have a fixed value.
  case bits([Bits])
  /// This text at this place; a negative place counts from the end.
  case text([UInt8], at: Int)
  /// A JSON object with these members.
  case json([String])
  /// A moment between the first of this kind and the time of the scan.
  case time(TimeFormat, since: Timestamp)

  package struct Bits: Hashable, Sendable {
    /// Of the byte; negative places count from the end.
    package var place: Int
    package var mask: UInt8
    package var value: UInt8

    package init(place: Int, mask: UInt8, value: UInt8) {
      self.place = place
      self.mask = mask
      self.value = value
    }
  }

  /// What does not hold, in words; `nil` when all does.
  func failure(of bytes: [UInt8], asOf: Timestamp?) -> String? {
    switch self {
    case .length(let range): return range.contains(bytes.count) ? nil : "it has not the length of its kind"
    case .bits(let fields):
      let holds = fields.allSatisfy { field in
        let place = field.place < 0 ? bytes.count + field.place : field.place
        return bytes.indices.contains(place) && bytes[place] & field.mask == field.value
      }
      return holds ? nil : "bits that are fixed in its kind are not set so"
    case .text(let text, let place):
      let start = place < 0 ? bytes.count + place : place
      let holds =
        start >= 0 && start + text.count <= bytes.count && bytes[start..<start + text.count].elementsEqual(text)
      return holds ? nil : "what it encodes does not begin as its kind does"
    case .json(let keys):
      guard let object = JSONText(bytes), object.isObject else { return "what it encodes is no JSON object" }
      return keys.allSatisfy { object[$0] != nil } ? nil : "what it encodes lacks members of its kind"
    case .time(let format, let since):
      guard let time = format.time(of: bytes) else { return "it holds no time where its kind does" }
      // A clock may be wrong by a day.
      let isPlausible = time >= since && asOf.map { time.secondsSince1970 <= $0.secondsSince1970 + 86_400 } != false
      return isPlausible ? nil : "the time in it is none at which it can have been made"
    }
  }

  func facts(of bytes: [UInt8]) -> [TokenProof.Fact] {
    guard case .time(let format, _) = self, let time = format.time(of: bytes) else { return [] }
    return [TokenProof.Fact("It was made on \(time.date).")]
  }

  /// See ``ChecksumCheck/strength(checkCount:)``. What a pattern says already counts for nothing, nor does what many
  /// values have.
  var strength: Double {
    switch self {
    case .length, .text, .time: 0
    case .bits(let fields): Double(fields.reduce(0) { $0 + $1.mask.nonzeroBitCount })
    case .json(let keys): keys.isEmpty ? 8 : 32
    }
  }
}

/// Identifiers that begin with the time at which they were made.
package enum TimeFormat: String, CaseIterable, Sendable {
  /// Seconds since 1970 in decimal digits.
  case unix
  /// Seconds since 1970 in eight hexadecimal digits, as MongoDB's ObjectId begins
  /// (https://www.mongodb.com/docs/manual/reference/bson-types/#objectid).
  case objectID = "object-id"
  /// https://github.com/ulid/spec
  case ulid
  /// https://github.com/segmentio/ksuid
  case ksuid
  /// https://docs.discord.com/developers/reference#snowflakes
  case discordSnowflake = "discord-snowflake"

  /// `nil` when `bytes` has not the form.
  func time(of bytes: [UInt8]) -> Timestamp? {
    switch self {
    case .unix:
      guard bytes.count <= 11 else { return nil }
      return PositionalNumber.decimal.value(of: bytes).map(Timestamp.init(secondsSince1970:))
    case .objectID:
      guard bytes.count >= 8, let start = BitText.hex.bytes(of: bytes.prefix(8)) else { return nil }
      return Timestamp(secondsSince1970: start.reduce(0) { $0 << 8 | Int($1) })
    case .ulid:
      // Base 32 without I, L, O and U; either case.
      let upper = bytes.prefix(10).map { (0x61...0x7A).contains($0) ? $0 & 0xDF : $0 }
      guard bytes.count == 26, let milliseconds = PositionalNumber.crockford32.value(of: upper) else { return nil }
      return Timestamp(secondsSince1970: milliseconds / 1_000)
    case .ksuid:
      // 20 bytes in 27 digits: leading zero digits are no leading zero bytes here.
      guard bytes.count == 27, let number = PositionalNumber.base62.bytes(of: bytes) else { return nil }
      let significant = Array(number.drop { $0 == 0 })
      guard significant.count <= 20 else { return nil }
      let padded = [UInt8](repeating: 0, count: 20 - significant.count) + significant
      return Timestamp(secondsSince1970: 1_400_000_000 + padded.prefix(4).reduce(0) { $0 << 8 | Int($1) })
    case .discordSnowflake:
      guard (17...20).contains(bytes.count), let number = PositionalNumber.decimal.value(of: bytes) else { return nil }
      return Timestamp(secondsSince1970: (number >> 22 + 1_420_070_400_000) / 1_000)
    }
  }
}
