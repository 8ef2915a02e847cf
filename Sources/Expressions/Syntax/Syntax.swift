/// A part of an expression as it is written; macros are still calls here.
struct Syntax: Sendable {
  indirect enum Kind: Sendable {
    case literal(Value)
    /// `isRooted` is a leading dot: not a variable of a macro, and not in the container.
    case name(String, isRooted: Bool)
    case select(Syntax, name: String, isOptional: Bool)
    case index(Syntax, Syntax, isOptional: Bool)
    case call(String, target: Syntax?, arguments: [Syntax], isRooted: Bool)
    case list([Element])
    case map([Entry])
    /// A protocol-buffer message, which is read but cannot be evaluated.
    case message(String)
    case logic([Syntax], isOr: Bool)
    case not(Syntax)
    case negate(Syntax, count: Int)
    case binary(BinaryOperator, Syntax, Syntax)
    case conditional(Syntax, Syntax, Syntax)
  }

  struct Element: Sendable {
    let value: Syntax
    let isOptional: Bool
  }

  struct Entry: Sendable {
    let key: Syntax
    let value: Syntax
    let isOptional: Bool
  }

  let kind: Kind
  /// From the first byte to the one after the last.
  let range: Range<Int>
  /// The byte that errors point to: the operator, the dot, the name of a function.
  let offset: Int
  /// Of the tree below it, itself included.
  let depth: Int

  /// `a.b.c` as its names, if it is nothing else.
  var qualifiedName: (names: [String], isRooted: Bool)? {
    switch kind {
    case .name(let name, let isRooted): ([name], isRooted)
    case .select(let operand, let name, isOptional: false):
      operand.qualifiedName.map { ($0.names + [name], $0.isRooted) }
    default: nil
    }
  }
}
