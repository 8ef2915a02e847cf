internal import Findings

/// Text of others for places that take one line of plain text.
enum PlainText {
  /// `text` on one line: line breaks and tabs become spaces, other characters that are not seen become `\u{N}`.
  static func line(_ text: String) -> String { TerminalText.line(text, limit: .max) }

  /// What stands for ASCII characters, by their bytes.
  ///
  /// A search for characters would pass over one that a combining mark follows, and over the line feed of a CR LF.
  struct Replacements: Sendable {
    private var table = [[UInt8]?](repeating: nil, count: 128)

    init(_ replacements: KeyValuePairs<Unicode.Scalar, String>) {
      for (scalar, text) in replacements where scalar.isASCII { table[Int(scalar.value)] = Array(text.utf8) }
    }

    func escaped(_ text: String) -> String {
      let span = text.utf8Span.span
      var offset = 0
      while offset < span.count, span[offset] >= 128 || table[Int(span[offset])] == nil { offset += 1 }
      if offset == span.count { return text }
      var escaped: [UInt8] = []
      escaped.reserveCapacity(span.count + 16)
      for offset in span.indices {
        let byte = span[offset]
        if byte < 128, let replacement = table[Int(byte)] {
          escaped.append(contentsOf: replacement)
        } else {
          escaped.append(byte)
        }
      }
      return String(decoding: escaped, as: UTF8.self)
    }
  }
}

extension SourcePath {
  /// The path for programs that open the file: exact where it is UTF-8.
  var exactText: String { String(validating: bytes, as: UTF8.self) ?? description }
}
