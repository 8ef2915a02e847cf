/// A way of writing text that hides it from a search: what had to be undone before a credential could be seen.
public enum Encoding: String, CaseIterable, Sendable {
  /// Base 64 of RFC 4648, either alphabet.
  case base64
  /// Base 32 of RFC 4648, section 6.
  case base32
  /// Two hexadecimal digits for each byte.
  case hex
  /// `%5F`, as in URLs (RFC 3986, 2.1).
  case percent
  /// `\u005F`, `\u{5F}`, `\U0000005F`, `%u005F`.
  case unicodeEscape = "unicode-escape"
  /// `U+005F`, as Unicode names its characters.
  case codePoint = "code-point"
  /// `\x5F`, `\x{5F}`.
  case hexEscape = "hex-escape"
  /// `\137`.
  case octalEscape = "octal-escape"
  /// `&#95;`, `&#x5F;`, `&amp;`.
  case htmlEntity = "html-entity"
  /// String literals beside each other: `"a" + "b"`, `"a" "b"`, `'a' . 'b'`, `"a" & "b"`.
  case stringConcatenation = "string-concatenation"
  /// A backslash before the end of a line.
  case lineContinuation = "line-continuation"
  /// UTF-16 without a byte order mark.
  case utf16 = "utf-16"
  /// The last character first.
  case reversed
}
