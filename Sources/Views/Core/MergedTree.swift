internal import Documents
internal import Expressions

// A pipeline or a Compose file is one mapping made of many: of templates, of included files, of overrides. What is merged
// is small beside what is written, so a tree of the document stays as it is until something is laid over it.

/// Mappings laid over each other in depth, each value with its file.
indirect enum MergedTree: Sendable {
  /// As it stands in a document.
  case written(Node, OriginFile)
  /// Names are there once. `others` stands for every name that is not there, where more could come from a file that
  /// nobody has.
  case mapping([Entry], others: Unknown?)
  case sequence([MergedTree])
  /// What was made of something written in a short form.
  case made(Value, Origin?)
  case unknown(Unknown)

  /// A name, where it is written, and what it stands for.
  struct Entry: Sendable {
    var name: String
    var origin: Origin
    var value: MergedTree
  }

  /// How deeply mappings are merged; what lies deeper is replaced.
  static let maxDepth = 64

  static let empty = MergedTree.mapping([], others: nil)

  /// The entries of a mapping, each name once, the last one where it is written twice; `nil` when this is none.
  var entries: [Entry]? {
    switch self {
    case .mapping(let entries, _): return entries
    case .written(let node, let file):
      guard let written = node.entries else { return nil }
      let own = node.ownEntries?.count ?? 0
      var positions: [String: Int] = [:]
      var entries: [Entry] = []
      entries.reserveCapacity(written.count)
      for (index, entry) in written.enumerated() {
        guard let name = entry.key.text else { continue }
        let made = Entry(name: name, origin: Origin(entry, in: file), value: .written(entry.value, file))
        if let position = positions[name] {
          // What a merge key brings comes behind the mapping's own entries, and the first of it counts.
          if index < own { entries[position] = made }
        } else {
          positions[name] = entries.count
          entries.append(made)
        }
      }
      return entries
    default: return nil
    }
  }

  /// The elements of a sequence; `nil` when this is none.
  var elements: [MergedTree]? {
    switch self {
    case .sequence(let elements): elements
    case .written(let node, let file): node.elements.map { $0.map { .written($0, file) } }
    default: nil
    }
  }

  /// What stands for the names that a mapping does not have; `nil` where they are absent.
  var others: Unknown? {
    switch self {
    case .mapping(_, let others): others
    case .unknown(let unknown): unknown
    default: nil
    }
  }

  var isMapping: Bool {
    switch self {
    case .mapping: true
    case .written(let node, _): node.kind == .mapping
    default: false
    }
  }

  /// The node of something written that is a scalar.
  var scalar: (node: Node, file: OriginFile)? {
    guard case .written(let node, let file) = self, node.kind == .scalar else { return nil }
    return (node, file)
  }

  /// The text of a scalar as it is written.
  var text: String? { scalar?.node.text }

  var isNull: Bool { scalar?.node.isNull ?? false }

  /// The explicit tag of something written.
  var tag: String? {
    guard case .written(let node, _) = self else { return nil }
    return node.tag
  }

  func entry(_ name: String) -> Entry? {
    switch self {
    case .mapping(let entries, _): entries.first { $0.name == name }
    case .written(let node, let file):
      node.entry(name).map { Entry(name: name, origin: Origin($0, in: file), value: .written($0.value, file)) }
    default: nil
    }
  }

  subscript(_ name: String) -> MergedTree? { entry(name)?.value }

  /// Where something without a key is written.
  var origin: Origin? {
    switch self {
    case .written(let node, let file): Origin(node, in: file)
    case .mapping(let entries, _): entries.first?.origin
    case .sequence(let elements): elements.lazy.compactMap { $0.firstOrigin }.first
    case .made(_, let origin): origin
    case .unknown: nil
    }
  }

  private var firstOrigin: Origin? {
    switch self {
    case .written(let node, let file): Origin(node, in: file)
    case .mapping(let entries, _): entries.first?.origin
    case .made(_, let origin): origin
    default: nil
    }
  }

  // MARK: Merging

  /// Lays this over another tree: mappings in depth, everything else replaces what is below it.
  func merged(over base: MergedTree, depth: Int = 0) -> MergedTree {
    if case .unknown(let unknown) = base { return opened(by: unknown, depth: depth) }
    guard depth < Self.maxDepth, let upper = entries, let lower = base.entries else { return self }
    if lower.isEmpty, base.others == nil { return self }
    var result = lower
    var positions: [String: Int] = [:]
    for (index, entry) in lower.enumerated() { positions[entry.name] = index }
    for entry in upper {
      if let position = positions[entry.name] {
        result[position].value = entry.value.merged(over: lower[position].value, depth: depth + 1)
        result[position].origin = entry.origin
      } else {
        var entry = entry
        if let others = base.others { entry.value = entry.value.opened(by: others, depth: depth + 1) }
        result.append(entry)
      }
    }
    return .mapping(result, others: others ?? base.others)
  }

  /// The same over something that nobody has: what this has counts, and what it does not have may be there.
  func opened(by unknown: Unknown, depth: Int = 0) -> MergedTree {
    guard depth < Self.maxDepth, let entries else { return self }
    let opened = entries.map { entry in
      var entry = entry
      if entry.value.isMapping { entry.value = entry.value.opened(by: unknown, depth: depth + 1) }
      return entry
    }
    return .mapping(opened, others: others ?? unknown)
  }

  /// How much there is to copy when something is laid over this: its members, and theirs.
  var weight: Int {
    (entries ?? []).reduce(0) { sum, entry in
      sum + 1 + (entry.value.entries?.count ?? entry.value.elements?.count ?? 0)
    }
  }

  // MARK: Values

  /// - Parameter reading: how the scalars of a file are read.
  func value(_ reading: @escaping @Sendable (OriginFile) -> ScalarReading = { _ in .plain }) -> Value {
    switch self {
    case .written(let node, let file): node.value(in: file, reading: reading(file))
    case .mapping: .map(MergedTreeMap(self, reading))
    case .sequence(let elements): .list(LocatedList(elements.map { ($0.value(reading), $0.origin) }))
    case .made(let value, _): value
    case .unknown(let unknown): .unknown(unknown)
    }
  }
}

/// A merged mapping as a map.
private final class MergedTreeMap: MapProvider, Located {
  private let entries: [MergedTree.Entry]
  private let positions: [String: Int]
  private let others: Unknown?
  private let reading: @Sendable (OriginFile) -> ScalarReading

  init(_ tree: MergedTree, _ reading: @escaping @Sendable (OriginFile) -> ScalarReading) {
    let entries = tree.entries ?? []
    self.entries = entries
    positions = Dictionary(entries.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    others = tree.others
    self.reading = reading
  }

  var count: Int { entries.count }

  func key(at index: Int) -> Value { .string(entries[index].name) }

  func value(for key: MapKey) -> Value? {
    guard case .string(let name) = key else { return nil }
    return member(name)
  }

  func member(_ name: String) -> Value? {
    positions[name].map { entries[$0].value.value(reading) } ?? others.map(Value.unknown)
  }

  func origin(of member: String) -> Origin? { positions[member].map { entries[$0].origin } }
}
