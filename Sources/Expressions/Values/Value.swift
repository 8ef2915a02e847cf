// Values are 17 bytes and copied freely: what is larger stands behind a class reference, so that an array, a map or a
// view over a document is handed from node to node without being copied.

/// A value of the Common Expression Language: what variables hold, functions take and expressions give.
/// https://github.com/google/cel-spec/blob/master/doc/langdef.md#values
package enum Value: Sendable {
  case null
  case bool(Bool)
  case int(Int64)
  case uint(UInt64)
  case double(Double)
  case string(String)
  case bytes([UInt8])
  case list(any ListProvider)
  case map(any MapProvider)
  case timestamp(Timestamp)
  case duration(TimeSpan)
  case type(ValueType)
  /// An optional value: `optional.of(x)`, `optional.none()`.
  indirect case optional(Value?)
  /// A value with a type of its own: `ip`, `cidr`, and what the embedding module brings.
  case object(any ValueObject)
  /// A value that exists but that nobody can know now, such as a variable of a template that is filled in later.
  case unknown(Unknown)
}

extension Value {
  package static func list(_ elements: [Value]) -> Value { .list(ValueArray(elements)) }

  package static func strings(_ elements: some Sequence<String>) -> Value {
    .list(ValueArray(elements.map(Value.string)))
  }

  /// A map with text keys; a later entry replaces an earlier one with the same key.
  package static func map(_ entries: [(String, Value)]) -> Value {
    var map = ValueDictionary()
    for (key, value) in entries { map.set(.string(key), to: value) }
    return .map(ValueTable(map))
  }

  package var type: ValueType {
    switch self {
    case .null: .null
    case .bool: .bool
    case .int: .int
    case .uint: .uint
    case .double: .double
    case .string: .string
    case .bytes: .bytes
    case .list: .list
    case .map: .map
    case .timestamp: .timestamp
    case .duration: .duration
    case .type: .type
    case .optional: .optional
    case .object(let object): object.type
    case .unknown: .unknown
    }
  }

  package var isUnknown: Bool {
    if case .unknown = self { true } else { false }
  }

  /// The whole number in a value that takes part in indexing and counting: `int`, `uint` and `double` without a
  /// fraction are the same number.
  /// https://github.com/google/cel-spec/blob/master/doc/langdef.md#numeric-values
  var wholeNumber: Int64? {
    switch self {
    case .int(let number): number
    case .uint(let number): Int64(exactly: number)
    case .double(let number): Int64(exactly: number)
    default: nil
    }
  }
}
