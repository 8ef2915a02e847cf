internal import Expressions

/// A message with expressions in it: `{{self.uses}} can change under your feet`.
struct MessageTemplate: Sendable {
  private enum Part: Sendable {
    case text(String)
    case expression(Program)
  }

  private let parts: [Part]

  /// A longer value is not shown, and none of several lines: it could be a key, and a part of a key is not masked.
  private static let maxValueLength = 120

  /// - Parameter isDeferred: read the expressions when they are first needed; for texts that were checked before.
  init(parsing text: String, in environment: Environment, isDeferred: Bool = false) throws(ExpressionError) {
    var parts: [Part] = []
    var rest = text[...]
    while let open = rest.firstRange(of: "{{"), let close = rest[open.upperBound...].firstRange(of: "}}") {
      parts.append(.text(String(rest[..<open.lowerBound])))
      let expression = String(rest[open.upperBound..<close.lowerBound])
      parts.append(
        .expression(
          isDeferred
            ? Program(deferring: expression, in: environment) : try Program(parsing: expression, in: environment)))
      rest = rest[close.upperBound...]
    }
    parts.append(.text(String(rest)))
    self.parts = parts
  }

  /// The message; what has no value shows as `?`.
  func text(with bindings: Bindings) -> String {
    parts.map { part in
      switch part {
      case .text(let text): text
      case .expression(let program): Self.shown(try? program.evaluate(with: bindings))
      }
    }.joined()
  }

  private static func shown(_ value: Value?) -> String {
    let text =
      switch value {
      case .string(let text): text
      case .int(let number): String(number)
      case .uint(let number): String(number)
      case .double(let number): String(number)
      case .bool(let bool): String(bool)
      case .object(let object): object.text ?? "?"
      default: "?"
      }
    return text.count > maxValueLength || text.contains(where: \.isNewline) ? "(a long text)" : text
  }
}
