/// What a macro walks over, and where it puts what it finds.
///
/// A macro with one variable sees the elements of a list or the keys of a map; with two, index and element, or key and
/// value. https://github.com/google/cel-spec/blob/master/doc/langdef.md#macros
struct LoopRange {
  let range: any Node
  let firstSlot: Int
  let secondSlot: Int?
  let position: SourcePosition

  /// Evaluates what is walked over.
  func source(_ evaluation: inout Evaluation) throws(ExpressionError) -> Source {
    switch try range.evaluate(&evaluation) {
    case .list(let list): return .list(list)
    case .map(let map): return .map(map)
    case .unknown(let unknown): return .unknown(unknown)
    case let value:
      throw ExpressionError(
        .noSuchOverload, "a macro walks over a list or a map, not over \(value.type.name)", at: position)
    }
  }

  enum Source {
    case list(any ListProvider)
    case map(any MapProvider)
    case unknown(Unknown)

    var count: Int {
      switch self {
      case .list(let list): list.count
      case .map(let map): map.count
      case .unknown: 0
      }
    }
  }

  /// Sets the variables for one turn.
  func enter(_ source: Source, _ index: Int, _ evaluation: inout Evaluation) {
    switch source {
    case .list(let list):
      if let secondSlot {
        evaluation.locals[firstSlot] = .int(Int64(index))
        evaluation.locals[secondSlot] = list.element(at: index)
      } else {
        evaluation.locals[firstSlot] = list.element(at: index)
      }
    case .map(let map):
      let key = map.key(at: index)
      evaluation.locals[firstSlot] = key
      if let secondSlot { evaluation.locals[secondSlot] = MapKey(key).flatMap(map.value(for:)) }
    case .unknown: break
    }
  }
}

/// `range.all(x, condition)`, `range.exists(x, condition)`
final class QuantifierNode: Node {
  private let loop: LoopRange
  private let condition: any Node
  private let deciding: Bool
  let weight: Int

  init(_ loop: LoopRange, condition: any Node, deciding: Bool) {
    self.loop = loop
    self.condition = condition
    self.deciding = deciding
    weight = loop.range.weight + condition.weight + 1
  }

  func evaluate(_ evaluation: inout Evaluation) throws(ExpressionError) -> Value {
    let source = try loop.source(&evaluation)
    if case .unknown(let unknown) = source { return .unknown(unknown) }
    var accumulator = LogicAccumulator(deciding: deciding)
    for index in 0..<source.count {
      try evaluation.charge(condition.weight)
      loop.enter(source, index, &evaluation)
      if try accumulator.add(condition, &evaluation) { return .bool(deciding) }
    }
    return try accumulator.result(at: loop.position)
  }
}

/// `range.exists_one(x, condition)`, which looks at every element even after the second that holds.
final class ExistsOneNode: Node {
  private let loop: LoopRange
  private let condition: any Node
  let weight: Int

  init(_ loop: LoopRange, condition: any Node) {
    self.loop = loop
    self.condition = condition
    weight = loop.range.weight + condition.weight + 1
  }

  func evaluate(_ evaluation: inout Evaluation) throws(ExpressionError) -> Value {
    let source = try loop.source(&evaluation)
    var unknown: Unknown?
    if case .unknown(let names) = source { return .unknown(names) }
    var count = 0
    for index in 0..<source.count {
      try evaluation.charge(condition.weight)
      loop.enter(source, index, &evaluation)
      switch try condition.evaluate(&evaluation) {
      case .bool(let holds): count += holds ? 1 : 0
      case .unknown(let names): unknown = unknown.merged(with: names)
      case let other: throw ExpressionError.noSuchOverload("exists_one", other).positioned(at: loop.position)
      }
    }
    return unknown.map(Value.unknown) ?? .bool(count == 1)
  }
}

/// `map`, `filter`, `transformList`, `transformMap`, `transformMapEntry` and the keys of `sortBy`.
final class CollectNode: Node {
  enum Result {
    /// A list of what `transform` gives.
    case list
    /// A map with the keys of the range.
    case map
    /// A map made of maps.
    case entries
  }

  private let loop: LoopRange
  private let condition: (any Node)?
  private let transform: any Node
  private let result: Result
  private let turnWeight: Int
  let weight: Int

  init(_ loop: LoopRange, condition: (any Node)?, transform: any Node, result: Result) {
    self.loop = loop
    self.condition = condition
    self.transform = transform
    self.result = result
    turnWeight = (condition?.weight ?? 0) + transform.weight
    weight = loop.range.weight + turnWeight + 1
  }

  func evaluate(_ evaluation: inout Evaluation) throws(ExpressionError) -> Value {
    let source = try loop.source(&evaluation)
    var unknown: Unknown?
    if case .unknown(let names) = source { return .unknown(names) }
    var elements: [Value] = []
    var map = ValueDictionary()
    for index in 0..<source.count {
      try evaluation.charge(turnWeight)
      loop.enter(source, index, &evaluation)
      if let condition {
        switch try condition.evaluate(&evaluation) {
        case .bool(true): break
        case .bool(false): continue
        case .unknown(let names):
          unknown = unknown.merged(with: names)
          continue
        case let other: throw ExpressionError.noSuchOverload("filter", other).positioned(at: loop.position)
        }
      }
      let value = try transform.evaluate(&evaluation)
      if case .unknown(let names) = value {
        unknown = unknown.merged(with: names)
        continue
      }
      do throws(ExpressionError) {
        switch result {
        case .list: elements.append(value)
        case .map:
          if let key = evaluation.locals[loop.firstSlot] {
            try evaluation.charge(comparing: key)
            try MapNode.add(key, value, to: &map)
          }
        case .entries: try Self.add(value, to: &map, &evaluation)
        }
      } catch {
        throw error.positioned(at: loop.position)
      }
    }
    if let unknown { return .unknown(unknown) }
    return result == .list ? .list(elements) : .map(ValueTable(map))
  }

  private static func add(
    _ value: Value, to map: inout ValueDictionary, _ evaluation: inout Evaluation
  ) throws(ExpressionError) {
    guard case .map(let entries) = value else { throw .noSuchOverload("transformMapEntry", value) }
    for index in 0..<entries.count {
      let key = entries.key(at: index)
      try evaluation.charge(1)
      try evaluation.charge(comparing: key)
      if let lookup = MapKey(key), let value = entries.value(for: lookup) { try MapNode.add(key, value, to: &map) }
    }
  }
}

/// `optional.optMap(x, e)`, `optional.optFlatMap(x, e)`
final class OptionalMapNode: Node {
  private let operand: any Node
  private let slot: Int
  private let transform: any Node
  private let flattens: Bool
  private let position: SourcePosition
  let weight: Int

  init(_ operand: any Node, slot: Int, transform: any Node, flattens: Bool, position: SourcePosition) {
    self.operand = operand
    self.slot = slot
    self.transform = transform
    self.flattens = flattens
    self.position = position
    weight = operand.weight + transform.weight + 1
  }

  func evaluate(_ evaluation: inout Evaluation) throws(ExpressionError) -> Value {
    let value = try operand.evaluate(&evaluation)
    switch value {
    case .optional(nil), .unknown: return value
    case .optional(.some(let inner)):
      evaluation.locals[slot] = inner
      let result = try transform.evaluate(&evaluation)
      if result.isUnknown { return result }
      guard flattens else { return .optional(result) }
      guard case .optional = result else {
        throw ExpressionError.noSuchOverload("optFlatMap", result).positioned(at: position)
      }
      return result
    default: throw ExpressionError.noSuchOverload("optMap", value).positioned(at: position)
    }
  }
}
