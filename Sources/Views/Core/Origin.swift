package import Documents
internal import Expressions
package import Findings

// A view merges what stands in many places, of one file or of several. So each value that a finding may point to says
// where it was written, by itself: the place cannot be found again from the merged value.

/// Where a value of a view was written.
package struct Origin: Sendable {
  /// The file that it was written in.
  package let file: OriginFile
  /// What a finding points to, in bytes of the file: key and value of a scalar, the key alone of a collection.
  package let place: Range<Int>

  package init(_ file: OriginFile, _ place: Range<Int>) {
    self.file = file
    self.place = place
  }

  /// Of an entry of a mapping.
  package init(_ entry: Node.Entry, in file: OriginFile) {
    self.init(file, Self.place(of: entry))
  }

  /// Of a value without a key.
  package init(_ node: Node, in file: OriginFile) {
    self.init(file, Self.place(of: node))
  }

  /// A scalar with its key; of a collection the key alone, which stands for all of it.
  package static func place(of entry: Node.Entry) -> Range<Int> {
    let key = entry.key.byteRange
    let value = entry.value.byteRange
    guard entry.value.kind == .scalar, value.lowerBound >= key.upperBound, !value.isEmpty else { return key }
    return key.lowerBound..<value.upperBound
  }

  /// A scalar; of a collection its first key or element, so that a finding does not mark a page of text.
  package static func place(of node: Node) -> Range<Int> {
    if let first = node.entries?.first { return first.key.byteRange }
    if let first = node.elements?.first, first.kind == .scalar { return first.byteRange }
    return node.kind == .scalar ? node.byteRange : node.byteRange.lowerBound..<node.byteRange.lowerBound + 1
  }
}

/// A file that values were written in.
package final class OriginFile: Sendable {
  package let path: SourcePath
  /// The file as it was read.
  package let bytes: [UInt8]

  package init(path: SourcePath, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }
}

/// A value of a view whose members know where they stand.
package protocol Located: AnyObject {
  /// Where a member was written; `nil` when it is absent, or computed from no place in particular.
  func origin(of member: String) -> Origin?
  /// Where an element was written.
  func origin(at index: Int) -> Origin?
}

extension Located {
  package func origin(of member: String) -> Origin? { nil }
  package func origin(at index: Int) -> Origin? { nil }
}

extension Value {
  /// The value as something whose members know where they stand; `nil` for what does not.
  package var located: (any Located)? {
    switch self {
    case .map(let map): map as? any Located
    case .list(let list): list as? any Located
    case .object(let object): object as? any Located
    case .optional(let value): value?.located
    default: nil
    }
  }
}
