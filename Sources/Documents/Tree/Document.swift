package import Findings
internal import Synchronization

// A tree of small structs in one array, in the order of the text: a file of 100,000 values costs three allocations, not
// 100,000, and the position of every key and value comes with it.

/// A parsed file: a tree of values that know where they stand. Immutable and free to share.
package final class Document: Sendable {
  /// How scalars without quotes get their type.
  package enum Typing: Sendable {
    /// As RFC 8259 says.
    case json
    /// As go-yaml v3 does; see ``YAMLScalar``.
    case yaml
    /// As TOML 1.0 says; dates and times are strings.
    case toml
    /// All scalars are strings.
    case text
  }

  let records: [Record]
  /// The text of the scalars that the file does not spell out, with escapes resolved.
  let texts: [UInt8]
  /// The tags of a YAML file by record, in the order of the records.
  let tags: [Tag]
  /// The file.
  package let bytes: [UInt8]
  package let typing: Typing
  /// Built when the first position is asked for: most files have nothing to report.
  private let lines = Mutex<LineIndex?>(nil)

  init(records: [Record], texts: [UInt8], tags: [Tag], bytes: [UInt8], typing: Typing) {
    self.records = records
    self.texts = texts
    self.tags = tags
    self.bytes = bytes
    self.typing = typing
  }

  /// The values at the top: one for each document of a YAML stream.
  package var roots: [Node] {
    var roots: [Node] = []
    var index = 0
    while index < records.count {
      roots.append(Node(document: self, index: index))
      index = nextIndex(after: index)
    }
    return roots
  }

  /// The first value at the top; `nil` only for a YAML stream without documents.
  package var root: Node? { records.isEmpty ? nil : Node(document: self, index: 0) }

  /// The number of values and keys in the file; what aliases repeat is not counted.
  package var nodeCount: Int { records.count }

  /// The memory of the tree, without the bytes of the file.
  package var treeBytes: Int {
    records.capacity * MemoryLayout<Record>.stride + texts.capacity + tags.capacity * MemoryLayout<Tag>.stride
  }

  /// The line and column of a byte of the file.
  package func position(of offset: Int) -> Position {
    let bytes = bytes
    let text = bytes.span
    let lines = lines.withLock { lines in
      if let lines { return lines }
      let index = LineIndex(bytes.span)
      lines = index
      return index
    }
    return lines.position(of: min(offset, bytes.count), in: text)
  }

  /// The index of the first record after a value and all that it holds.
  @inline(__always)
  func nextIndex(after index: Int) -> Int {
    let record = records[index]
    return record.isCollection ? Int(record.low) : index + 1
  }
}
