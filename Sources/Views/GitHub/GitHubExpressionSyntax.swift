/// The tree of an expression of GitHub Actions.
/// https://docs.github.com/en/actions/reference/workflows-and-actions/expressions
indirect enum GitHubExpressionSyntax: Sendable, Equatable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  /// `github`, `secrets`, …
  case context(String)
  /// `operand.name`, and `operand['name']` with a literal.
  case member(GitHubExpressionSyntax, String)
  /// `operand[index]`
  case index(GitHubExpressionSyntax, GitHubExpressionSyntax)
  /// `operand.*`
  case filter(GitHubExpressionSyntax)
  case call(String, [GitHubExpressionSyntax])
  case not(GitHubExpressionSyntax)
  case and(GitHubExpressionSyntax, GitHubExpressionSyntax)
  case or(GitHubExpressionSyntax, GitHubExpressionSyntax)
  /// `==`, `!=`, `<`, `<=`, `>`, `>=`
  case comparison(String, GitHubExpressionSyntax, GitHubExpressionSyntax)
}

/// Reads the text between `${{` and `}}`.
struct GitHubExpressionParser {
  struct Failure: Error {
    var message: String
    /// In bytes of the text.
    var offset: Int
  }

  private enum Token: Equatable {
    case name(String), number(Double), string(String), sign(String), end
  }

  /// Deeper nesting than this is refused. GitHub's own limit is 50.
  private static let maxDepth = 50

  private let text: [UInt8]
  private var place = 0
  private var token = Token.end
  private var tokenStart = 0
  private var depth = 0

  static func parse(_ text: [UInt8]) throws(Failure) -> GitHubExpressionSyntax {
    var parser = GitHubExpressionParser(text: text)
    try parser.advance()
    let syntax = try parser.or()
    guard parser.token == .end else { throw parser.failure("something follows the expression") }
    return syntax
  }

  private init(text: [UInt8]) {
    self.text = text
  }

  private func failure(_ message: String) -> Failure { Failure(message: message, offset: tokenStart) }

  // MARK: Grammar, the loosest operator first

  private mutating func or() throws(Failure) -> GitHubExpressionSyntax {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.maxDepth else { throw failure("more than \(Self.maxDepth) levels") }
    var left = try and()
    while try take("||") { left = .or(left, try and()) }
    return left
  }

  private mutating func and() throws(Failure) -> GitHubExpressionSyntax {
    var left = try comparison()
    while try take("&&") { left = .and(left, try comparison()) }
    return left
  }

  private mutating func comparison() throws(Failure) -> GitHubExpressionSyntax {
    var left = try prefix()
    while case .sign(let sign) = token, ["==", "!=", "<", "<=", ">", ">="].contains(sign) {
      try advance()
      left = .comparison(sign, left, try prefix())
    }
    return left
  }

  private mutating func prefix() throws(Failure) -> GitHubExpressionSyntax {
    var count = 0
    while try take("!") { count += 1 }
    guard count <= Self.maxDepth else { throw failure("more than \(Self.maxDepth) levels") }
    var operand = try postfix()
    for _ in 0..<count { operand = .not(operand) }
    return operand
  }

  private mutating func postfix() throws(Failure) -> GitHubExpressionSyntax {
    var operand = try primary()
    var length = 0
    while true {
      length += 1
      guard length <= 1_000 else { throw failure("too long a path") }
      if try take(".") {
        if try take("*") {
          operand = .filter(operand)
        } else {
          guard case .name(let name) = token else { throw failure("a name is missing after the dot") }
          try advance()
          operand = .member(operand, name)
        }
      } else if try take("[") {
        if try take("*") {
          operand = .filter(operand)
        } else {
          let index = try or()
          if case .string(let name) = index {
            operand = .member(operand, name)
          } else {
            operand = .index(operand, index)
          }
        }
        guard try take("]") else { throw failure("a ] is missing") }
      } else {
        return operand
      }
    }
  }

  private mutating func primary() throws(Failure) -> GitHubExpressionSyntax {
    let current = token
    switch current {
    case .number(let number):
      try advance()
      return .number(number)
    case .string(let string):
      try advance()
      return .string(string)
    case .name(let name):
      try advance()
      guard try take("(") else {
        switch name {
        case "null": return .null
        case "true": return .bool(true)
        case "false": return .bool(false)
        case "NaN": return .number(.nan)
        case "Infinity": return .number(.infinity)
        default: return .context(name.lowercased())
        }
      }
      return .call(name, try arguments())
    case .sign("("):
      try advance()
      let inner = try or()
      guard try take(")") else { throw failure("a ) is missing") }
      return inner
    case .sign(let sign): throw failure("\(sign) stands where a value is expected")
    case .end: throw failure("a value is missing")
    }
  }

