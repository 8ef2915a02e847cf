// fnmatch(3) knows no `**` and wants zero-terminated text; this is its core with that one addition. It stands on the first
// floor because the sources of a scan and the policies of the gate mean the same by a pattern.

/// A pattern for paths: `*` and `?` match within a component, `**` matches any number of components, `[a-z]` a set.
///
/// A pattern without `/` is held against each component (`node_modules`, `*.min.js`); one with `/` against the whole path
/// from the root. A pattern that matches a directory matches everything below it.
package struct PathGlob: Hashable, Sendable {
  package let text: String
  private let parts: [Part]
  private let isAnchored: Bool

  private struct Part: Hashable, Sendable {
    var pattern: [UInt8]
    var isLiteral: Bool
    var isAnyComponents: Bool

    func matches(_ component: ArraySlice<UInt8>) -> Bool {
      isLiteral ? component.elementsEqual(pattern) : Wildcard.match(pattern[...], component)
    }
  }

  /// - Returns: `nil` when the text is empty or a bracket is not closed.
  package init?(_ text: String) {
    var pattern = Array(text.utf8)
    // `./a` is `/a`: somebody means that one and no other.
    if pattern.starts(with: "./".utf8) { pattern.removeFirst() }
    while pattern.last == UInt8(ascii: "/") { pattern.removeLast() }
    isAnchored = pattern.contains(UInt8(ascii: "/"))
    if pattern.first == UInt8(ascii: "/") { pattern.removeFirst() }
    let parts = pattern.split(separator: UInt8(ascii: "/"))
    guard !parts.isEmpty, parts.allSatisfy(Wildcard.hasClosedBrackets) else { return nil }
    self.text = text
    self.parts = parts.map { part in
      Part(
        pattern: Array(part), isLiteral: Wildcard.isLiteral(part), isAnyComponents: part.elementsEqual("**".utf8))
    }
  }

  /// Whether the pattern matches the path or a directory above it.
  package func matches(_ path: SourcePath) -> Bool {
    matches(components: path.bytes.split(separator: UInt8(ascii: "/"))[...])
  }

  /// The same for a path that was split before: for many patterns and one path.
  package func matches(components: ArraySlice<ArraySlice<UInt8>>) -> Bool {
    guard isAnchored else { return components.contains { parts[0].matches($0) } }
    // As with `*` in a word, the last `**` is the only place to come back to.
    var part = 0
    var component = components.startIndex
    var retry: (part: Int, component: Int)?
    while true {
      // What is matched so far is a directory above the rest.
      if part == parts.count { return true }
      if parts[part].isAnyComponents {
        retry = (part + 1, component)
        part += 1
      } else if component < components.endIndex, parts[part].matches(components[component]) {
        part += 1
        component += 1
      } else if let back = retry, back.component < components.endIndex {
        retry = (back.part, back.component + 1)
        (part, component) = (back.part, back.component + 1)
      } else {
        return false
      }
    }
  }
}
