/// `operand.name`, `operand.?name` and `has(operand.name)`.
/// https://github.com/google/cel-spec/blob/master/doc/langdef.md#field-selection
final class SelectNode: Node {
  enum Mode {
    case required, optional, test
    /// As `optional` and `test`, but what has no fields has none, instead of that being an error.
    case tolerantOptional, tolerantTest

    var isTest: Bool { self == .test || self == .tolerantTest }
    var isTolerant: Bool { self == .tolerantOptional || self == .tolerantTest }
  }

  private let operand: any Node
  private let name: String
  private let mode: Mode
  private let position: SourcePosition
  let weight: Int

  init(_ operand: any Node, name: String, mode: Mode, position: SourcePosition) {
    self.operand = operand
    self.name = name
    self.mode = mode
    self.position = position
    weight = operand.weight + 1
  }

  func evaluate(_ evaluation: inout Evaluation) throws(ExpressionError) -> Value {
    let value = try operand.evaluate(&evaluation)
    switch value {
    case .map(let map): return try result(map.member(name))
    case .object(let object): return try result(object.member(name))
    case .unknown: return value
    case .optional(nil): return mode.isTest ? .bool(false) : value
    case .optional(.some(let inner)):
      // Selecting through an optional value gives an optional value again.
      guard case .unknown = inner else {
        let member = try member(of: inner)
        return mode.isTest ? Self.presence(member) : member == nil ? .optional(nil) : Self.optional(member)
      }
      return inner
    default:
      guard mode.isTolerant else { throw unsupported(value) }
      return mode.isTest ? .bool(false) : .optional(nil)
    }
  }

  private func result(_ member: Value?) throws(ExpressionError) -> Value {
    switch mode {
    case .required:
      guard let member else { throw ExpressionError(.noSuchKey, "no such key: \(name)", at: position) }
      return member
    case .optional, .tolerantOptional: return Self.optional(member)
    case .test, .tolerantTest: return Self.presence(member)
    }
  }

  /// An unknown member is there, or nobody would know that it is unknown: CEL's `has` of it is unknown all the same,
  /// because it may turn out to be absent.
  private static func presence(_ member: Value?) -> Value {
    guard let member else { return .bool(false) }
    return member.isUnknown ? member : .bool(true)
  }

  private static func optional(_ member: Value?) -> Value {
    guard let member else { return .optional(nil) }
    return member.isUnknown ? member : .optional(member)
  }

  private func member(of value: Value) throws(ExpressionError) -> Value? {
    switch value {
    case .map(let map): return map.member(name)
    case .object(let object): return object.member(name)
    default:
      guard mode.isTolerant else { throw unsupported(value) }
      return nil
    }
  }

  private func unsupported(_ value: Value) -> ExpressionError {
    ExpressionError(.noSuchKey, "no such key: \(name), in a value of type \(value.type.name)", at: position)
  }
}

/// `operand[index]` and `operand[?index]`.
final class IndexNode: Node {
  private let operand: any Node
  private let index: any Node
  private let isOptional: Bool
  private let position: SourcePosition
  let weight: Int

  init(_ operand: any Node, index: any Node, isOptional: Bool, position: SourcePosition) {
    self.operand = operand
    self.index = index
    self.isOptional = isOptional
    self.position = position
    weight = operand.weight + index.weight + 1
  }

  func evaluate(_ evaluation: inout Evaluation) throws(ExpressionError) -> Value {
    let value = try operand.evaluate(&evaluation)
    let index = try index.evaluate(&evaluation)
    if case .unknown(let unknown) = value { return .unknown(unknown.merging(index)) }
    if case .unknown = index { return index }
    try evaluation.charge(comparing: index)
    do throws(ExpressionError) {
      switch value {
      case .optional(nil): return value
      case .optional(.some(let inner)):
        if case .unknown = inner { return inner }
        return Self.optional(try Self.element(of: inner, at: index))
      default:
        let element = try Self.element(of: value, at: index)
        if isOptional { return Self.optional(element) }
        if let element { return element }
        guard case .list(let list) = value else { throw ExpressionError.noSuchKey("\(index)") }
        throw ExpressionError(.noSuchKey, "index \(index) is out of range of a list of \(list.count)")
      }
    } catch {
      throw error.positioned(at: position)
    }
  }

  private static func optional(_ member: Value?) -> Value {
    guard let member else { return .optional(nil) }
    return member.isUnknown ? member : .optional(member)
  }

  static func element(of value: Value, at index: Value) throws(ExpressionError) -> Value? {
    switch value {
    case .list(let list):
      guard let number = index.wholeNumber else {
        throw .invalid("\(index) is not an index of a list")
      }
      return number >= 0 && number < list.count ? list.element(at: Int(number)) : nil
    case .map(let map): return MapKey(index).flatMap(map.value(for:))
    case .object(let object):
      guard case .string(let name) = index else { throw .noSuchOverload("_[_]", value, index) }
      return object.member(name)
    default: throw .noSuchOverload("_[_]", value, index)
    }
  }
}

extension Unknown {
  /// With the names of another value, if that is unknown too.
  func merging(_ value: Value) -> Unknown {
    if case .unknown(let other) = value { merged(with: other) } else { self }
  }
}
