/// What an offline check of a credential's own structure says.
public enum Proof: String, CaseIterable, Sendable {
  /// A checksum or a full parse holds: it is such a credential, or one in billions by chance.
  case proved
  /// It has the shape; nothing more can be said without asking its provider.
  case shaped
  /// Its checksum or structure is wrong: edited, documentation or test data. Reported as a note.
  case disproved
}
