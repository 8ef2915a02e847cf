internal import Glibc

/// A checksum over parts of a value that stands in another part of it, or in the covered part itself.
package struct ChecksumCheck: Hashable, Sendable {
  package enum ByteOrder: String, CaseIterable, Sendable {
    case big, little
  }

  package enum Padding: String, CaseIterable, Sendable {
    case left, right
  }

  package var algorithm: ChecksumAlgorithm
  /// What is checked, in this order.
  package var covers: [Part]
  /// Where the checksum stands; empty when the covered part holds it.
  package var check: [Part]
  /// The ways in which it may be written.
  package var encodings: [ChecksumEncoding]
  /// In which order its bytes are taken before they are written.
  package var order: ByteOrder
  /// In how many characters a number is written before all but the first are dropped; `nil`: as many as stand there.
  package var width: Int?
  /// On which side a number is padded with its zero digit.
  package var padding: Padding
  /// Starting values of an algorithm that has one; any may be the right one.
  package var seeds: [UInt64]
  /// What is added to the checksum, bit by bit; any may be the right one.
  package var masks: [UInt32]
  package var key: [UInt8]

  package init(
    _ algorithm: ChecksumAlgorithm, covers: [Part] = [.whole], check: [Part] = [], encodings: [ChecksumEncoding] = [],
    order: ByteOrder = .big, width: Int? = nil, padding: Padding = .left, seeds: [UInt64] = [], masks: [UInt32] = [],
    key: [UInt8] = []
  ) {
    self.algorithm = algorithm
    self.covers = covers
    self.check = check
    self.encodings = encodings
    self.order = order
    self.width = width
    self.padding = padding
    self.seeds = seeds
    self.masks = masks
    self.key = key
  }

  enum Outcome {
    case holds, fails, tooShort
  }

  func outcome(for value: [UInt8]) -> Outcome {
    guard let covered = covers.bytes(of: value), let written = check.bytes(of: value), !covered.isEmpty else {
      return .tooShort
    }
    if algorithm.isSelfChecking { return algorithm.holds(covered) ? .holds : .fails }
    for digest in digests(of: covered) {
      for encoding in encodings where text(of: digest, in: encoding, count: written.count) == written { return .holds }
    }
    return .fails
  }

  /// The value with its checksum made right; `nil` when it is too short for one, or cannot be.
  func completed(_ value: [UInt8]) -> [UInt8]? {
    guard let covered = covers.bytes(of: value), let written = check.bytes(of: value) else { return nil }
    if algorithm.isSelfChecking { return completedInPlace(value) }
    guard let digest = digests(of: covered).first, let encoding = encodings.first,
      let text = text(of: digest, in: encoding, count: written.count), text.count == written.count
    else { return nil }
    var value = value
    var next = text.startIndex
    for part in check {
      guard let range = part.range(in: value.count) else { return nil }
      for place in range {
        value[place] = text[next]
        next += 1
      }
    }
    return value
  }

  /// The part that checks itself, with its last digits made right.
  private func completedInPlace(_ value: [UInt8]) -> [UInt8]? {
    guard covers.count == 1, let range = covers[0].range(in: value.count), !range.isEmpty else { return nil }
    let covered = Array(value[range])
    let completed: [UInt8]?
    switch algorithm {
    case .bech32: completed = Bech32.completed(covered, constant: 1)
    case .bech32m: completed = Bech32.completed(covered, constant: 0x2BC8_30A3)
    case .luhn: completed = Self.firstThatHolds(algorithm, body: covered.dropLast(1), digits: 1)
    case .mod97: completed = Self.firstThatHolds(algorithm, body: covered.dropLast(2), digits: 2)
    default: completed = nil
    }
    return completed.map { value[..<range.lowerBound] + $0 + value[range.upperBound...] }
  }

  /// `body` with the check digits that make it hold, found by trying.
  private static func firstThatHolds(_ algorithm: ChecksumAlgorithm, body: ArraySlice<UInt8>, digits: Int) -> [UInt8]? {
    for number in UInt64(0)..<100 {
      let text = Array(body) + PositionalNumber.decimal.text(of: number, width: digits)
      if algorithm.holds(text) { return text }
    }
    return nil
  }

  private func digests(of covered: [UInt8]) -> [[UInt8]] {
    let plain = (seeds.isEmpty ? [0] : seeds).map { algorithm.digest(of: covered, seed: $0, key: key) }
    let masked = masks.isEmpty ? plain : plain.flatMap { digest in masks.map { Self.masked(digest, by: $0) } }
    return order == .little ? masked.map { $0.reversed() } : masked
  }

  /// `mask` is as long as the checksum, see ``problems``.
  private static func masked(_ digest: [UInt8], by mask: UInt32) -> [UInt8] {
    digest.enumerated().map { place, byte in
      byte ^ UInt8(truncatingIfNeeded: mask >> UInt32(8 * max(0, digest.count - 1 - place)))
    }
  }

  /// - Returns: `nil` when the checksum has not as many characters as stand there.
  private func text(of digest: [UInt8], in encoding: ChecksumEncoding, count: Int) -> [UInt8]? {
    switch encoding {
    case .digits(let digits):
      guard digest.count <= 8 else { return nil }
      let number = digest.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      let text = PositionalNumber(digits: digits).text(
        of: number, width: width ?? count, padsRight: padding == .right)
      return width == nil && text.count != count ? nil : Array(text.prefix(count))
    case .bits(let bits):
      let text = bits.text.text(of: digest)
      return Array(text.prefix(count)) + [UInt8](repeating: UInt8(ascii: "="), count: max(0, count - text.count))
    case .bytes: return Array(digest.prefix(count))
    }
  }

  /// By how many bits a value that was not made with the checksum fails to have it, when `count` characters tell it.
  func strength(checkCount count: Int) -> Double {
    if algorithm.isSelfChecking { return Double(algorithm.bits) }
    let written = encodings.map { $0.bitsPerCharacter * Double(count) }.min() ?? 0
    let tries = Double(max(1, seeds.count) * max(1, masks.count) * max(1, encodings.count))
    return min(Double(algorithm.bits), written) - Self.log2(tries)
  }

  static func log2(_ value: Double) -> Double { Glibc.log2(value) }
}