  private mutating func arguments() throws(Failure) -> [GitHubExpressionSyntax] {
    var arguments: [GitHubExpressionSyntax] = []
    if try take(")") { return arguments }
    repeat { arguments.append(try or()) } while try take(",")
    guard try take(")") else { throw failure("a ) is missing") }
    return arguments
  }

  // MARK: Tokens

  private mutating func take(_ sign: String) throws(Failure) -> Bool {
    guard token == .sign(sign) else { return false }
    try advance()
    return true
  }

  private mutating func advance() throws(Failure) {
    while place < text.count, text[place] <= 0x20 { place += 1 }
    tokenStart = place
    guard place < text.count else {
      token = .end
      return
    }
    let byte = text[place]
    switch byte {
    case UInt8(ascii: "'"): try string()
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"): try number()
    case UInt8(ascii: "."):
      if place + 1 < text.count, Self.isDigit(text[place + 1]), !followsOperand { try number() } else { sign(1) }
    case _ where Self.startsName(byte):
      let start = place
      while place < text.count, Self.continuesName(text[place]) { place += 1 }
      token = .name(String(decoding: text[start..<place], as: UTF8.self))
    case UInt8(ascii: "="), UInt8(ascii: "!"), UInt8(ascii: "<"), UInt8(ascii: ">"):
      let isLong = place + 1 < text.count && text[place + 1] == UInt8(ascii: "=")
      if byte == UInt8(ascii: "="), !isLong { throw failure("= is no operator; == compares") }
      sign(isLong ? 2 : 1)
    case UInt8(ascii: "&"), UInt8(ascii: "|"):
      guard place + 1 < text.count, text[place + 1] == byte else { throw failure("a single & or | is no operator") }
      sign(2)
    case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: ","),
      UInt8(ascii: "*"):
      sign(1)
    default: throw failure("an unexpected character")
    }
  }

  /// Whether the byte before the token ends a value, so that a dot here selects a member.
  private var followsOperand: Bool {
    place > 0
      && (Self.continuesName(text[place - 1]) || text[place - 1] == UInt8(ascii: ")")
        || text[place - 1] == UInt8(ascii: "]"))
  }

  private mutating func sign(_ length: Int) {
    token = .sign(String(decoding: text[place..<place + length], as: UTF8.self))
    place += length
  }

  /// Single quotes; two of them within are one.
  private mutating func string() throws(Failure) {
    var value: [UInt8] = []
    place += 1
    while place < text.count {
      if text[place] == UInt8(ascii: "'") {
        place += 1
        guard place < text.count, text[place] == UInt8(ascii: "'") else {
          token = .string(String(decoding: value, as: UTF8.self))
          return
        }
      }
      value.append(text[place])
      place += 1
    }
    throw failure("a string has no end")
  }

  private mutating func number() throws(Failure) {
    let start = place
    if text[place] == UInt8(ascii: "-") || text[place] == UInt8(ascii: "+") { place += 1 }
    while place < text.count {
      let byte = text[place]
      let isExponentSign =
        (byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")) && text[place - 1] | 0x20 == UInt8(ascii: "e")
      guard Self.isDigit(byte) || Self.startsName(byte) || byte == UInt8(ascii: ".") || isExponentSign else { break }
      place += 1
    }
    let written = String(decoding: text[start..<place], as: UTF8.self)
    if written.hasPrefix("0x"), let value = UInt64(written.dropFirst(2), radix: 16) {
      token = .number(Double(value))
    } else if written.hasPrefix("0o"), let value = UInt64(written.dropFirst(2), radix: 8) {
      token = .number(Double(value))
    } else if let value = Double(written) {
      token = .number(value)
    } else if written == "-Infinity" {
      token = .number(-.infinity)
    } else {
      throw failure("not a number")
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func startsName(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte & ~0x20) || byte == UInt8(ascii: "_")
  }

  private static func continuesName(_ byte: UInt8) -> Bool {
    startsName(byte) || isDigit(byte) || byte == UInt8(ascii: "-")
  }
}
