/// A part of a value, by the places of its first byte and of the one after its last; negative places count from the end.
package struct Part: Hashable, Sendable, CustomStringConvertible {
  package var start: Int
  /// `nil`: the end of the value.
  package var end: Int?

  package init(_ start: Int = 0, _ end: Int? = nil) {
    self.start = start
    self.end = end
  }

  package static let whole = Part()

  /// - Returns: `nil` where a value of `count` bytes is too short.
  func range(in count: Int) -> Range<Int>? {
    let from = start < 0 ? count + start : start
    let to = end.map { $0 < 0 ? count + $0 : $0 } ?? count
    return 0 <= from && from <= to && to <= count ? from..<to : nil
  }

  package var description: String { end.map { "[\(start), \($0)]" } ?? "[\(start)]" }
}

extension [Part] {
  /// The bytes of all parts, one after the other.
  func bytes(of value: [UInt8]) -> [UInt8]? {
    var bytes: [UInt8] = []
    for part in self {
      guard let range = part.range(in: value.count) else { return nil }
      bytes += value[range]
    }
    return bytes
  }
}
