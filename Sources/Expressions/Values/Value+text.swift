extension Value {
  /// What `%s` and `string()` give; `nil` for a value that has no text.
  /// https://github.com/google/cel-go/blob/master/ext/strings.go (String.format, "%s")
  func text(depth: Int = 0, _ evaluation: inout Evaluation) throws(ExpressionError) -> String? {
    guard depth < 100 else { throw ExpressionError(.depthExceeded, "a value is nested too deeply to be text") }
    try evaluation.charge(1)
    switch self {
    case .null: return "null"
    case .bool(let bool): return bool ? "true" : "false"
    case .int(let number): return String(number)
    case .uint(let number): return String(number)
    case .double(let number): return number.expressionText
    case .string(let string):
      try evaluation.charge(bytes: string.utf8.count)
      return string
    case .bytes(let bytes):
      try evaluation.charge(bytes: bytes.count)
      return String(validating: bytes, as: UTF8.self)
    case .timestamp(let timestamp): return timestamp.text
    case .duration(let duration): return duration.text
    case .type(let type): return type.name
    case .object(let object): return object.text
    case .list(let list):
      var parts: [String] = []
      for index in 0..<list.count {
        guard let part = try list.element(at: index).text(depth: depth + 1, &evaluation) else { return nil }
        parts.append(part)
      }
      return "[\(parts.joined(separator: ", "))]"
    case .map(let map):
      var parts: [(key: String, value: String)] = []
      for index in 0..<map.count {
        let key = map.key(at: index)
        guard let name = try key.text(depth: depth + 1, &evaluation),
          let member = MapKey(key).flatMap(map.value(for:)),
          let value = try member.text(depth: depth + 1, &evaluation)
        else { return nil }
        parts.append((name, value))
      }
      parts.sort { $0.key.isOrderedBefore($1.key) }
      return "{\(parts.map { "\($0.key): \($0.value)" }.joined(separator: ", "))}"
    case .optional, .unknown: return nil
    }
  }
}

extension Double {
  /// The shortest text that gives the same number again, without a fraction that says nothing.
  var expressionText: String {
    if isNaN { return "NaN" }
    if isInfinite { return self < 0 ? "-Infinity" : "Infinity" }
    let text = description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

extension Value: CustomStringConvertible {
  /// For people: messages and traces. Text is quoted, and cut when it is long: an error in a loop must not cost more than
  /// the loop.
  package var description: String {
    if case .string(let string) = self {
      let start = string.unicodeScalars.prefix(200)
      return StringFunctions.quoted(start.endIndex == string.endIndex ? string : String(start) + "…")
    }
    if case .optional(let value) = self { return value.map { "optional.of(\($0))" } ?? "optional.none()" }
    if case .unknown(let unknown) = self { return "unknown(\(unknown.names.joined(separator: ", ")))" }
    var evaluation = Evaluation(variables: [], localCount: 0, steps: 2_000)
    let text = (try? text(&evaluation)) ?? type.name
    return text.utf8.count > 1_000 ? String(text.unicodeScalars.prefix(200)) + "…" : text
  }
}
