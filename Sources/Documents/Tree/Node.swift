package import Findings

/// A value in a ``Document``. YAML aliases are followed: a node is what the alias stands for, at the place of the alias.
package struct Node: Sendable {
  package enum Kind: UInt8, Sendable {
    case scalar, sequence, mapping
  }

  package let document: Document
  /// The record at the place of the value.
  let index: Int
  /// The record that holds the value: another one for an alias.
  let contentIndex: Int

  @inline(__always)
  init(document: Document, index: Int) {
    self.document = document
    self.index = index
    let record = document.records[index]
    contentIndex = record.flags.contains(.alias) ? Int(record.low) : index
  }

  @inline(__always)
  var content: Document.Record { document.records[contentIndex] }

  package var kind: Kind { content.kind }

  /// Whether a scalar stands without quotes, so that its text decides its type.
  package var isPlain: Bool { content.flags.contains(.plain) }

  /// Whether a YAML alias stands here.
  package var isAlias: Bool { index != contentIndex }

  /// What an alias stands for, at the place where that is written; other nodes give themselves.
  package var definition: Node { Node(document: document, index: contentIndex) }

  /// The explicit tag of a YAML value as libyaml resolves it: `!reference`, `tag:yaml.org,2002:str`, …
  package var tag: String? {
    guard content.flags.contains(.tagged) else { return nil }
    var low = 0
    var high = document.tags.count
    while low + 1 < high {
      let middle = (low + high) / 2
      if Int(document.tags[middle].record) <= contentIndex { low = middle } else { high = middle }
    }
    return document.tags[low].name
  }

  /// The bytes of the file that the value stands in, quotes included; for an alias those of the alias. A YAML collection
  /// in block style ends where the next thing begins.
  package var byteRange: Range<Int> {
    let record = document.records[index]
    return Int(record.start)..<Int(record.end)
  }

  /// Where the value starts.
  package var position: Position { document.position(of: byteRange.lowerBound) }

  /// The text of a scalar, with escapes resolved; `nil` for collections.
  package var text: String? { withText { $0.string } }

  /// Calls `body` with the text of a scalar in UTF-8, which is not copied; `nil` for collections.
  @inline(__always)
  package func withText<Result, Failure>(_ body: (Span<UInt8>) throws(Failure) -> Result) throws(Failure) -> Result? {
    let record = content
    guard record.kind == .scalar else { return nil }
    let range = Int(record.low)..<Int(record.high)
    let source = record.flags.contains(.copied) ? document.texts : document.bytes
    return try body(source.span.extracting(range))
  }

  /// Whether this is a scalar with exactly these bytes as its text.
  package func hasText(_ utf8: [UInt8]) -> Bool { withText { $0.isEqual(to: utf8.span) } ?? false }

  /// The values of a sequence; `nil` when this is none.
  package var elements: [Node]? {
    guard content.kind == .sequence else { return nil }
    var elements: [Node] = []
    elements.reserveCapacity(Int(content.high))
    forEachChild { elements.append($0) }
    return elements
  }

  /// The number of elements of a sequence; `nil` when this is none.
  package var elementCount: Int? { content.kind == .sequence ? Int(content.high) : nil }

  /// The entries of a mapping as they are written: doubles and merge keys included; `nil` when this is none.
  package var ownEntries: [Entry]? {
    guard content.kind == .mapping else { return nil }
    var entries: [Entry] = []
    entries.reserveCapacity(Int(content.high) / 2)
    forEachOwnEntry { entries.append($0) }
    return entries
  }

  /// Key and value of a mapping. Both know where they stand; what was merged stands in another mapping.
  package typealias Entry = (key: Node, value: Node)

  /// Calls `body` with each record that a collection holds directly.
  @inline(__always)
  func forEachChild(_ body: (Node) -> Void) {
    let record = content
    var child = contentIndex + 1
    for _ in 0..<Int(record.high) {
      body(Node(document: document, index: child))
      child = document.nextIndex(after: child)
    }
  }

  @inline(__always)
  func forEachOwnEntry(_ body: (Entry) -> Void) {
    let record = content
    var key = contentIndex + 1
    for _ in 0..<Int(record.high) / 2 {
      let value = document.nextIndex(after: key)
      body((Node(document: document, index: key), Node(document: document, index: value)))
      key = document.nextIndex(after: value)
    }
  }
}

extension Span<UInt8> {
  func isEqual(to other: Span<UInt8>) -> Bool {
    guard count == other.count else { return false }
    for index in indices where self[index] != other[index] { return false }
    return true
  }

}
