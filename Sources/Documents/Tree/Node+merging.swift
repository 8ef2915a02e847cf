internal import Findings

// A merge key (https://yaml.org/type/merge.html) is resolved where a mapping is read and not in the tree: so every value
// is there once, at the place where it stands, and a file without merge keys pays one test of a bit.

extension Node {
  /// The entries of a mapping in the order of the file, doubles included, then those that its merge keys bring, nearest
  /// first; `nil` when this is none.
  ///
  /// An entry of the mapping itself wins over a merged one, and an earlier merged mapping over a later one.
  package var entries: [Entry]? {
    guard content.flags.contains(.merging) else { return ownEntries }
    return mergedEntries
  }

  /// The value of a mapping's key: the last one where a key is written twice, as most programs have it.
  package subscript(key: String) -> Node? { entry(key)?.value }

  /// The element of a sequence; `nil` when there is none.
  package subscript(index: Int) -> Node? {
    guard content.kind == .sequence, index >= 0, index < Int(content.high) else { return nil }
    var child = contentIndex + 1
    for _ in 0..<index { child = document.nextIndex(after: child) }
    return Node(document: document, index: child)
  }

  /// The entry of a mapping with this key: the last one where it is written twice.
  package func entry(_ key: String) -> Entry? { entry(key: Array(key.utf8)) }

  func entry(key: [UInt8]) -> Entry? {
    guard content.kind == .mapping else { return nil }
    var found: Entry?
    forEachOwnEntry { if $0.key.hasText(key), !$0.key.isMergeKey { found = $0 } }
    if found != nil || !content.flags.contains(.merging) { return found }
    return mergedEntries.first { $0.key.hasText(key) }
  }

  /// A plain `<<`, as go-yaml's isMerge has it.
  private var isMergeKey: Bool {
    document.typing == .yaml && isPlain && !content.flags.contains(.tagged) && hasText([0x3C, 0x3C])
  }

  private var mergedEntries: [Entry] {
    var merged: [Entry] = []
    var names: Set<[UInt8]> = []
    // Mappings to go through, the next one last. Each was written in this one or is aliased from it, so their number
    // is within the budget of the aliases.
    var pending = [self]
    while let mapping = pending.popLast() {
      var sources: [Node] = []
      var ownNames: [[UInt8]] = []
      mapping.forEachOwnEntry { entry in
        if entry.key.isMergeKey, let mappings = entry.value.mergeSources {
          sources += mappings
          return
        }
        if let name = entry.key.withText({ [UInt8]($0) }) {
          if names.contains(name) { return }
          ownNames.append(name)
        }
        merged.append(entry)
      }
      names.formUnion(ownNames)
      pending += sources.reversed()
    }
    return merged
  }

  /// The mappings that the value of a merge key names; `nil` when it names something else.
  private var mergeSources: [Node]? {
    switch kind {
    case .mapping: return [self]
    case .sequence:
      let elements = elements ?? []
      return elements.allSatisfy { $0.kind == .mapping } ? elements : nil
    case .scalar: return nil
    }
  }
}
