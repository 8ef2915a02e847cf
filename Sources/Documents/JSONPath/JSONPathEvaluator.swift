/// Selects nodes (RFC 9535, 2.3 and 2.5). Nodes are named by their records while it works, which costs no counting of
/// references; what recurses is bounded by the parser, and the depth of the document is not among it.
struct JSONPathEvaluator {
  /// A selected node: its record and, where places are wanted, its entry in `places`.
  struct Item {
    var record: Int
    var place: Int
  }

  private typealias Place = NormalizedPath.Trail.Place

  /// A child on its way to be tested: the record, and the step that leads to it.
  private struct Child {
    var record: Int
    var step: Int
    var isName: Bool
  }

  let document: Document
  let regexEngine: JSONPath.RegexEngine?
  private let root: Int
  private let maxVisits: Int
  private var visits = 0
  private var places: [Place] = []
  /// The pattern of `match` or `search` that was last taken from a document.
  var lastPattern: (source: String, test: (@Sendable (String) -> Bool)?)?

  init(root: Node, regexEngine: JSONPath.RegexEngine?, maxVisits: Int) {
    document = root.document
    self.root = root.index
    self.regexEngine = regexEngine
    self.maxVisits = maxVisits
  }

  mutating func matches(of query: JSONPath.Query) throws(JSONPathError) -> [(node: Node, path: NormalizedPath)] {
    places = [Place(parent: -1, step: 0, isName: false)]
    let items = try items(of: query, from: root, tracksPlaces: true)
    let trail = NormalizedPath.Trail(document: document, places: places)
    return items.map { (node($0.record), NormalizedPath(trail: trail, place: $0.place)) }
  }

  func node(_ record: Int) -> Node { Node(document: document, index: record) }

  // MARK: Queries

  /// The nodes that a query of a filter selects.
  mutating func items(of query: JSONPath.Query, current: Int) throws(JSONPathError) -> [Item] {
    try items(of: query, from: query.isRelative ? current : root, tracksPlaces: false)
  }

  /// The node that a singular query selects.
  mutating func single(_ query: JSONPath.Query, current: Int) throws(JSONPathError) -> Int? {
    var record = query.isRelative ? current : root
    for segment in query.segments {
      guard let selector = segment.selectors.first else { return nil }
      try spend(1)
      let next: Node? =
        switch selector {
        case .name(let name): node(record).entry(key: name)?.value
        case .index(let index): element(index, of: node(record))
        case .wildcard, .slice, .filter: nil
        }
      guard let next else { return nil }
      record = next.index
    }
    return record
  }

  private mutating func items(
    of query: JSONPath.Query, from start: Int, tracksPlaces: Bool
  ) throws(JSONPathError) -> [Item] {
    var items = [Item(record: start, place: 0)]
    for segment in query.segments {
      var selected: [Item] = []
      for item in items {
        if segment.isDescendant {
          try selectBelow(item, segment.selectors, tracksPlaces, into: &selected)
        } else {
          for selector in segment.selectors { try select(selector, in: item, tracksPlaces, into: &selected) }
        }
      }
      items = selected
      if items.isEmpty { break }
    }
    return items
  }

  /// The node and all below it in the order of the text, each with all selectors (RFC 9535, 2.5.2.2).
  private mutating func selectBelow(
    _ item: Item, _ selectors: [JSONPath.Selector], _ tracksPlaces: Bool, into selected: inout [Item]
  ) throws(JSONPathError) {
    var pending = [item]
    while let item = pending.popLast() {
      for selector in selectors { try select(selector, in: item, tracksPlaces, into: &selected) }
      for child in try children(of: item.record).reversed() {
        pending.append(self.item(child, below: item, tracksPlaces))
      }
    }
  }

  private mutating func select(
    _ selector: JSONPath.Selector, in item: Item, _ tracksPlaces: Bool, into selected: inout [Item]
  ) throws(JSONPathError) {
    let node = node(item.record)
    if node.kind == .scalar { return }
    switch selector {
    case .name(let name):
      try spend(Int(node.content.high))
      for entry in namedEntries(of: node, name) {
        let child = Child(record: entry.value.index, step: entry.key.index, isName: true)
        selected.append(self.item(child, below: item, tracksPlaces))
      }
    case .index(let index):
      guard let count = node.elementCount, let child = element(index, of: node) else { return }
      try spend(count)
      let step = index < 0 ? index + count : index
      selected.append(self.item(Child(record: child.index, step: step, isName: false), below: item, tracksPlaces))
    case .wildcard:
      for child in try children(of: item.record) { selected.append(self.item(child, below: item, tracksPlaces)) }
    case .slice(let start, let end, let step):
      guard node.kind == .sequence else { return }
      let children = try children(of: item.record)
      for index in Self.indices(start, end, step, count: children.count) {
        selected.append(self.item(children[index], below: item, tracksPlaces))
      }
    case .filter(let condition):
      for child in try children(of: item.record) where try holds(condition, for: child.record) {
        selected.append(self.item(child, below: item, tracksPlaces))
      }
    }
  }

  @inline(__always)
  private mutating func item(_ child: Child, below parent: Item, _ tracksPlaces: Bool) -> Item {
    guard tracksPlaces else { return Item(record: child.record, place: 0) }
    places.append(Place(parent: parent.place, step: child.step, isName: child.isName))
    return Item(record: child.record, place: places.count - 1)
  }

  /// The entries that a name selects: one, but in a format where a name may stand several times, all.
  private func namedEntries(of node: Node, _ name: [UInt8]) -> [Node.Entry] {
    guard document.typing == .text else { return node.entry(key: name).map { [$0] } ?? [] }
    return (node.ownEntries ?? []).filter { $0.key.hasText(name) }
  }

  private func element(_ index: Int, of node: Node) -> Node? {
    guard let count = node.elementCount else { return nil }
    return node[index < 0 ? index + count : index]
  }

  /// The children of a node: elements, or values with merged ones after the own.
  private mutating func children(of record: Int) throws(JSONPathError) -> [Child] {
    let node = node(record)
    var children: [Child] = []
    switch node.kind {
    case .scalar: return []
    case .sequence:
      try spend(Int(node.content.high))
      children.reserveCapacity(Int(node.content.high))
      node.forEachChild { children.append(Child(record: $0.index, step: children.count, isName: false)) }
    case .mapping:
      let entries = node.entries ?? []
      try spend(entries.count)
      children = entries.map { Child(record: $0.value.index, step: $0.key.index, isName: true) }
    }
    return children
  }

  mutating func spend(_ count: Int) throws(JSONPathError) {
    visits += count
    if visits > maxVisits { throw JSONPathError("the query looks at more than \(maxVisits) nodes", at: 0) }
  }

  /// The indices of a slice (RFC 9535, 2.3.4.2.2).
  private static func indices(_ start: Int?, _ end: Int?, _ step: Int, count: Int) -> StrideTo<Int> {
    func bound(_ index: Int?, _ standard: Int, _ range: ClosedRange<Int>) -> Int {
      guard let index else { return standard }
      let normal = index >= 0 ? index : count + index
      return min(max(normal, range.lowerBound), range.upperBound)
    }
    if step == 0 { return stride(from: 0, to: 0, by: 1) }
    if step > 0 { return stride(from: bound(start, 0, 0...count), to: bound(end, count, 0...count), by: step) }
    return stride(from: bound(start, count - 1, -1...count - 1), to: bound(end, -1, -1...count - 1), by: step)
  }
}
