/// The name of an object: SHA-1 or SHA-256, as numbers, because a history has millions of them.
package struct GitObjectID: Hashable, Sendable {
  private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
  private let isLong: Bool

  /// - Parameter hex: 40 or 64 hexadecimal digits; `nil` for anything else.
  init?(hex: ArraySlice<UInt8>) {
    guard hex.count == 40 || hex.count == 64 else { return nil }
    isLong = hex.count == 64
    var word: UInt64 = 0
    var count = 0
    for byte in hex {
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
      default: return nil
      }
      word = word << 4 | UInt64(digit)
      count += 1
      switch count {
      case 16: words.0 = word
      case 32: words.1 = word
      case 48: words.2 = word
      case 64: words.3 = word
      case 40 where !isLong: words.2 = word & 0xFFFF_FFFF
      default: break
      }
    }
  }

  /// Adds the digits, as git writes them.
  func append(to bytes: inout [UInt8]) {
    Self.append(words.0, digits: 16, to: &bytes)
    Self.append(words.1, digits: 16, to: &bytes)
    Self.append(words.2, digits: isLong ? 16 : 8, to: &bytes)
    if isLong { Self.append(words.3, digits: 16, to: &bytes) }
  }

  private static func append(_ word: UInt64, digits: Int, to bytes: inout [UInt8]) {
    for place in stride(from: 4 * (digits - 1), through: 0, by: -4) {
      let digit = UInt8(truncatingIfNeeded: word >> UInt64(place) & 15)
      bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
    }
  }

  var isZero: Bool { words.0 == 0 && words.1 == 0 && words.2 == 0 && words.3 == 0 }

  package var text: String {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  package static func == (left: GitObjectID, right: GitObjectID) -> Bool { left.words == right.words }

  package func hash(into hasher: inout Hasher) {
    // The name is a hash already.
    hasher.combine(words.0)
  }
}
