/// A test that says of a matched value that it is no credential. Rules name the filters that they use.
package enum ValueFilter: String, CaseIterable, Sendable {
  /// Stands in for a value: repeated or sequential characters, `changeme`, `your-token-here`.
  case placeholder
  /// As `placeholder`, but `abcdef` and `012345` pass: for values whose own prefix and length are evidence enough, since
  /// people who disguise a real one often do it with a sequence.
  case dummy
  /// Refers to a value that stands elsewhere: `${TOKEN}`, `{{ token }}`, `os.environ["TOKEN"]`, a call.
  case reference
  /// Ordinary words: nothing in it looks generated.
  case word

  /// Whether the filter takes `value` for something else than a credential.
  package func rejects(_ value: ArraySlice<UInt8>) -> Bool {
    switch self {
    case .placeholder: Placeholder.matches(value)
    case .dummy: Placeholder.matchesButSequences(value)
    case .reference: Reference.matches(value)
    case .word: Word.matches(value)
    }
  }
}
