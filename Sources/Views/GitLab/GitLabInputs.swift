/// `$[[ inputs.name ]]` in a text: filled in when a pipeline is made, before anything else is read.
/// https://docs.gitlab.com/ci/inputs/
enum GitLabInputs {
  /// - Parameter values: `nil` for an input that has no value yet.
  /// - Returns: `nil` when the text depends on an input without a value, or on a function.
  static func filled(_ text: String, _ values: [String: String?]) -> String? {
    guard text.contains("$[[") else { return text }
    var result = ""
    var rest = text[...]
    while let open = rest.firstRange(of: "$[[") {
      result += rest[..<open.lowerBound]
      rest = rest[open.upperBound...]
      guard let close = rest.firstRange(of: "]]") else { return result + "$[[" + rest }
      let inner = rest[..<close.lowerBound].filter { $0 != " " }
      rest = rest[close.upperBound...]
      guard inner.hasPrefix("inputs."), let value = values[String(inner.dropFirst(7))], let value else { return nil }
      result += value
    }
    return result + rest
  }

  /// The first input or expression in a text, for people.
  static func name(in text: String) -> String {
    guard let open = text.firstRange(of: "$[["), let close = text[open.upperBound...].firstRange(of: "]]") else {
      return "inputs"
    }
    return String(text[open.upperBound..<close.lowerBound].filter { $0 != " " })
  }
}
