package import Documents
package import Expressions
internal import Synchronization

// The simplest view: a document as it is written. Nothing is copied; a mapping or a sequence answers when it is asked.

extension Node {
  /// The node as a value of an expression: scalars with the type that their format gives them, mappings as maps with
  /// text keys, sequences as lists. Aliases are followed and merge keys resolved.
  package var value: Value {
    switch kind {
    case .mapping: return .map(MappingView(self))
    case .sequence: return .list(SequenceView(elements ?? []))
    case .scalar:
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
private final class SequenceView: ListProvider {
  private let elements: [Node]

  init(_ elements: [Node]) {
    self.elements = elements
  }

  var count: Int { elements.count }

  func element(at index: Int) -> Value { elements[index].value }
}

/// A mapping of a document as a map.
private final class MappingView: MapProvider {
  private let node: Node
  /// Needed by macros only; a member is found without them.
  private let keys = Mutex<[String]?>(nil)

  init(_ node: Node) {
    self.node = node
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

  func member(_ name: String) -> Value? { node[name]?.value }
}
