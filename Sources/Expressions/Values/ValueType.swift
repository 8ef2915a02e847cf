/// What `type(x)` gives, and what `int`, `string`, … stand for in an expression.
/// https://github.com/google/cel-spec/blob/master/doc/langdef.md#abstract-types
package struct ValueType: Sendable, Hashable {
  package let name: String

  package init(_ name: String) { self.name = name }

  package static let null = ValueType("null_type")
  package static let bool = ValueType("bool")
  package static let int = ValueType("int")
  package static let uint = ValueType("uint")
  package static let double = ValueType("double")
  package static let string = ValueType("string")
  package static let bytes = ValueType("bytes")
  package static let list = ValueType("list")
  package static let map = ValueType("map")
  package static let timestamp = ValueType("google.protobuf.Timestamp")
  package static let duration = ValueType("google.protobuf.Duration")
  package static let type = ValueType("type")
  package static let optional = ValueType("optional_type")
  static let unknown = ValueType("unknown")

  /// The types that an expression can name.
  static let named: [String: ValueType] = {
    let types: [ValueType] = [
      .null, .bool, .int, .uint, .double, .string, .bytes, .list, .map, .timestamp, .duration, .type, .optional,
      NetworkAddress.type, NetworkRange.type, SemanticVersion.type, Quantity.type, WebAddress.type,
    ]
    return Dictionary(types.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }()
}
