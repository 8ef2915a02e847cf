/// A set of byte values, as a character class of a pattern stands for.
struct ByteSet: Hashable, Sendable {
  private var words: SIMD4<UInt64> = .zero

  init() {}

  init(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { insert(byte) }
  }

  func contains(_ byte: UInt8) -> Bool { words[Int(byte >> 6)] >> UInt64(byte & 63) & 1 == 1 }

  mutating func insert(_ byte: UInt8) { words[Int(byte >> 6)] |= 1 << UInt64(byte & 63) }

  mutating func formUnion(_ other: ByteSet) { words |= other.words }

  var inverted: ByteSet {
    var result = self
    result.words = ~words
    return result
  }

  var count: Int { (0..<4).reduce(0) { $0 + words[$1].nonzeroBitCount } }

  var members: [UInt8] { (0...255).filter(contains) }

  /// The set with both cases of each ASCII letter in it.
  var ignoringCase: ByteSet {
    var result = self
    for byte in members {
      result.insert(byte.asciiLowercased)
      result.insert(byte.asciiUppercased)
    }
    return result
  }

  static let digit = ByteSet(UInt8(ascii: "0")...UInt8(ascii: "9"))
  static let lower = ByteSet(UInt8(ascii: "a")...UInt8(ascii: "z"))
  static let upper = ByteSet(UInt8(ascii: "A")...UInt8(ascii: "Z"))
  static let alpha = lower.union(upper)
  static let alnum = alpha.union(digit)
  static let word = alnum.union(ByteSet([UInt8(ascii: "_")]))
  static let space = ByteSet([9, 10, 11, 12, 13, 32])
  static let blank = ByteSet([9, 32])
  static let hexDigit = digit.union(
    ByteSet(UInt8(ascii: "a")...UInt8(ascii: "f")).union(ByteSet(UInt8(ascii: "A")...UInt8(ascii: "F"))))
  static let any = ByteSet().inverted
  static let notNewline = ByteSet([10]).inverted

  func union(_ other: ByteSet) -> ByteSet {
    var result = self
    result.formUnion(other)
    return result
  }
}

extension UInt8 {
  /// The byte with `A`-`Z` made lower case; all others as they are.
  package var asciiLowercased: UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }
  package var asciiUppercased: UInt8 { self >= 0x61 && self <= 0x7A ? self & 0xDF : self }

  package var isASCIIDigit: Bool { self >= 0x30 && self <= 0x39 }
  package var isASCIILetter: Bool { asciiLowercased >= 0x61 && asciiLowercased <= 0x7A }
  package var isASCIIAlphanumeric: Bool { isASCIIDigit || isASCIILetter }
}
