package import Documents
package import Expressions
internal import Synchronization

// The simplest view: a document as it is written. Nothing is copied; a mapping or a sequence answers when it is asked.

/// How the scalars of a file become values, where it is more than their type: texts with `${{ }}` in them are unknown in a
/// workflow, and variables have values in a pipeline.
package struct ScalarReading: Sendable {
  /// The value of a scalar; `nil` where it is what its format says.
  let value: @Sendable (Node) -> Value?

  package init(_ value: @escaping @Sendable (Node) -> Value?) {
    self.value = value
  }

  /// Scalars are what their format says.
  package static let plain = ScalarReading { _ in nil }
}

extension Node {
  /// The node as a value of an expression: scalars with the type that their format gives them, mappings as maps with
  /// text keys, sequences as lists. Aliases are followed and merge keys resolved.
  package var value: Value { value(in: nil) }

  /// The same for a value that knows where its members stand.
  ///
  /// - Parameter file: the file that the node is of.
  package func value(in file: OriginFile?, reading: ScalarReading = .plain) -> Value {
    switch kind {
    case .mapping: return .map(MappingView(self, file, reading))
    case .sequence: return .list(SequenceView(elements ?? [], file, reading))
    case .scalar:
      if let value = reading.value(self) { return value }
      switch scalar {
      case .bool(let bool): return .bool(bool)
      case .int(let int): return .int(int)
      case .double(let double): return .double(double)
      case .string(let string): return .string(string)
      case .null, nil: return .null
      }
    }
  }
}

/// A sequence of a document as a list.
private final class SequenceView: ListProvider, Located {
  private let elements: [Node]
  private let file: OriginFile?
  private let reading: ScalarReading

  init(_ elements: [Node], _ file: OriginFile?, _ reading: ScalarReading) {
    self.elements = elements
    self.file = file
    self.reading = reading
  }

  var count: Int { elements.count }

  func element(at index: Int) -> Value { elements[index].value(in: file, reading: reading) }

  func origin(at index: Int) -> Origin? {
    guard let file, elements.indices.contains(index) else { return nil }
    return Origin(elements[index], in: file)
  }
}

/// A mapping of a document as a map.
private final class MappingView: MapProvider, Located {
  private let node: Node
  private let file: OriginFile?
  private let reading: ScalarReading
  /// Needed by macros only; a member is found without them.
  private let keys = Mutex<[String]?>(nil)

  init(_ node: Node, _ file: OriginFile?, _ reading: ScalarReading) {
    self.node = node
    self.file = file
    self.reading = reading
  }

  private var allKeys: [String] {
    keys.withLock { keys in
      if let keys { return keys }
      var seen: Set<String> = []
      let all = (node.entries ?? []).compactMap { $0.key.text }.filter { seen.insert($0).inserted }
      keys = all
      return all
    }
  }

  var count: Int { allKeys.count }

  func key(at index: Int) -> Value { .string(allKeys[index]) }

  func value(for key: MapKey) -> Value? {
    guard case .string(let name) = key else { return nil }
    return member(name)
  }

  func member(_ name: String) -> Value? { node[name]?.value(in: file, reading: reading) }

  func origin(of member: String) -> Origin? {
    guard let file, let entry = node.entry(member) else { return nil }
    return Origin(entry, in: file)
  }
}
