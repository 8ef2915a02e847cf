package import Findings

// fnmatch(3) knows no `**` and wants zero-terminated text; this is its core with that one addition.

/// A pattern for paths: `*` and `?` match within a component, `**` matches any number of components, `[a-z]` a set.
///
/// A pattern without `/` is held against each component (`node_modules`, `*.min.js`); one with `/` against the whole path
/// from the root. A pattern that matches a directory matches everything below it.
package struct PathGlob: Hashable, Sendable {
  package let text: String
  private let pattern: [UInt8]
  private let isAnchored: Bool

  /// - Returns: `nil` when the text is empty or a bracket is not closed.
  package init?(_ text: String) {
    var pattern = Array(text.utf8)
    // `./a` is `/a`: somebody means that one and no other.
    if pattern.starts(with: "./".utf8) { pattern.removeFirst() }
    while pattern.last == UInt8(ascii: "/") { pattern.removeLast() }
    isAnchored = pattern.contains(UInt8(ascii: "/"))
    if pattern.first == UInt8(ascii: "/") { pattern.removeFirst() }
    guard !pattern.isEmpty, Self.hasClosedBrackets(pattern) else { return nil }
    self.text = text
    self.pattern = pattern
  }

  /// Whether the pattern matches the path or a directory above it.
  package func matches(_ path: SourcePath) -> Bool {
    let components = path.bytes.split(separator: UInt8(ascii: "/"))
    guard isAnchored else { return components.contains { Self.match(pattern[...], $0) } }
    let parts = pattern.split(separator: UInt8(ascii: "/"))
    return (1...max(1, components.count)).contains { Self.match(parts[...], components.prefix($0)) }
  }

  private static func match(_ parts: ArraySlice<ArraySlice<UInt8>>, _ components: ArraySlice<ArraySlice<UInt8>>) -> Bool
  {
    guard let part = parts.first else { return components.isEmpty }
    if part.elementsEqual("**".utf8) {
      return (0...components.count).contains { match(parts.dropFirst(), components.dropFirst($0)) }
    }
    guard let component = components.first, match(part, component) else { return false }
    return match(parts.dropFirst(), components.dropFirst())
  }

  /// One component against one part, without recursion: the last `*` is the only place to come back to.
  private static func match(_ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Bool {
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
  private static func hasClosedBrackets(_ pattern: [UInt8]) -> Bool {
    for part in pattern.split(separator: UInt8(ascii: "/")) {
      var rest = part[...]
      while let open = rest.firstIndex(of: UInt8(ascii: "[")) {
        var first = open + 1
        if first < rest.endIndex, rest[first] == UInt8(ascii: "!") || rest[first] == UInt8(ascii: "^") { first += 1 }
        guard first < rest.endIndex, let close = rest[(first + 1)...].firstIndex(of: UInt8(ascii: "]")) else {
          return false
        }
        rest = rest[(close + 1)...]
      }
    }
    return true
  }
}
