package import Documents
package import Expressions

/// Mappings laid over each other: a name has the value of the first layer that has it, and stands where it is written
/// there.
package final class MergedMap: MapProvider, Located {
  /// One mapping.
  package struct Layer: Sendable {
    let node: Node
    let file: OriginFile
    let reading: ScalarReading

    package init(_ node: Node, in file: OriginFile, reading: ScalarReading = .plain) {
      self.node = node
      self.file = file
      self.reading = reading
    }
  }

  /// The strongest first.
  private let layers: [Layer]
  private let keys: [String]

  package init(_ layers: [Layer]) {
    self.layers = layers
    var seen: Set<String> = []
    keys = layers.flatMap { $0.node.entries ?? [] }.compactMap { $0.key.text }.filter { seen.insert($0).inserted }
  }

  package var count: Int { keys.count }

  package func key(at index: Int) -> Value { .string(keys[index]) }

  package func value(for key: MapKey) -> Value? {
    guard case .string(let name) = key else { return nil }
    return member(name)
  }

  package func member(_ name: String) -> Value? {
    for layer in layers {
      if let node = layer.node[name] { return node.value(in: layer.file, reading: layer.reading) }
    }
    return nil
  }

  package func origin(of member: String) -> Origin? {
    for layer in layers {
      if let entry = layer.node.entry(member) { return Origin(entry, in: layer.file) }
    }
    return nil
  }

  /// The node that a name's value is read from.
  func node(_ name: String) -> Node? {
    for layer in layers {
      if let node = layer.node[name] { return node }
    }
    return nil
  }
}
