internal import Expressions

/// Lays one service over another: mappings in depth, sequences behind each other.
/// https://docs.docker.com/reference/compose-file/merge/
enum ComposeMerge {
  static func service(_ upper: MergedTree, over lower: MergedTree) -> MergedTree {
    merged(upper, over: lower, name: "", depth: 0)
  }

  private static func merged(_ upper: MergedTree, over lower: MergedTree, name: String, depth: Int) -> MergedTree {
    if upper.tag == "!override" { return upper }
    if let value = ComposeNormalization.overridden(upper) { return value }
    if case .unknown(let unknown) = lower { return finished(upper).opened(by: unknown) }
    guard depth < MergedTree.maxDepth else { return upper }
    if let above = upper.elements, let below = lower.elements {
      // A command is one thing.
      if name == "command" || name == "entrypoint" || name == "test" { return upper }
      return .sequence(appended(above, to: below, name: name))
    }
    guard let above = upper.entries, let below = lower.entries else { return upper }
    var result: [MergedTree.Entry?] = below
    var positions: [String: Int] = [:]
    for (index, entry) in below.enumerated() { positions[entry.name] = index }
    for var entry in above {
      let position = positions[entry.name]
      if entry.value.tag == "!reset" {
        if let position { result[position] = nil }
        continue
      }
      if let position, let old = result[position] {
        entry.value = merged(entry.value, over: old.value, name: entry.name, depth: depth + 1)
        result[position] = entry
      } else {
        entry.value = ComposeNormalization.overridden(entry.value) ?? entry.value
        result.append(entry)
      }
    }
    return .mapping(result.compactMap { $0 }, others: upper.others ?? lower.others)
  }

  /// Some lists hold a thing once: what is mounted at a path, a port that is published.
  private static func appended(_ above: [MergedTree], to below: [MergedTree], name: String) -> [MergedTree] {
    let key: (MergedTree) -> String?
    switch name {
    case "volumes", "secrets", "configs":
      key = { item in text(item["target"]) ?? text(item["source"]) }
    case "ports":
      key = { item in
        ["host_ip", "target", "published", "protocol"].map { text(item[$0]) ?? "" }.joined(separator: " ")
      }
    default: return below + above
    }
    let replaced = Set(above.compactMap(key))
    return below.filter { item in key(item).map { !replaced.contains($0) } ?? true } + above
  }

  private static func text(_ tree: MergedTree?) -> String? {
    switch tree?.value() {
    case .string(let text): text
    case .int(let number): String(number)
    default: nil
    }
  }

  /// A service over which nothing is laid, without the signs for merging.
  static func finished(_ service: MergedTree) -> MergedTree {
    guard let entries = service.entries else { return service }
    let kept = entries.compactMap { entry -> MergedTree.Entry? in
      guard entry.value.tag != "!reset" else { return nil }
      var entry = entry
      entry.value = ComposeNormalization.overridden(entry.value) ?? entry.value
      return entry
    }
    return .mapping(kept, others: service.others)
  }
}
