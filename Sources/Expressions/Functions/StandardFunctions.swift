/// The functions of the specification that are neither conversions nor about time.
/// https://github.com/google/cel-spec/blob/master/doc/langdef.md#list-of-standard-definitions
enum StandardFunctions {
  static let all: [Function] = [
    .function("size", size), .method("size", size),
    .method("contains") { (text, part, evaluation) throws(ExpressionError) in
      guard case (.string(let text), .string(let part)) = (text, part) else {
        throw .noSuchOverload("contains", text, part)
      }
      // The plain search compares at most this often, a fair part of it only in texts made for that.
      try evaluation.charge(bytes: text.utf8.count * max(1, part.utf8.count >> 3))
      return .bool(text.containsText(part))
    },
    .method("startsWith") { (text, prefix, evaluation) throws(ExpressionError) in
      guard case (.string(let text), .string(let prefix)) = (text, prefix) else {
        throw .noSuchOverload("startsWith", text, prefix)
      }
      try evaluation.charge(bytes: prefix.utf8.count)
      return .bool(text.hasTextPrefix(prefix))
    },
    .method("endsWith") { (text, suffix, evaluation) throws(ExpressionError) in
      guard case (.string(let text), .string(let suffix)) = (text, suffix) else {
        throw .noSuchOverload("endsWith", text, suffix)
      }
      try evaluation.charge(bytes: suffix.utf8.count)
      return .bool(text.hasTextSuffix(suffix))
    },
  ]

  private static let size: Function.Unary = { (value, evaluation) throws(ExpressionError) in
    switch value {
    case .string(let string):
      try evaluation.charge(bytes: string.utf8.count)
      return .int(Int64(string.scalarCount))
    case .bytes(let bytes): return .int(Int64(bytes.count))
    case .list(let list): return .int(Int64(list.count))
    case .map(let map): return .int(Int64(map.count))
    default: throw .noSuchOverload("size", value)
    }
  }
}
