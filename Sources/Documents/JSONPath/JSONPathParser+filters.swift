// Conditions of filters. What an expression may be is known only after it was read: `count(@.*)` can start a comparison
// and `match(…)` cannot. So operands are parsed first and their type is checked against the place (RFC 9535, 2.4.3).

extension JSONPathParser {
  /// Something that can stand at the start of a test or a comparison, before its type is checked.
  private enum Operand {
    case query(JSONPath.Query)
    case value(JSONPath.Value)
    case test(JSONPath.RegexTest)
  }

  mutating func parseCondition() throws(JSONPathError) -> JSONPath.Condition {
    try nested { (parser) throws(JSONPathError) in
      var terms = [try parser.parseConjunction()]
      while parser.skipOperator("||") { terms.append(try parser.parseConjunction()) }
      return terms.count == 1 ? terms[0] : .or(terms)
    }
  }

  private mutating func parseConjunction() throws(JSONPathError) -> JSONPath.Condition {
    var terms = [try parseBasicCondition()]
    while skipOperator("&&") { terms.append(try parseBasicCondition()) }
    return terms.count == 1 ? terms[0] : .and(terms)
  }

  /// An operator with the white space around it; nothing is skipped where it is missing.
  private mutating func skipOperator(_ word: String) -> Bool {
    let start = offset
    skipSpace()
    guard skip(word) else {
      offset = start
      return false
    }
    skipSpace()
    return true
  }

  /// `paren-expr / comparison-expr / test-expr`; `!` stands only before the first and the last.
  private mutating func parseBasicCondition() throws(JSONPathError) -> JSONPath.Condition {
    let isNegated = skip("!")
    if isNegated { skipSpace() }
    let condition: JSONPath.Condition
    if skip("(") {
      skipSpace()
      condition = try parseCondition()
      skipSpace()
      guard skip(")") else { throw error("expected )") }
    } else {
      let start = offset
      let operand = try parseOperand()
      let end = offset
      skipSpace()
      if !isNegated, let comparison = parseComparison() {
        let left = try comparable(operand, at: start)
        skipSpace()
        let rightStart = offset
        let right = try parseOperand()
        return .comparison(left, comparison, try comparable(right, at: rightStart))
      }
      offset = end
      switch operand {
      case .query(let query): condition = .exists(query)
      case .test(let test): condition = .test(test)
      case .value: throw JSONPathError("a value alone is not a condition", at: start)
      }
    }
    return isNegated ? .not(condition) : condition
  }

  private mutating func parseComparison() -> JSONPath.Comparison? {
    if skip("==") { return .equal }
    if skip("!=") { return .notEqual }
    if skip("<=") { return .lessOrEqual }
    if skip(">=") { return .greaterOrEqual }
    if skip("<") { return .less }
    if skip(">") { return .greater }
    return nil
  }

  /// What can be compared or be an argument that is a value.
  private func comparable(_ operand: Operand, at start: Int) throws(JSONPathError) -> JSONPath.Value {
    switch operand {
    case .value(let value): return value
    case .query(let query):
      guard query.isSingular else { throw JSONPathError("this query can select more than one node", at: start) }
      return .singular(query)
    case .test: throw JSONPathError("this function gives no value", at: start)
    }
  }

  private mutating func parseOperand() throws(JSONPathError) -> Operand {
    guard let byte = peek else { throw error("expected a query, a literal or a function") }
    switch byte {
    case UInt8(ascii: "$"), UInt8(ascii: "@"):
      return .query(try nested { (parser) throws(JSONPathError) in try parser.parseQuery() })
    case UInt8(ascii: "'"), UInt8(ascii: "\""): return .value(.literal(.string(try parseString())))
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .value(.literal(try parseNumber()))
    default: return try parseWord()
    }
  }

  /// `(int / "-0") [ frac ] [ exp ]`.
  private mutating func parseNumber() throws(JSONPathError) -> JSONPath.Literal {
    let start = offset
    func digits(_ parser: inout Self) throws(JSONPathError) {
      guard parser.peek?.isDigit == true else { throw parser.error("expected a digit") }
      while parser.peek?.isDigit == true { parser.offset += 1 }
    }
    _ = skip("-")
    if skip("0") {
      if peek?.isDigit == true { throw JSONPathError("a number starts with no extra 0", at: start) }
    } else {
      try digits(&self)
    }
    if skip(".") { try digits(&self) }
    if skip("e") || skip("E") {
      if !skip("+") { _ = skip("-") }
      try digits(&self)
    }
    switch JSONScalar.number(text.span.extracting(start..<offset)) {
    case .int(let value): return .int(value)
    case .double(let value): return .double(value)
    default: throw JSONPathError("not a number", at: start)
    }
  }

  /// `true`, `false`, `null`, or the call of a function.
  private mutating func parseWord() throws(JSONPathError) -> Operand {
    let start = offset
    while let byte = peek, 0x61...0x7A ~= byte || (offset > start && (byte == UInt8(ascii: "_") || byte.isDigit)) {
      offset += 1
    }
    let name = String(decoding: text[start..<offset], as: UTF8.self)
    if !skip("(") {
      switch name {
      case "true": return .value(.literal(.bool(true)))
      case "false": return .value(.literal(.bool(false)))
      case "null": return .value(.literal(.null))
      default: throw JSONPathError("expected a query, a literal or a function", at: start)
      }
    }
    let arguments = try nested { (parser) throws(JSONPathError) in try parser.parseArguments() }
    return try call(of: name, with: arguments, at: start)
  }

  private mutating func parseArguments() throws(JSONPathError) -> [(operand: Operand, offset: Int)] {
    var arguments: [(operand: Operand, offset: Int)] = []
    skipSpace()
    if skip(")") { return arguments }
    while true {
      let start = offset
      arguments.append((try parseOperand(), start))
      skipSpace()
      if skip(")") { return arguments }
      guard skip(",") else { throw error("expected , or )") }
      skipSpace()
    }
  }

  /// The functions of RFC 9535, 2.4.4 to 2.4.8, with their declared types.
  private func call(
    of name: String, with arguments: [(operand: Operand, offset: Int)], at start: Int
  ) throws(JSONPathError) -> Operand {
    func expect(_ count: Int) throws(JSONPathError) {
      if arguments.count != count { throw JSONPathError("\(name) takes \(count) arguments", at: start) }
    }
    func value(_ index: Int) throws(JSONPathError) -> JSONPath.Value {
      try comparable(arguments[index].operand, at: arguments[index].offset)
    }
    func query(_ index: Int) throws(JSONPathError) -> JSONPath.Query {
      guard case .query(let query) = arguments[index].operand else {
        throw JSONPathError("\(name) takes a query", at: arguments[index].offset)
      }
      return query
    }
    switch name {
    case "length":
      try expect(1)
      return .value(.length(try value(0)))
    case "count":
      try expect(1)
      return .value(.count(try query(0)))
    case "value":
      try expect(1)
      return .value(.only(try query(0)))
    case "match", "search":
      try expect(2)
      guard let regexEngine else { throw JSONPathError("\(name) is not to be had here", at: start) }
      var test = JSONPath.RegexTest(text: try value(0), pattern: try value(1), isWhole: name == "match")
      if case .literal(.string(let pattern)) = test.pattern {
        test.compiled = IRegexp.pcre2(String(decoding: pattern, as: UTF8.self), isWhole: test.isWhole)
          .flatMap { regexEngine($0) }
      }
      return .test(test)
    default: throw JSONPathError("there is no function \(name)", at: start)
    }
  }
}
