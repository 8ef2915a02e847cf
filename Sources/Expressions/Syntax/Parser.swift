// Precedence climbing instead of one function for each level of the grammar: the same language with less of the stack,
// which is what hostile input is after. A parser generator has no place here: the grammar is a page.

/// Reads an expression.
/// https://github.com/google/cel-spec/blob/master/doc/langdef.md#syntax
struct Parser {
  /// How deep brackets and conditionals are nested, and how deep the tree gets, at most. The specification asks for 12 to
  /// 32 (langdef, "Syntax"); with these, an optimised build stays within half a megabyte of stack, which is what some
  /// systems give to a thread.
  static let deepestNesting = 64
  static let deepestTree = 128
  /// In bytes.
  static let longestSource = 50_000

  private var lexer: Lexer
  var token: Token
  private let positions: PositionIndex
  private var nesting = 0
  /// One after the last byte of the token before the current one.
  private(set) var end = 0

  static func parse(_ bytes: [UInt8], _ positions: PositionIndex) throws(ExpressionError) -> Syntax {
    guard bytes.count <= longestSource else {
      throw ExpressionError(
        .syntax, "the expression is longer than \(longestSource) bytes", at: positions.position(at: 0))
    }
    var parser = Parser(bytes, positions)
    try parser.advance()
    let syntax = try parser.expression()
    guard parser.token.kind == .end else { throw parser.unexpected("an operator or the end") }
    return syntax
  }

  private init(_ bytes: [UInt8], _ positions: PositionIndex) {
    lexer = Lexer(bytes)
    token = Token(kind: .end, range: 0..<0)
    self.positions = positions
  }

  // MARK: Tokens

  @inline(never)
  mutating func advance() throws(ExpressionError) {
    end = token.range.upperBound
    do throws(Lexer.Failure) {
      token = try lexer.next()
    } catch {
      throw failure(error.message, at: error.offset)
    }
  }

  /// Takes a symbol if it is next.
  mutating func take(_ symbol: Token.Symbol) throws(ExpressionError) -> Bool {
    guard token.kind == .symbol(symbol) else { return false }
    try advance()
    return true
  }

  mutating func expect(_ symbol: Token.Symbol) throws(ExpressionError) {
    guard try take(symbol) else { throw unexpected("'\(symbol.rawValue)'") }
  }

  @inline(never)
  func failure(_ message: String, at offset: Int) -> ExpressionError {
    ExpressionError(.syntax, message, at: positions.position(at: offset))
  }

  @inline(never)
  func unexpected(_ wanted: String) -> ExpressionError {
    let found =
      switch token.kind {
      case .end: "the end"
      case .identifier(let name), .quotedIdentifier(let name): "'\(name)'"
      case .number: "a number"
      case .text: "a text"
      case .symbol(let symbol): "'\(symbol.rawValue)'"
      }
    return failure("expected \(wanted), found \(found)", at: token.range.lowerBound)
  }

  @inline(never)
  func make(
    _ kind: Syntax.Kind, from start: Int, at offset: Int? = nil, over children: [Syntax]
  ) throws(ExpressionError) -> Syntax {
    let depth = 1 + (children.map(\.depth).max() ?? 0)
    guard depth <= Self.deepestTree else { throw tooDeep(at: offset ?? start) }
    return Syntax(kind: kind, range: start..<max(start, end), offset: offset ?? start, depth: depth)
  }

  private func tooDeep(at offset: Int) -> ExpressionError {
    ExpressionError(.depthExceeded, "the expression is nested too deeply", at: positions.position(at: offset))
  }

  // MARK: Operators

  /// Expr = ConditionalOr ["?" ConditionalOr ":" Expr]
  mutating func expression() throws(ExpressionError) -> Syntax {
    nesting += 1
    defer { nesting -= 1 }
    guard nesting <= Self.deepestNesting else { throw tooDeep(at: token.range.lowerBound) }
    let start = token.range.lowerBound
    let condition = try binary(level: 0)
    let offset = token.range.lowerBound
    guard try take(.question) else { return condition }
    let first = try binary(level: 0)
    try expect(.colon)
    let second = try expression()
    return try make(.conditional(condition, first, second), from: start, at: offset, over: [condition, first, second])
  }

  /// ConditionalOr, ConditionalAnd, Relation, Addition, Multiplication: levels 0 to 4, all of them left-associative.
  private mutating func binary(level: Int) throws(ExpressionError) -> Syntax {
    let start = token.range.lowerBound
    var left = try unary()
    while let (infix, itsLevel) = infix, itsLevel >= level {
      let offset = token.range.lowerBound
      try advance()
      let right = try binary(level: itsLevel + 1)
      switch infix {
      case .binary(let binary):
        left = try make(.binary(binary, left, right), from: start, at: offset, over: [left, right])
      case .logic(let symbol):
        left = try chain(of: symbol, after: [left, right], level: itsLevel, from: start, at: offset)
      }
    }
    return left
  }

  /// The rest of `a && b && …`, which is one node, so that its length does not count as depth.
  @inline(never)
  private mutating func chain(
    of symbol: Token.Symbol, after first: [Syntax], level: Int, from start: Int, at offset: Int
  ) throws(ExpressionError) -> Syntax {
    var operands = first
    while try take(symbol) { operands.append(try binary(level: level + 1)) }
    return try make(.logic(operands, isOr: symbol == .or), from: start, at: offset, over: operands)
  }

  private enum Infix {
    case binary(BinaryOperator)
    case logic(Token.Symbol)
  }

  private var infix: (Infix, level: Int)? {
    switch token.kind {
    case .identifier("in"): (.binary(.isIn), 2)
    case .symbol(let symbol):
      switch symbol {
      case .or: (.logic(.or), 0)
      case .and: (.logic(.and), 1)
      case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
        BinaryOperator(rawValue: symbol.rawValue).map { (.binary($0), 2) }
      case .add: (.binary(.add), 3)
      case .subtract: (.binary(.subtract), 3)
      case .multiply: (.binary(.multiply), 4)
      case .divide: (.binary(.divide), 4)
      case .remainder: (.binary(.remainder), 4)
      default: nil
      }
    default: nil
    }
  }

  /// Unary = Member | "!" {"!"} Member | "-" {"-"} Member
  private mutating func unary() throws(ExpressionError) -> Syntax {
    token.kind == .symbol(.not) || token.kind == .symbol(.subtract) ? try signed() : try member()
  }

  @inline(never)
  private mutating func signed() throws(ExpressionError) -> Syntax {
    let start = token.range.lowerBound
    var count = 0
    while try take(.not) { count += 1 }
    if count > 0 {
      var operand = try member()
      // Two take each other back, but still need a bool.
      for _ in 0..<(count.isMultiple(of: 2) ? 2 : 1) { operand = try make(.not(operand), from: start, over: [operand]) }
      return operand
    }
    while token.kind == .symbol(.subtract) {
      count += 1
      try advance()
    }
    // The last minus belongs to a number that follows it: -9223372036854775808 is one literal.
    guard token.kind == .number, let value = negated(token.value) else {
      let operand = try member()
      return try make(.negate(operand, count: count), from: start, over: [operand])
    }
    let literal = try member(startingWith: value, at: end - 1)
    if count == 1 { return literal }
    return try make(.negate(literal, count: count - 1), from: start, over: [literal])
  }

  private func negated(_ value: Value) -> Value? {
    switch value {
    case .int(let number): .int(0 &- number)
    case .double(let number): .double(-number)
    default: nil
    }
  }
}
