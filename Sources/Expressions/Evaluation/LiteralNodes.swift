/// `[a, ?b]`
final class ListNode: Node {
  private let elements: [(node: any Node, isOptional: Bool)]
  private let position: SourcePosition
  let weight: Int

  init(_ elements: [(node: any Node, isOptional: Bool)], position: SourcePosition) {
    self.elements = elements
    self.position = position
    weight = elements.reduce(1) { $0 + $1.node.weight }
  }

  func evaluate(_ evaluation: inout Evaluation) throws(ExpressionError) -> Value {
    var values: [Value] = []
    values.reserveCapacity(elements.count)
    var unknown: Unknown?
    for element in elements {
      let value = try element.node.evaluate(&evaluation)
      if case .unknown(let names) = value {
        unknown = unknown.merged(with: names)
      } else if element.isOptional {
        guard case .optional(let inner) = value else {
          throw ExpressionError.noSuchOverload("[?_]", value).positioned(at: position)
        }
        if let inner { values.append(inner) }
      } else {
        values.append(value)
      }
    }
    return unknown.map(Value.unknown) ?? .list(values)
  }
}

/// `{a: b, ?c: d}`
final class MapNode: Node {
  struct Entry {
    let key: any Node
    let value: any Node
    let isOptional: Bool
  }

  private let entries: [Entry]
  private let position: SourcePosition
  let weight: Int

  init(_ entries: [Entry], position: SourcePosition) {
    self.entries = entries
    self.position = position
    weight = entries.reduce(1) { $0 + $1.key.weight + $1.value.weight }
  }

  func evaluate(_ evaluation: inout Evaluation) throws(ExpressionError) -> Value {
    var map = ValueDictionary()
    var unknown: Unknown?
    for entry in entries {
      let key = try entry.key.evaluate(&evaluation)
      var value = try entry.value.evaluate(&evaluation)
      if case .unknown(let names) = key { unknown = unknown.merged(with: names) }
      if case .unknown(let names) = value { unknown = unknown.merged(with: names) }
      if key.isUnknown || value.isUnknown { continue }
      if entry.isOptional {
        guard case .optional(let inner) = value else {
          throw ExpressionError.noSuchOverload("{?_: _}", value).positioned(at: position)
        }
        guard let inner else { continue }
        value = inner
      }
      do throws(ExpressionError) {
        try evaluation.charge(comparing: key)
        try Self.add(key, value, to: &map)
      } catch {
        throw error.positioned(at: position)
      }
    }
    return unknown.map(Value.unknown) ?? .map(ValueTable(map))
  }

  /// Keys are bool, int, uint or string, each once.
  /// https://github.com/google/cel-spec/blob/master/doc/langdef.md#aggregate-values
  static func add(_ key: Value, _ value: Value, to map: inout ValueDictionary) throws(ExpressionError) {
    if case .double = key { throw .invalid("a double cannot be the key of a map") }
    guard let lookup = MapKey(key) else { throw .invalid("a \(key.type.name) cannot be the key of a map") }
    guard map.insert(lookup, writtenAs: key, value) else { throw .invalid("the key \(key) is there twice") }
  }
}
