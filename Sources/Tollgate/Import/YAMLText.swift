/// Texts as scalars of YAML.
enum YAMLText {
  /// In single quotes: nothing in them is special but the quote itself (YAML 1.2.2, 7.3.2). Line breaks become spaces.
  static func quoted(_ text: String) -> String {
    "'" + oneLine(text).replacing("'", with: "''") + "'"
  }

  /// As a literal block below a key, indented by so many spaces.
  static func block(_ text: String, indent: Int) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return "|\n" + lines.map { String(repeating: " ", count: indent) + $0 }.joined(separator: "\n") + "\n"
  }

  static func oneLine(_ text: String) -> String {
    var shown = ""
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator, .format, .surrogate: shown += " "
      default: shown.unicodeScalars.append(scalar)
      }
    }
    return shown
  }

  /// Lower case with single dashes, for an id.
  static func identifier(_ text: String) -> String {
    var id = ""
    for byte in text.lowercased().utf8 {
      if (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) {
        id.unicodeScalars.append(Unicode.Scalar(byte))
      } else if !id.isEmpty, id.last != "-" {
        id.append("-")
      }
    }
    while id.last == "-" { id.removeLast() }
    return id
  }
}
