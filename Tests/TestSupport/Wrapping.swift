internal import Foundation

/// Ways of writing a text that hide it from a search, and what a report calls them.
package struct Wrapping: Sendable {
  /// As ``Finding/encodings`` has it.
  package let encoding: String
  /// Whether the result is one word, so that any other wrapping can follow.
  package let isWord: Bool
  package let wrap: @Sendable (String) -> String

  private init(_ encoding: String, isWord: Bool = true, _ wrap: @escaping @Sendable (String) -> String) {
    self.encoding = encoding
    self.isWord = isWord
    self.wrap = wrap
  }

  private static func each(_ text: String, _ body: (UInt8) -> String) -> String { text.utf8.map(body).joined() }

  private static func hex(_ byte: UInt8, width: Int, uppercase: Bool = false) -> String {
    let digits = String(byte, radix: 16, uppercase: uppercase)
    return String(repeating: "0", count: width - digits.count) + digits
  }

  package static let base64 = Wrapping("base64") { Data($0.utf8).base64EncodedString() }
  package static let base64URL = Wrapping("base64") {
    Data($0.utf8).base64EncodedString().replacingOccurrences(of: "+", with: "-")
      .replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")
  }
  package static let hex = Wrapping("hex") { each($0) { hex($0, width: 2) } }
  package static let percent = Wrapping("percent") { each($0) { "%" + hex($0, width: 2, uppercase: true) } }
  package static let unicodeEscape = Wrapping("unicode-escape") { each($0) { "\\u" + hex($0, width: 4) } }
  package static let unicodeBraces = Wrapping("unicode-escape") { each($0) { "\\u{" + hex($0, width: 2) + "}" } }
  package static let codePoint = Wrapping("code-point") { each($0) { "U+" + hex($0, width: 4, uppercase: true) } }
  package static let hexEscape = Wrapping("hex-escape") { each($0) { "\\x" + hex($0, width: 2) } }
  package static let octalEscape = Wrapping("octal-escape") {
    each($0) { "\\" + String(repeating: "0", count: $0 < 64 ? 1 : 0) + String($0, radix: 8) }
  }
  package static let decimalEntity = Wrapping("html-entity") { each($0) { "&#\($0);" } }
  package static let hexEntity = Wrapping("html-entity") { each($0) { "&#x" + hex($0, width: 2) + ";" } }
  package static let base32 = Wrapping("base32") { text in
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    var bits = text.utf8.map { String(String($0 | 0, radix: 2).reversed()) }
      .map { String(($0 + String(repeating: "0", count: 8 - $0.count)).reversed()) }.joined()
    bits += String(repeating: "0", count: (5 - bits.count % 5) % 5)
    let digits = Array(bits)
    return stride(from: 0, to: digits.count, by: 5).map {
      String(alphabet[Int(String(digits[$0..<$0 + 5]), radix: 2) ?? 0])
    }.joined()
  }
  package static let reversed = Wrapping("reversed") { String($0.reversed()) }

  private static func halves(_ text: String) -> (String, String) {
    let middle = text.count / 2
    return (String(text.prefix(middle)), String(text.dropFirst(middle)))
  }

  package static func joint(_ name: String, _ separator: String) -> Wrapping {
    Wrapping(name, isWord: false) { text in
      let (first, second) = halves(text)
      return first + separator + second
    }
  }

  /// Each stands within double quotes.
  package static let joints = [
    joint("string-concatenation", "\" + \""), joint("string-concatenation", "\" \""),
    joint("string-concatenation", "\" & \""), joint("string-concatenation", "\" . '"),
    joint("string-concatenation", "\" +\n    \""), joint("string-concatenation", "\"\r\n  + \""),
    joint("string-concatenation", "\" \\\n  \""), joint("string-concatenation", "\"\n  f\""),
    joint("string-concatenation", "\"\"/* */".replacingOccurrences(of: "/* */", with: "")),
    joint("string-concatenation", "\" & _\n \""), joint("string-concatenation", "\" || '"),
    joint("line-continuation", "\\\n"), joint("line-continuation", "\\\r\n"), joint("line-continuation", "\\\n   "),
  ]

  /// Those that turn a word into a word.
  package static let words = [
    base64, base64URL, hex, percent, unicodeEscape, unicodeBraces, codePoint, hexEscape, octalEscape, decimalEntity,
    hexEntity, base32,
  ]
}
