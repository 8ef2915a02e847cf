/// A word of the language.
/// https://github.com/google/cel-spec/blob/master/doc/langdef.md#syntax
struct Token {
  enum Kind: Equatable {
    case identifier(String)
    /// Between backquotes; only a field can be named so.
    case quotedIdentifier(String)
    case number
    case text
    /// An operator or a bracket.
    case symbol(Symbol)
    case end
  }

  enum Symbol: String {
    case equal = "=="
    case notEqual = "!="
    case lessOrEqual = "<="
    case greaterOrEqual = ">="
    case and = "&&"
    case or = "||"
    case less = "<"
    case greater = ">"
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case remainder = "%"
    case not = "!"
    case question = "?"
    case colon = ":"
    case dot = "."
    case comma = ","
    case openParenthesis = "("
    case closeParenthesis = ")"
    case openBracket = "["
    case closeBracket = "]"
    case openBrace = "{"
    case closeBrace = "}"

    /// The longest symbol that two bytes begin with.
    init?(_ first: UInt8, _ second: UInt8?) {
      switch (Unicode.Scalar(first), second.map { Unicode.Scalar($0) }) {
      case ("=", "="): self = .equal
      case ("!", "="): self = .notEqual
      case ("<", "="): self = .lessOrEqual
      case (">", "="): self = .greaterOrEqual
      case ("&", "&"): self = .and
      case ("|", "|"): self = .or
      case ("<", _): self = .less
      case (">", _): self = .greater
      case ("+", _): self = .add
      case ("-", _): self = .subtract
      case ("*", _): self = .multiply
      case ("/", _): self = .divide
      case ("%", _): self = .remainder
      case ("!", _): self = .not
      case ("?", _): self = .question
      case (":", _): self = .colon
      case (".", _): self = .dot
      case (",", _): self = .comma
      case ("(", _): self = .openParenthesis
      case (")", _): self = .closeParenthesis
      case ("[", _): self = .openBracket
      case ("]", _): self = .closeBracket
      case ("{", _): self = .openBrace
      case ("}", _): self = .closeBrace
      default: return nil
      }
    }
  }

  let kind: Kind
  let range: Range<Int>
  /// Of a number or text.
  var value: Value = .null
}
