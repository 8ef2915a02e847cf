internal import Findings

/// A scalar with its type.
package enum ScalarValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case int(Int64)
  /// Also a whole number that `int` cannot hold.
  case double(Double)
  case string(String)
}

extension Node {
  /// The typed value of a scalar; `nil` for collections.
  ///
  /// A scalar in quotes is a string. What the text of others means depends on the format: see ``JSONScalar``,
  /// ``YAMLScalar`` and ``TOMLScalar``. Keys of mappings are best read by ``text``: the key `on` of a workflow or `1` of
  /// a list of ports is a word to all who read such files.
  package var scalar: ScalarValue? {
    withText { text in
      switch document.typing {
      case .text: .string(text.string)
      case .json: isPlain ? JSONScalar.value(of: text) : .string(text.string)
      case .toml: isPlain ? TOMLScalar.value(of: text) : .string(text.string)
      case .yaml: YAMLScalar.value(of: text, isPlain: isPlain, tag: tag)
      }
    }
  }

  /// The value as a field that is declared to be true or false reads it: YAML 1.1's `yes`, `on`, `no` and `off` count,
  /// as in go-yaml v3; `nil` for anything else.
  package var bool: Bool? {
    if case .bool(let value)? = scalar { return value }
    guard document.typing == .yaml, isPlain, let text else { return nil }
    return YAMLScalar.yaml11Bool(text)
  }

  /// Whether this is a scalar that means null.
  package var isNull: Bool { scalar == .null }
}

/// The types of JSON's plain scalars, which the reader has checked.
enum JSONScalar {
  static func value(of text: Span<UInt8>) -> ScalarValue {
    switch text[0] {
    case UInt8(ascii: "t"): return .bool(true)
    case UInt8(ascii: "f"): return .bool(false)
    case UInt8(ascii: "n"): return .null
    default: return number(text)
    }
  }

  /// A number of RFC 8259, 6: an integer where it is written as one and fits, else the nearest `Double`.
  static func number(_ text: Span<UInt8>) -> ScalarValue {
    let string = text.string
    if let int = Int64(string) { return .int(int) }
    return .double(Double(string) ?? .nan)
  }
}
