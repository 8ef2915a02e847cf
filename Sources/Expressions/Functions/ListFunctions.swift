/// https://github.com/google/cel-go/blob/master/ext/README.md#lists
enum ListFunctions {
  static let all: [Function] = [
    .method("slice", arity: 3...3, slice), .method("flatten", arity: 1...2, flatten), .method("distinct", distinct),
    .method("sort") { (list, evaluation) throws(ExpressionError) in try sorted(list, list, &evaluation) },
    .function("lists.range", range),
    .method("reverse") { (value, evaluation) throws(ExpressionError) in
      guard case .list(let list) = value else { throw .noSuchOverload("reverse", value) }
      try evaluation.charge(list.count)
      return .list((0..<list.count).reversed().map(list.element(at:)))
    },
    .method("first") { (value, _) throws(ExpressionError) in
      guard case .list(let list) = value else { throw .noSuchOverload("first", value) }
      return optional(list, at: 0)
    },
    .method("last") { (value, _) throws(ExpressionError) in
      guard case .list(let list) = value else { throw .noSuchOverload("last", value) }
      return optional(list, at: list.count - 1)
    },
  ]

  private static func optional(_ list: any ListProvider, at index: Int) -> Value {
    guard list.count > 0 else { return .optional(nil) }
    let element = list.element(at: index)
    return element.isUnknown ? element : .optional(element)
  }

  /// `list.slice(start, end)`
  private static let slice: Function.Variadic = { (arguments, evaluation) throws(ExpressionError) in
    guard case (.list(let list), .int(let start), .int(let end)) = (arguments[0], arguments[1], arguments[2]) else {
      throw .noSuchOverload("slice", arguments[0], arguments[1], arguments[2])
    }
    guard start >= 0, start <= end, end <= list.count else {
      throw .invalid("slice(\(start), \(end)) of a list of \(list.count)")
    }
    try evaluation.charge(Int(end - start))
    return .list((Int(start)..<Int(end)).map(list.element(at:)))
  }

  /// `list.flatten()`, `list.flatten(depth)`; without a depth, one level.
  private static let flatten: Function.Variadic = { (arguments, evaluation) throws(ExpressionError) in
    guard case .list(let list) = arguments[0] else { throw .noSuchOverload("flatten", arguments[0]) }
    var depth: Int64 = 1
    if arguments.count == 2 {
      guard case .int(let given) = arguments[1] else { throw .noSuchOverload("flatten", arguments[0], arguments[1]) }
      guard given >= 0 else { throw .invalid("flatten(\(given)): the depth cannot be negative") }
      depth = given
    }
    // A stack of its own, for the lists of a document may be nested deeply.
    var elements: [Value] = []
    var stack: [(list: any ListProvider, next: Int)] = [(list, 0)]
    while var (list, next) = stack.popLast() {
      if next == list.count { continue }
      try evaluation.charge(1)
      let element = list.element(at: next)
      next += 1
      stack.append((list, next))
      if case .list(let inner) = element, stack.count <= depth {
        stack.append((inner, 0))
      } else {
        if element.isUnknown { return element }
        elements.append(element)
      }
    }
    return .list(elements)
  }

  private static let distinct: Function.Unary = { (value, evaluation) throws(ExpressionError) in
    guard case .list(let list) = value else { throw .noSuchOverload("distinct", value) }
    var elements: [Value] = []
    var keys: Set<MapKey> = []
    // What cannot be a key is compared with all that came before.
    var others: [Value] = []
    for index in 0..<list.count {
      let element = list.element(at: index)
      try evaluation.charge(1)
      if element.isUnknown { return element }
      try evaluation.charge(comparing: element)
      if let key = MapKey(element) {
        if keys.insert(key).inserted { elements.append(element) }
        continue
      }
      var isNew = true
      for other in others {
        try evaluation.charge(1)
        switch try element.equality(with: other, &evaluation) {
        case .equal: isNew = false
        case .different: continue
        case .unknown(let unknown): return .unknown(unknown)
        }
        break
      }
      if isNew {
        elements.append(element)
        others.append(element)
      }
    }
    return .list(elements)
  }

  /// `lists.range(3)` is `[0, 1, 2]`; the cost limit bounds it.
  private static let range: Function.Unary = { (value, evaluation) throws(ExpressionError) in
    guard case .int(let count) = value else { throw .noSuchOverload("lists.range", value) }
    try evaluation.charge(Int(count.magnitude >> 1) + 1)
    return .list((0..<max(0, count)).map(Value.int))
  }

  /// The elements in the order of their keys; equal keys keep the order of their elements.
  static let sorted: Function.Binary = { (list, keys, evaluation) throws(ExpressionError) in
    guard case (.list(let list), .list(let keys)) = (list, keys) else { throw .noSuchOverload("sort", list) }
    let count = keys.count
    // Each key is compared about as often as the count has bits.
    let comparisons = 1 + Int.bitWidth - count.leadingZeroBitCount
    try evaluation.charge(count * comparisons)
    var pairs: [(key: Value, index: Int)] = []
    for index in 0..<count {
      let key = keys.element(at: index)
      if key.isUnknown { return key }
      if case .string(let text) = key { try evaluation.charge(bytes: text.utf8.count * comparisons) }
      if case .bytes(let bytes) = key { try evaluation.charge(bytes: bytes.count * comparisons) }
      if let first = pairs.first?.key, key.type != first.type || first.order(to: key) == nil {
        throw .noSuchOverload("sort", first, key)
      }
      guard key.order(to: key) != nil else { throw .noSuchOverload("sort", key) }
      pairs.append((key, index))
    }
    pairs.sort { left, right in
      let order = left.key.order(to: right.key)
      return order == .before || (order == .same && left.index < right.index)
    }
    return .list(pairs.map { list.element(at: $0.index) })
  }
}
