// fnmatch(3) wants zero-terminated text; this is its core, for bytes.

/// A pattern for one word: `*` stands for any bytes, `?` for one, `[a-z]` and `[!a-z]` for one of a set.
package struct Wildcard: Hashable, Sendable {
  package let text: String
  private let pattern: [UInt8]
  /// Whether the pattern stands for itself alone.
  package let isLiteral: Bool

  /// - Returns: `nil` when the text is empty or a bracket is not closed.
  package init?(_ text: String) {
    let pattern = Array(text.utf8)
    guard !pattern.isEmpty, Self.hasClosedBrackets(pattern[...]) else { return nil }
    self.text = text
    self.pattern = pattern
    isLiteral = Self.isLiteral(pattern[...])
  }

  package func matches(_ word: [UInt8]) -> Bool {
    isLiteral ? pattern == word : Self.match(pattern[...], word[...])
  }

  /// Whether everything that `other` matches is matched by this pattern; `false` also where that is not plain.
  package func covers(_ other: Wildcard) -> Bool {
    self == other || pattern == [UInt8(ascii: "*")] || (other.isLiteral && matches(other.pattern))
  }

  // MARK: The core

  static func isLiteral(_ pattern: ArraySlice<UInt8>) -> Bool {
    !pattern.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "[") }
  }

  /// Without recursion: the last `*` is the only place to come back to.
  static func match(_ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Bool {
    var p = pattern.startIndex
    var t = text.startIndex
    var retry: (p: Int, t: Int)?
    while t < text.endIndex {
      if p < pattern.endIndex, pattern[p] == UInt8(ascii: "*") {
        retry = (p + 1, t)
        p += 1
      } else if let next = step(pattern, p, text[t]) {
        p = next
        t += 1
      } else if let back = retry {
        retry = (back.p, back.t + 1)
        (p, t) = (back.p, back.t + 1)
      } else {
        return false
      }
    }
    return pattern[p...].allSatisfy { $0 == UInt8(ascii: "*") }
  }

  /// Where the pattern goes on after `byte`; `nil` when it does not match.
  private static func step(_ pattern: ArraySlice<UInt8>, _ place: Int, _ byte: UInt8) -> Int? {
    guard place < pattern.endIndex else { return nil }
    switch pattern[place] {
    case UInt8(ascii: "?"): return place + 1
    case UInt8(ascii: "["): return bracket(pattern, place + 1, byte)
    default: return pattern[place] == byte ? place + 1 : nil
    }
  }

  private static func bracket(_ pattern: ArraySlice<UInt8>, _ start: Int, _ byte: UInt8) -> Int? {
    var place = start
    let isNegated = pattern[place] == UInt8(ascii: "!") || pattern[place] == UInt8(ascii: "^")
    if isNegated { place += 1 }
    let first = place
    var isMember = false
    while pattern[place] != UInt8(ascii: "]") || place == first {
      let low = pattern[place]
      var high = low
      if pattern[place + 1] == UInt8(ascii: "-"), pattern[place + 2] != UInt8(ascii: "]") {
        high = pattern[place + 2]
        place += 2
      }
      if low <= byte && byte <= high { isMember = true }
      place += 1
    }
    return isMember != isNegated ? place + 1 : nil
  }

  /// Whether each `[` has its `]`, so that ``bracket(_:_:_:)`` stays within the pattern.
  static func hasClosedBrackets(_ part: ArraySlice<UInt8>) -> Bool {
    var rest = part
    while let open = rest.firstIndex(of: UInt8(ascii: "[")) {
      var first = open + 1
      if first < rest.endIndex, rest[first] == UInt8(ascii: "!") || rest[first] == UInt8(ascii: "^") { first += 1 }
      guard first < rest.endIndex, let close = rest[(first + 1)...].firstIndex(of: UInt8(ascii: "]")) else {
        return false
      }
      rest = rest[(close + 1)...]
    }
    return true
  }
}
