package import Expressions

/// An expression of GitHub Actions, and what can come out of it.
package final class GitHubExpression: ValueObject {
  package static let type = ValueType("github.Expression")

  /// As it is written, without the braces.
  package let source: String
  private let syntax: GitHubExpressionSyntax
  /// The contexts that it reads, in lower case, such as `github.event.issue.title`; what is picked by a computed index
  /// is `*`.
  package let contexts: [String]
  /// Those of them that can be part of the result: in `a.b == 'x' && a.c` that is `a.c` alone.
  package let flows: [String]
  /// The functions that it calls, in lower case.
  package let functions: [String]

  init(source: String, syntax: GitHubExpressionSyntax) {
    self.source = source
    self.syntax = syntax
    var walk = Walk()
    walk.visit(syntax, flowing: true)
    contexts = walk.contexts
    flows = walk.flows
    functions = walk.functions
  }

  package var type: ValueType { Self.type }
  package var text: String? { source }

  /// The result, where it depends on nothing; `nil` where it does.
  package var constant: Value? {
    switch syntax {
    case .null: .null
    case .bool(let bool): .bool(bool)
    case .number(let number): Int64(exactly: number).map(Value.int) ?? .double(number)
    case .string(let string): .string(string)
    default: nil
    }
  }

  package func member(_ name: String) -> Value? {
    switch name {
    case "text": .string(source)
    case "contexts": .strings(contexts)
    case "flows": .strings(flows)
    case "functions": .strings(functions)
    case "constant": .bool(contexts.isEmpty && functions.isEmpty)
    default: nil
    }
  }

  package func isEqual(to other: any ValueObject) -> Bool {
    (other as? GitHubExpression)?.syntax == syntax
  }

  /// Collects contexts and functions in the order of the text, each once.
  private struct Walk {
    var contexts: [String] = []
    var flows: [String] = []
    var functions: [String] = []

    mutating func visit(_ syntax: GitHubExpressionSyntax, flowing: Bool) {
      switch syntax {
      case .null, .bool, .number, .string: break
      case .context, .member, .filter, .index: path(syntax, flowing: flowing)
      case .call(let name, let arguments):
        let name = name.lowercased()
        Self.add(name, to: &functions)
        // What these give is made of their arguments; all others give true, false or a digest.
        let passesOn = ["format", "join", "tojson", "fromjson"].contains(name)
        for argument in arguments { visit(argument, flowing: flowing && passesOn) }
      case .not(let operand): visit(operand, flowing: false)
      case .and(let left, let right):
        // `a && b` gives `a` only where that is false, empty or zero: nothing that anybody could put something into.
        visit(left, flowing: false)
        visit(right, flowing: flowing)
      case .or(let left, let right):
        visit(left, flowing: flowing)
        visit(right, flowing: flowing)
      case .comparison(_, let left, let right):
        visit(left, flowing: false)
        visit(right, flowing: false)
      }
    }

    private mutating func path(_ syntax: GitHubExpressionSyntax, flowing: Bool) {
      var names: [String] = []
      var rest = syntax
      while true {
        switch rest {
        case .member(let operand, let name):
          names.append(name.lowercased())
          rest = operand
          continue
        case .filter(let operand):
          names.append("*")
          rest = operand
          continue
        case .index(let operand, let index):
          names.append("*")
          visit(index, flowing: false)
          rest = operand
          continue
        case .context(let name):
          names.append(name)
          let path = names.reversed().joined(separator: ".")
          Self.add(path, to: &contexts)
          if flowing { Self.add(path, to: &flows) }
        default: visit(rest, flowing: flowing)  // `fromJSON(x).y`
        }
        return
      }
    }

    private static func add(_ name: String, to names: inout [String]) {
      if !names.contains(name) { names.append(name) }
    }
  }
}

/// A text with expressions in `${{ }}`.
package struct GitHubTemplate: Sendable {
  /// An expression and where it stands in the text, braces included.
  package struct Hole: Sendable {
    package let range: Range<Int>
    /// `nil` where what stands between the braces is no expression.
    package let expression: GitHubExpression?
    package let failure: (message: String, offset: Int)?
  }

  package let holes: [Hole]

  /// - Parameter text: UTF-8.
  package init(_ text: Span<UInt8>) {
    var holes: [Hole] = []
    var place = 0
    while let start = Self.opening(in: text, from: place) {
      let end = Self.closing(in: text, from: start + 3)
      let inner = (start + 3)..<(end ?? text.count)
      var bytes: [UInt8] = []
      bytes.reserveCapacity(inner.count)
      for index in inner { bytes.append(text[index]) }
      holes.append(Self.hole(bytes, range: start..<(end.map { $0 + 2 } ?? text.count), isClosed: end != nil))
      place = end.map { $0 + 2 } ?? text.count
    }
    self.holes = holes
  }

  static func expression(_ text: [UInt8]) -> Result<GitHubExpression, GitHubExpressionParser.Failure> {
    do throws(GitHubExpressionParser.Failure) {
      let syntax = try GitHubExpressionParser.parse(text)
      var trimmed = text[...]
      while let first = trimmed.first, first <= 0x20 { trimmed.removeFirst() }
      while let last = trimmed.last, last <= 0x20 { trimmed.removeLast() }
      return .success(GitHubExpression(source: String(decoding: trimmed, as: UTF8.self), syntax: syntax))
    } catch {
      return .failure(error)
    }
  }

  private static func hole(_ text: [UInt8], range: Range<Int>, isClosed: Bool) -> Hole {
    guard isClosed else {
      return Hole(range: range, expression: nil, failure: ("${{ has no end", range.lowerBound))
    }
    switch expression(text) {
    case .success(let expression): return Hole(range: range, expression: expression, failure: nil)
    case .failure(let failure):
      return Hole(
        range: range, expression: nil,
        failure: ("not an expression: \(failure.message)", range.lowerBound + 3 + failure.offset))
    }
  }

  private static func opening(in text: Span<UInt8>, from start: Int) -> Int? {
    var index = start
    while index + 2 < text.count {
      if text[index] == UInt8(ascii: "$"), text[index + 1] == UInt8(ascii: "{"), text[index + 2] == UInt8(ascii: "{") {
        return index
      }
      index += 1
    }
    return nil
  }

  /// The `}}` that ends an expression: not one within a string.
  private static func closing(in text: Span<UInt8>, from start: Int) -> Int? {
    var index = start
    var isString = false
    while index + 1 < text.count {
      if text[index] == UInt8(ascii: "'") {
        isString.toggle()
      } else if !isString, text[index] == UInt8(ascii: "}"), text[index + 1] == UInt8(ascii: "}") {
        return index
      }
      index += 1
    }
    return nil
  }
}
