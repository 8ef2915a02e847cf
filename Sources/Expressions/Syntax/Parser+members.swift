extension Parser {
  // What a bracket does not pass through stays out of line: inlined into one function, its frame would be kilobytes for
  // each level of nesting.

  /// Words that no variable and no function can be named by, though fields can.
  /// https://github.com/google/cel-spec/blob/master/doc/langdef.md#syntax (RESERVED)
  private static let reserved: Set<String> = [
    "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package",
    "namespace", "return", "var", "void", "while",
  ]
  private static let keywords: Set<String> = ["true", "false", "null", "in"]

  /// Member = Primary {"." SELECTOR ["(" [ExprList] ")"] | "[" Expr "]"}
  ///
  /// - Parameter value: A number whose sign has been read.
  mutating func member(startingWith value: Value? = nil, at offset: Int? = nil) throws(ExpressionError) -> Syntax {
    let start = offset ?? token.range.lowerBound
    var operand: Syntax
    if let value {
      operand = try literal(value, from: start)
    } else {
      operand = try primary()
    }
    while true {
      let dot = token.range.lowerBound
      if try take(.dot) {
        operand = try selector(of: operand, from: start, dot: dot)
      } else if try take(.openBracket) {
        operand = try index(of: operand, from: start, bracket: dot)
      } else {
        return operand
      }
    }
  }

  @inline(never)
  private mutating func selector(of operand: Syntax, from start: Int, dot: Int) throws(ExpressionError) -> Syntax {
    let isOptional = try take(.question)
    let offset = token.range.lowerBound
    switch token.kind {
    case .identifier(let name) where !Self.keywords.contains(name):
      try advance()
      if !isOptional, try take(.openParenthesis) {
        let arguments = try list(until: .closeParenthesis)
        return try make(
          .call(name, target: operand, arguments: arguments, isRooted: false), from: start, at: offset,
          over: arguments + [operand])
      }
      return try make(.select(operand, name: name, isOptional: isOptional), from: start, at: offset, over: [operand])
    case .quotedIdentifier(let name):
      try advance()
      return try make(.select(operand, name: name, isOptional: isOptional), from: start, at: offset, over: [operand])
    default: throw unexpected("the name of a field")
    }
  }

  @inline(never)
  private mutating func literal(_ value: Value, from start: Int) throws(ExpressionError) -> Syntax {
    try advance()
    return try make(.literal(value), from: start, over: [])
  }

  @inline(never)
  private mutating func index(of operand: Syntax, from start: Int, bracket: Int) throws(ExpressionError) -> Syntax {
    let isOptional = try take(.question)
    let index = try expression()
    try expect(.closeBracket)
    return try make(.index(operand, index, isOptional: isOptional), from: start, at: bracket, over: [operand, index])
  }

  private mutating func primary() throws(ExpressionError) -> Syntax {
    let start = token.range.lowerBound
    switch token.kind {
    case .number, .text:
      let value = token.value
      if case .int(.min) = value { throw failure("the number does not fit into an int", at: start) }
      return try literal(value, from: start)
    case .identifier, .symbol(.dot): return try name()
    case .symbol(.openParenthesis):
      try advance()
      return try parenthesized()
    case .symbol(.openBracket):
      try advance()
      return try listLiteral(from: start)
    case .symbol(.openBrace):
      try advance()
      return try mapLiteral(from: start)
    default: throw unexpected("a value")
    }
  }

  @inline(never)
  private mutating func parenthesized() throws(ExpressionError) -> Syntax {
    let inner = try expression()
    try expect(.closeParenthesis)
    return inner
  }

  /// ["."] IDENT ["(" [ExprList] ")"], or a message: ["."] IDENT {"." IDENT} "{" … "}"
  @inline(never)
  private mutating func name() throws(ExpressionError) -> Syntax {
    let start = token.range.lowerBound
    let isRooted = try take(.dot)
    guard case .identifier(let name) = token.kind else { throw unexpected("a name") }
    let offset = token.range.lowerBound
    if !isRooted, name == "true" || name == "false" || name == "null" {
      try advance()
      return try make(.literal(name == "null" ? .null : .bool(name == "true")), from: start, over: [])
    }
    guard !Self.keywords.contains(name) else { throw unexpected("a value") }
    guard !Self.reserved.contains(name) else { throw failure("'\(name)' is a reserved word", at: offset) }
    try advance()
    if try take(.openParenthesis) {
      let arguments = try list(until: .closeParenthesis)
      return try make(
        .call(name, target: nil, arguments: arguments, isRooted: isRooted), from: start, at: offset, over: arguments)
    }
    let syntax = try make(.name(name, isRooted: isRooted), from: start, at: offset, over: [])
    return token.kind == .symbol(.openBrace)
      ? try message(syntax, from: start) : try messageAfterDots(syntax, from: start)
  }

  /// Reads `.b.c{…}` after `a` only if braces follow; `a.b.c` without them is left to `member`.
  @inline(never)
  private mutating func messageAfterDots(_ root: Syntax, from start: Int) throws(ExpressionError) -> Syntax {
    let before = self
    var syntax = root
    while try take(.dot) {
      guard case .identifier(let name) = token.kind, !Self.keywords.contains(name) else { break }
      let offset = token.range.lowerBound
      try advance()
      syntax = try make(.select(syntax, name: name, isOptional: false), from: start, at: offset, over: [syntax])
      if token.kind == .symbol(.openBrace) { return try message(syntax, from: start) }
    }
    self = before
    return root
  }

  @inline(never)
  private mutating func message(_ type: Syntax, from start: Int) throws(ExpressionError) -> Syntax {
    try expect(.openBrace)
    var values: [Syntax] = []
    while token.kind != .symbol(.closeBrace) {
      _ = try take(.question)
      switch token.kind {
      case .identifier, .quotedIdentifier: try advance()
      default: throw unexpected("the name of a field")
      }
      try expect(.colon)
      values.append(try expression())
      guard try take(.comma) else { break }
    }
    try expect(.closeBrace)
    let name = type.qualifiedName?.names.joined(separator: ".") ?? ""
    return try make(.message(name), from: start, over: values)
  }

  @inline(never)
  private mutating func list(until close: Token.Symbol) throws(ExpressionError) -> [Syntax] {
    var elements: [Syntax] = []
    while token.kind != .symbol(close) {
      elements.append(try expression())
      guard try take(.comma) else { break }
      // Only lists and maps may end in a comma.
      if token.kind == .symbol(close) { throw unexpected("another argument") }
    }
    try expect(close)
    return elements
  }

  @inline(never)
  private mutating func listLiteral(from start: Int) throws(ExpressionError) -> Syntax {
    var elements: [Syntax.Element] = []
    while token.kind != .symbol(.closeBracket) {
      let isOptional = try take(.question)
      elements.append(Syntax.Element(value: try expression(), isOptional: isOptional))
      guard try take(.comma) else { break }
    }
    try expect(.closeBracket)
    return try make(.list(elements), from: start, over: elements.map(\.value))
  }

  @inline(never)
  private mutating func mapLiteral(from start: Int) throws(ExpressionError) -> Syntax {
    var entries: [Syntax.Entry] = []
    while token.kind != .symbol(.closeBrace) {
      let isOptional = try take(.question)
      let key = try expression()
      try expect(.colon)
      entries.append(Syntax.Entry(key: key, value: try expression(), isOptional: isOptional))
      guard try take(.comma) else { break }
    }
    try expect(.closeBrace)
    return try make(.map(entries), from: start, over: entries.map(\.key) + entries.map(\.value))
  }
}
