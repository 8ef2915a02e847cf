internal import Findings

/// Text of others for places that take one line of plain text.
enum PlainText {
  /// `text` on one line: line breaks and tabs become spaces, other characters that are not seen become `\u{N}`.
  static func line(_ text: String) -> String { TerminalText.line(text, limit: .max) }

  /// `text` with each of these scalars replaced. A search for characters would pass over one that a combining mark follows,
  /// and over the line feed of a CR LF.
  static func escaped(_ text: String, _ replacements: [Unicode.Scalar: String]) -> String {
    guard text.unicodeScalars.contains(where: { replacements[$0] != nil }) else { return text }
    var escaped = ""
    for scalar in text.unicodeScalars {
      if let replacement = replacements[scalar] {
        escaped += replacement
      } else {
        escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}

extension SourcePath {
  /// The path for programs that open the file: exact where it is UTF-8.
  var exactText: String { String(validating: bytes, as: UTF8.self) ?? description }
}
