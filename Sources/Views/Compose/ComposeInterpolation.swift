internal import Documents
internal import Expressions
internal import Findings

/// The values of `${NAME}` in Compose files: those of the file `.env` beside it, else the default in the text.
///
/// The environment of whoever starts it would win over both; it is the values that the files give that rules are about.
/// https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/
final class ComposeInterpolation: Sendable {
  private let variables: [String: VariableText.Variable]

  /// - Parameter environment: the bytes of `.env`; `nil` where there is none.
  init(environment: [UInt8]?) {
    var variables: [String: VariableText.Variable] = [:]
    if let environment {
      for entry in KeyValueReader.read(environment, dialect: .dotenv).document.root?.entries ?? [] {
        guard let name = entry.key.text, let text = entry.value.text else { continue }
        variables[name] = text.contains("$") ? .unknown : .known(text)
      }
    }
    self.variables = variables
  }

  /// A text with its variables filled in; unknown where one has no value.
  func value(_ text: String) -> Value {
    guard text.utf8.contains(UInt8(ascii: "$")) else { return .string(text) }
    let expansion = VariableText(text, syntax: .compose).expanded { variables[$0] ?? .defaulted }
    return expansion.text.map(Value.string) ?? .unknown(Unknown(expansion.unknowns.first ?? "variables"))
  }

  var reading: ScalarReading {
    ScalarReading { [self] node in
      guard let text = node.text, text.utf8.contains(UInt8(ascii: "$")) else { return nil }
      let value = value(text)
      // Compose gives texts their types after the variables.
      if node.isPlain, case .string(let text) = value, text == "true" || text == "false" {
        return .bool(text == "true")
      }
      return value
    }
  }

  /// The parts of a text between `:`, those within `${…}` left alone; each with its variables filled in.
  func parts(_ text: String) -> [Value] {
    if case .string(let whole) = value(text) { return Self.split(whole).map(Value.string) }
    return Self.split(text).map { value($0) }
  }

  private static func split(_ text: String) -> [String] {
    var parts: [[UInt8]] = [[]]
    var depth = 0
    var last: UInt8 = 0
    for byte in text.utf8 {
      if byte == UInt8(ascii: "{"), last == UInt8(ascii: "$") || depth > 0 { depth += 1 }
      if byte == UInt8(ascii: "["), depth == 0 { depth += 1 }
      if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]"), depth > 0 { depth -= 1 }
      last = byte
      if byte == UInt8(ascii: ":"), depth == 0 {
        parts.append([])
      } else {
        parts[parts.count - 1].append(byte)
      }
    }
    return parts.map { String(decoding: $0, as: UTF8.self) }
  }
}
