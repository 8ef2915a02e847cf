// A call knows its function and the number of arguments. An unknown argument makes the result unknown, unless another
// argument is an error, as the specification has it:
// https://github.com/google/cel-spec/blob/master/proto/cel/expr/eval.proto (ExprValue.unknown)

/// A function with one argument, or a method without.
final class UnaryCallNode: Node {
  private let body: Function.Unary
  private let argument: any Node
  private let position: SourcePosition
  let weight: Int

  init(_ body: @escaping Function.Unary, _ argument: any Node, position: SourcePosition) {
    self.body = body
    self.argument = argument
    self.position = position
    weight = argument.weight + 1
  }

  func evaluate(_ evaluation: inout Evaluation) throws(ExpressionError) -> Value {
    let argument = try argument.evaluate(&evaluation)
    if argument.isUnknown { return argument }
    do throws(ExpressionError) {
      return try body(argument, &evaluation)
    } catch {
      throw error.positioned(at: position)
    }
  }
}

final class BinaryCallNode: Node {
  private let body: Function.Binary
  private let first: any Node
  private let second: any Node
  private let position: SourcePosition
  let weight: Int

  init(_ body: @escaping Function.Binary, _ first: any Node, _ second: any Node, position: SourcePosition) {
    self.body = body
    self.first = first
    self.second = second
    self.position = position
    weight = first.weight + second.weight + 1
  }

  func evaluate(_ evaluation: inout Evaluation) throws(ExpressionError) -> Value {
    let first = try first.evaluate(&evaluation)
    let second = try second.evaluate(&evaluation)
    if case .unknown(let unknown) = first { return .unknown(unknown.merging(second)) }
    if case .unknown = second { return second }
    do throws(ExpressionError) {
      return try body(first, second, &evaluation)
    } catch {
      throw error.positioned(at: position)
    }
  }
}

final class CallNode: Node {
  private let body: Function.Variadic
  private let arguments: [any Node]
  private let position: SourcePosition
  let weight: Int

  init(_ body: @escaping Function.Variadic, _ arguments: [any Node], position: SourcePosition) {
    self.body = body
    self.arguments = arguments
    self.position = position
    weight = arguments.reduce(1) { $0 + $1.weight }
  }

  func evaluate(_ evaluation: inout Evaluation) throws(ExpressionError) -> Value {
    var values: [Value] = []
    values.reserveCapacity(arguments.count)
    var unknown: Unknown?
    for argument in arguments {
      let value = try argument.evaluate(&evaluation)
      if case .unknown(let names) = value { unknown = unknown.merged(with: names) }
      values.append(value)
    }
    if let unknown { return .unknown(unknown) }
    do throws(ExpressionError) {
      return try body(values, &evaluation)
    } catch {
      throw error.positioned(at: position)
    }
  }
}
