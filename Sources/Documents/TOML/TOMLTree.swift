// A table of TOML may be written in pieces all over the file, but the records of a document stand in the order of the
// tree. So the parser first links small nodes, which are written out when the file is read. One hash table finds the
// child of any table: its hash is Swift's, seeded anew for each process, so no file can be made of keys that collide.

/// The values of a file while it is read, each linked to its parent and its next sibling.
struct TOMLTree {
  /// What a value is, and with that what may still be added to it.
  enum Kind: UInt8 {
    case scalar
    /// Complete where they end.
    case array, inlineTable
    /// Named by a longer header only: its own header may come, and dotted keys may add to it.
    case implicitTable
    /// Made by a dotted key: no header may define it.
    case dottedTable
    /// Defined by its header, as the elements of `tableArray` are.
    case table
    /// `[[a]]`
    case tableArray
  }

  /// A key or a value: where it stands, and where its text is.
  struct Piece {
    var start: UInt32
    var end: UInt32
    var low: UInt32 = 0
    var high: UInt32 = 0
    /// The text lies in `texts`, and not in the file.
    var isCopied = false
    var isPlain = false

    init(_ range: Range<Int>) {
      // The reader refuses longer files.
      start = UInt32(truncatingIfNeeded: range.lowerBound)
      end = UInt32(truncatingIfNeeded: range.upperBound)
    }

    init(_ range: Range<Int>, text: Range<Int>, isCopied: Bool = false, isPlain: Bool = false) {
      self.init(range)
      // Texts are shorter than what they are written as.
      low = UInt32(truncatingIfNeeded: text.lowerBound)
      high = UInt32(truncatingIfNeeded: text.upperBound)
      self.isCopied = isCopied
      self.isPlain = isPlain
    }

    var range: Range<Int> { Int(start)..<Int(end) }
    var text: Range<Int> { Int(low)..<Int(high) }
  }

  /// Links are indices of nodes; 0, the root, stands for none. A value that has not ended yet ends at 0.
  struct Node {
    var kind: Kind
    var hasKey = false
    /// How many collections it lies in.
    var depth: UInt32
    var parent: UInt32
    var next: UInt32 = 0
    var firstChild: UInt32 = 0
    var lastChild: UInt32 = 0
    var hash: UInt32 = 0
    var key = Piece(0..<0)
    var value: Piece
  }

  let maxDepth: Int
  private(set) var nodes: [Node] = []
  var texts: [UInt8] = []
  /// Indices of nodes with keys at the place that their hash says or the next free one; the size is a power of two.
  private var slots: [UInt32] = []
  private(set) var keyCount = 0

  init(root: Range<Int>, maxDepth: Int) {
    self.maxDepth = maxDepth
    nodes.reserveCapacity(root.count / 24 + 4)
    nodes.append(Node(kind: .table, depth: 0, parent: 0, value: Piece(root)))
    slots = [UInt32](repeating: 0, count: 64)
  }

  subscript(index: Int) -> Node {
    get { nodes[index] }
    _modify { yield &nodes[index] }
  }

  /// Adds an element to an array.
  mutating func addElement(to array: Int, _ kind: Kind, at start: Int) throws(SyntaxError) -> Int {
    try append(Node(kind: kind, depth: 0, parent: UInt32(array), value: Piece(start..<start)))
  }

  /// The child of a table with this key, which is made when there is none yet.
  mutating func child(
    of table: Int, key: Piece, orNew kind: Kind, at start: Int, _ text: Span<UInt8>
  ) throws(SyntaxError) -> (index: Int, isNew: Bool) {
    let hash = hash(of: key, in: table, text)
    var slot = Int(hash) & (slots.count - 1)
    while slots[slot] != 0 {
      let index = Int(slots[slot])
      if nodes[index].hash == hash, nodes[index].parent == UInt32(table), isEqual(nodes[index].key, key, text) {
        return (index, false)
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    var node = Node(kind: kind, depth: 0, parent: UInt32(table), value: Piece(start..<start))
    node.hasKey = true
    node.hash = hash
    node.key = key
    let index = try append(node)
    slots[slot] = UInt32(index)
    keyCount += 1
    if keyCount > slots.count / 2 { growSlots() }
    return (index, true)
  }

  /// Makes a scalar that was only announced a collection.
  mutating func open(_ kind: Kind, _ index: Int, at start: Int) throws(SyntaxError) {
    try checkDepth(nodes[index].depth, at: start)
    nodes[index].kind = kind
    nodes[index].value = Piece(start..<start)
  }

  private func checkDepth(_ depth: UInt32, at offset: Int) throws(SyntaxError) {
    if depth >= maxDepth { throw SyntaxError("more than \(maxDepth) levels", at: offset) }
  }

  private mutating func append(_ node: Node) throws(SyntaxError) -> Int {
    var node = node
    let index = nodes.count
    let parent = Int(node.parent)
    node.value.end = 0
    node.depth = nodes[parent].depth + 1
    if node.kind != .scalar { try checkDepth(node.depth, at: Int(node.hasKey ? node.key.start : node.value.start)) }
    nodes.append(node)
    if nodes[parent].firstChild == 0 {
      nodes[parent].firstChild = UInt32(index)
    } else {
      nodes[Int(nodes[parent].lastChild)].next = UInt32(index)
    }
    nodes[parent].lastChild = UInt32(index)
    return index
  }

  private func hash(of key: Piece, in table: Int, _ text: Span<UInt8>) -> UInt32 {
    var hasher = Hasher()
    hasher.combine(table)
    if key.isCopied {
      unsafe texts.span.extracting(key.text).withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
    } else {
      unsafe text.extracting(key.text).withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
    }
    return UInt32(truncatingIfNeeded: hasher.finalize())
  }

  private func isEqual(_ a: Piece, _ b: Piece, _ text: Span<UInt8>) -> Bool {
    guard a.text.count == b.text.count else { return false }
    for index in a.text {
      let distance = index - a.text.lowerBound
      let first = a.isCopied ? texts[index] : text[index]
      let second = b.isCopied ? texts[b.text.lowerBound + distance] : text[b.text.lowerBound + distance]
      if first != second { return false }
    }
    return true
  }

  private mutating func growSlots() {
    let size = slots.count * 2
    slots = [UInt32](repeating: 0, count: size)
    for index in nodes.indices where nodes[index].hasKey {
      var slot = Int(nodes[index].hash) & (size - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = UInt32(index)
    }
  }
}
