internal import Findings

extension JSONPathEvaluator {
  /// What a side of a comparison gives (RFC 9535, 2.4.1): `nothing` is an empty list of nodes, too.
  private enum Operand {
    case nothing
    case literal(JSONPath.Literal)
    case node(Int)
  }

  mutating func holds(_ condition: JSONPath.Condition, for current: Int) throws(JSONPathError) -> Bool {
    switch condition {
    case .or(let terms):
      for term in terms where try holds(term, for: current) { return true }
      return false
    case .and(let terms):
      for term in terms where try !holds(term, for: current) { return false }
      return true
    case .not(let term): return try !holds(term, for: current)
    case .exists(let query):
      if query.isSingular { return try single(query, current: current) != nil }
      return try !items(of: query, current: current).isEmpty
    case .comparison(let left, let comparison, let right):
      let left = try operand(left, current)
      return try compare(left, comparison, try operand(right, current))
    case .test(let test): return try holds(test, current)
    }
  }

  // MARK: Values

  private mutating func operand(_ value: JSONPath.Value, _ current: Int) throws(JSONPathError) -> Operand {
    switch value {
    case .literal(let literal): return .literal(literal)
    case .singular(let query): return try single(query, current: current).map { .node($0) } ?? .nothing
    case .count(let query): return .literal(.int(Int64(try items(of: query, current: current).count)))
    case .only(let query):
      let items = try items(of: query, current: current)
      return items.count == 1 ? .node(items[0].record) : .nothing
    case .length(let value): return length(try operand(value, current))
    }
  }

  /// RFC 9535, 2.4.4: scalar values of a string, elements, or members.
  private func length(_ operand: Operand) -> Operand {
    if case .node(let record) = operand {
      let node = node(record)
      if let count = node.elementCount { return .literal(.int(Int64(count))) }
      if let entries = node.entries { return .literal(.int(Int64(entries.count))) }
    }
    guard case .string(let bytes)? = literal(operand) else { return .nothing }
    // All bytes but those that continue a character.
    return .literal(.int(Int64(bytes.count { $0 & 0xC0 != 0x80 })))
  }

  /// The value of an operand that is no collection.
  private func literal(_ operand: Operand) -> JSONPath.Literal? {
    switch operand {
    case .nothing: nil
    case .literal(let literal): literal
    case .node(let record): Self.literal(of: node(record))
    }
  }

  private static func literal(of node: Node) -> JSONPath.Literal? {
    switch node.scalar {
    case nil: nil
    case .null?: .null
    case .bool(let value)?: .bool(value)
    case .int(let value)?: .int(value)
    case .double(let value)?: .double(value)
    case .string(let value)?: .string(Array(value.utf8))
    }
  }

  // MARK: Comparisons (RFC 9535, 2.3.5.2.2)

  private mutating func compare(
    _ left: Operand, _ comparison: JSONPath.Comparison, _ right: Operand
  ) throws(JSONPathError) -> Bool {
    switch comparison {
    case .equal: return try isEqual(left, right)
    case .notEqual: return try !isEqual(left, right)
    case .less: return isLess(left, right)
    case .greater: return isLess(right, left)
    case .lessOrEqual:
      if isLess(left, right) { return true }
      return try isEqual(left, right)
    case .greaterOrEqual:
      if isLess(right, left) { return true }
      return try isEqual(left, right)
    }
  }

  private mutating func isEqual(_ left: Operand, _ right: Operand) throws(JSONPathError) -> Bool {
    switch (left, right) {
    case (.nothing, .nothing): return true
    case (.nothing, _), (_, .nothing): return false
    case (.node(let left), .node(let right)): return try isEqual(left, right)
    default:
      guard let left = literal(left), let right = literal(right) else { return false }
      return Self.isEqual(left, right)
    }
  }

  private static func isEqual(_ left: JSONPath.Literal, _ right: JSONPath.Literal) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let left), .bool(let right)): left == right
    case (.string(let left), .string(let right)): left == right
    case (.int(let left), .int(let right)): left == right
    case (.int(let left), .double(let right)): Double(left) == right
    case (.double(let left), .int(let right)): left == Double(right)
    case (.double(let left), .double(let right)): left == right
    default: false
    }
  }

  private func isLess(_ left: Operand, _ right: Operand) -> Bool {
    guard let left = literal(left), let right = literal(right) else { return false }
    return switch (left, right) {
    // The order of UTF-8 is that of scalar values.
    case (.string(let left), .string(let right)): left.lexicographicallyPrecedes(right)
    case (.int(let left), .int(let right)): left < right
    case (.int(let left), .double(let right)): Double(left) < right
    case (.double(let left), .int(let right)): left < Double(right)
    case (.double(let left), .double(let right)): left < right
    default: false
    }
  }

  /// Whether two nodes have the same value. What is left to compare lies in a list and not on the stack.
  private mutating func isEqual(_ left: Int, _ right: Int) throws(JSONPathError) -> Bool {
    var pending = [(left, right)]
    while let (leftRecord, rightRecord) = pending.popLast() {
      try spend(1)
      let left = node(leftRecord)
      let right = node(rightRecord)
      guard left.kind == right.kind else { return false }
      switch left.kind {
      case .scalar:
        guard let leftValue = Self.literal(of: left), let rightValue = Self.literal(of: right),
          Self.isEqual(leftValue, rightValue)
        else { return false }
      case .sequence:
        guard let leftElements = left.elements, let rightElements = right.elements,
          leftElements.count == rightElements.count
        else { return false }
        for (left, right) in zip(leftElements, rightElements) { pending.append((left.index, right.index)) }
      case .mapping:
        let leftValues = Self.values(of: left)
        let rightValues = Self.values(of: right)
        guard leftValues.count == rightValues.count else { return false }
        for (name, left) in leftValues {
          guard let right = rightValues[name] else { return false }
          pending.append((left, right))
        }
      }
    }
    return true
  }

  private static func values(of mapping: Node) -> [[UInt8]: Int] {
    var values: [[UInt8]: Int] = [:]
    for (key, value) in mapping.entries ?? [] {
      values[key.withText { [UInt8]($0) } ?? []] = value.index
    }
    return values
  }

  // MARK: Regular expressions

  private mutating func holds(_ test: JSONPath.RegexTest, _ current: Int) throws(JSONPathError) -> Bool {
    let textOperand = try operand(test.text, current)
    guard case .string(let text)? = literal(textOperand) else { return false }
    let string = String(decoding: text, as: UTF8.self)
    if case .literal = test.pattern { return test.compiled?(string) ?? false }
    let patternOperand = try operand(test.pattern, current)
    guard case .string(let pattern)? = literal(patternOperand), let regexEngine,
      let source = IRegexp.pcre2(String(decoding: pattern, as: UTF8.self), isWhole: test.isWhole)
    else { return false }
    if let lastPattern, lastPattern.source == source { return lastPattern.test?(string) ?? false }
    let compiled = regexEngine(source)
    lastPattern = (source, compiled)
    return compiled?(string) ?? false
  }
}
