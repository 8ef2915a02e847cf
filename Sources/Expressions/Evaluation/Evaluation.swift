/// One run of a program: the values of its variables and the steps that are left.
///
/// Functions get it to charge for work that grows with their arguments.
package struct Evaluation {
  var variables: [Value?]
  /// Variables of macros; each has a slot of its own in the whole program.
  var locals: [Value?]
  private(set) var stepsLeft: Int
  private let steps: Int
  var trace: [TracedValue] = []

  init(variables: [Value?], localCount: Int, steps: Int) {
    self.variables = variables
    self.locals = localCount == 0 ? [] : Array(repeating: nil, count: localCount)
    self.steps = steps
    stepsLeft = steps
  }

  /// Takes steps from what is left. One step is about one node of the expression, or one element of a list.
  package mutating func charge(_ count: Int) throws(ExpressionError) {
    let (left, overflow) = stepsLeft.subtractingReportingOverflow(count)
    guard !overflow, left >= 0 else {
      stepsLeft = 0
      throw ExpressionError(.costExceeded, "the expression takes more than \(steps) steps")
    }
    stepsLeft = left
  }

  /// The same for text: sixteen bytes are a step.
  package mutating func charge(bytes count: Int) throws(ExpressionError) {
    if count >= 16 { try charge(count >> 4) }
  }

  /// The same for a value that is compared or looked up, if it is text.
  mutating func charge(comparing value: Value) throws(ExpressionError) {
    switch value {
    case .string(let text): try charge(bytes: text.utf8.count)
    case .bytes(let bytes): try charge(bytes: bytes.count)
    default: break
    }
  }
}

/// A sub-expression and what it gave, for showing people why a rule fired or not.
package struct TracedValue: Sendable {
  /// In the text of the program, as byte offsets.
  package let range: Range<Int>
  package let result: Result<Value, ExpressionError>
}
