/// A test that says of a matched value that it is no credential. Rules name the filters that they use.
package enum ValueFilter: String, CaseIterable, Sendable {
  /// Stands in for a value: repeated or sequential characters, `changeme`, `your-token-here`.
  case placeholder
  /// Refers to a value that stands elsewhere: `${TOKEN}`, `{{ token }}`, `os.environ["TOKEN"]`, a call.
  case reference
  /// Ordinary words: nothing in it looks generated.
  case word

  /// Whether the filter takes `value` for something else than a credential.
  package func rejects(_ value: ArraySlice<UInt8>) -> Bool {
    switch self {
    case .placeholder: Placeholder.matches(value)
    case .reference: Reference.matches(value)
    case .word: Word.matches(value)
    }
  }
}
