package import Findings

// A tree of small structs in one array, in the order of the text: a file of 100,000 values costs three allocations, not
// 100,000, and the position of every key and value comes with it.

/// A parsed file: a tree of values that know where they stand. Immutable and free to share.
package final class Document: Sendable {
  /// One value: what it is, where it stands and where its subtree ends.
  struct Record: Sendable {
    var kind: Node.Kind
    var isPlain = false
    /// Where the value stands, in bytes of the file.
    var start: UInt32
    var end: UInt32
    /// Where its text stands in `texts`; empty for collections.
    var textStart: UInt32 = 0
    var textEnd: UInt32 = 0
    /// The index of the first record after this value and all that it holds.
    var next: UInt32 = 0
  }

  let records: [Record]
  /// The text of all scalars, with escapes resolved.
  let texts: [UInt8]
  private let bytes: [UInt8]
  private let lines: LineIndex

  init(records: [Record], texts: [UInt8], bytes: [UInt8]) {
    self.records = records
    self.texts = texts
    self.bytes = bytes
    lines = LineIndex(bytes.span)
  }

  /// The values at the top: one for each document of a YAML stream.
  package var roots: [Node] {
    var roots: [Node] = []
    var index = 0
    while index < records.count {
      roots.append(Node(document: self, index: index))
      index = Int(records[index].next)
    }
    return roots
  }

  /// The line and column of a byte of the file.
  package func position(of offset: Int) -> Position {
    let bytes = bytes
    let text = bytes.span
    return lines.position(of: min(offset, bytes.count), in: text)
  }
}

/// A value in a ``Document``.
package struct Node: Sendable {
  package enum Kind: UInt8, Sendable {
    case scalar, sequence, mapping, alias
  }

  package let document: Document
  let index: Int

  private var record: Document.Record { document.records[index] }

  package var kind: Kind { record.kind }

  /// Whether a scalar stands without quotes, so that its text decides its type.
  package var isPlain: Bool { record.isPlain }

  /// The bytes of the file that the value stands in; a collection in block style ends where the next thing begins.
  package var byteRange: Range<Int> { Int(record.start)..<Int(record.end) }

  /// Where the value starts.
  package var position: Position { document.position(of: Int(record.start)) }

  /// The text of a scalar, or the name of an alias; `nil` for collections.
  package var text: String? {
    guard record.kind == .scalar || record.kind == .alias else { return nil }
    return String(decoding: document.texts[Int(record.textStart)..<Int(record.textEnd)], as: UTF8.self)
  }

  /// The values of a sequence, or keys and values of a mapping by turns.
  private var children: [Node] {
    var children: [Node] = []
    var child = index + 1
    while child < Int(record.next) {
      children.append(Node(document: document, index: child))
      child = Int(document.records[child].next)
    }
    return children
  }

  /// The values of a sequence; `nil` when this is none.
  package var elements: [Node]? { record.kind == .sequence ? children : nil }

  /// The entries of a mapping in the order of the file, doubles included; `nil` when this is none.
  package var entries: [(key: Node, value: Node)]? {
    guard record.kind == .mapping else { return nil }
    let children = children
    return stride(from: 0, to: children.count - 1, by: 2).map { (children[$0], children[$0 + 1]) }
  }
}

/// A file that could not be read as what it should be.
package struct DocumentError: Error, Hashable, CustomStringConvertible {
  /// What is wrong, in a phrase.
  package var message: String
  package var position: Position

  package init(_ message: String, at position: Position) {
    self.message = message
    self.position = position
  }

  package var description: String { "\(position.line):\(position.column): \(message)" }
}
