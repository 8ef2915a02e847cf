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
  /// Could not be a password under the name that it is given to.
  case password
  /// Could not be a secret or token under the name that it is given to.
  case secret
  /// Does not look drawn so plainly that it must be a key, whatever it is for.
  case key
  /// Is not a user name and a password in Base64.
  case basic

  /// Whether the filter looks at what stands around a value, too.
  package var readsContext: Bool {
    switch self {
    case .placeholder, .dummy, .reference, .word, .basic: false
    case .password, .secret, .key: true
    }
  }

  /// Whether the filter takes `value` for something else than a credential.
  ///
  /// - Parameter context: what stands around the value; without it the value is judged by itself.
  package func rejects(_ value: ArraySlice<UInt8>, in context: MatchContext? = nil) -> Bool {
    switch self {
    case .placeholder: Placeholder.matches(value)
    case .dummy: Placeholder.matchesButSequences(value)
    case .reference: Reference.matches(value)
    case .word: Word.matches(value)
    case .password: CredentialFilter.rejects(value, kind: .password, context: context)
    case .secret: CredentialFilter.rejects(value, kind: .secret, context: context)
    case .key: CredentialFilter.rejects(value, kind: .key, context: context)
    case .basic: BasicCredentialsFilter.rejects(value)
    }
  }
}
