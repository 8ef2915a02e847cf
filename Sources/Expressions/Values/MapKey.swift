/// A key of a map, in the form in which equal keys are equal: `1`, `1u` and `1.0` name the same entry.
/// https://github.com/google/cel-spec/blob/master/doc/langdef.md#equality
package enum MapKey: Sendable, Hashable {
  case bool(Bool)
  case int(Int64)
  /// Only what does not fit into `int`.
  case large(UInt64)
  case string(String)

  /// The key that a value looks up; `nil` for a value that cannot be equal to any key.
  package init?(_ value: Value) {
    switch value {
    case .bool(let bool): self = .bool(bool)
    case .int(let number): self = .int(number)
    case .uint(let number): self = Int64(exactly: number).map(MapKey.int) ?? .large(number)
    case .double(let number):
      if let int = Int64(exactly: number) {
        self = .int(int)
      } else if let uint = UInt64(exactly: number) {
        self = .large(uint)
      } else {
        return nil
      }
    case .string(let string): self = .string(string)
    default: return nil
    }
  }

  /// As a value; whether the key was written as `int` or `uint` is lost.
  package var value: Value {
    switch self {
    case .bool(let bool): .bool(bool)
    case .int(let number): .int(number)
    case .large(let number): .uint(number)
    case .string(let string): .string(string)
    }
  }

  package static func == (left: MapKey, right: MapKey) -> Bool {
    switch (left, right) {
    case (.string(let left), .string(let right)): left.isSameText(as: right)
    case (.int(let left), .int(let right)): left == right
    case (.bool(let left), .bool(let right)): left == right
    case (.large(let left), .large(let right)): left == right
    default: false
    }
  }

  // Swift hashes text by its canonical form, which is coarser than `==` above and therefore right.
  package func hash(into hasher: inout Hasher) {
    switch self {
    case .bool(let bool): hasher.combine(bool)
    case .int(let number): hasher.combine(number)
    case .large(let number): hasher.combine(number)
    case .string(let string): hasher.combine(string)
    }
  }
}
