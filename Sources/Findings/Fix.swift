/// A way to mend a finding by changing text: what an editor or a review can offer to apply.
public struct Fix: Hashable, Sendable {
  /// A span of a file and what stands there afterwards.
  public struct Edit: Hashable, Sendable {
    /// The span that goes; with `byteRange` where the edit was made by a scan. An empty one inserts.
    public var location: Location
    /// The text that comes; empty where the span is only removed. Never a value of a credential.
    public var replacement: String

    public init(location: Location, replacement: String) {
      self.location = location
      self.replacement = replacement
    }
  }

  /// What the edits do, as an order: `Pin the action to a commit`.
  public var description: String
  /// All of them belong together. They do not overlap; by path and place.
  public var edits: [Edit]

  public init(description: String, edits: [Edit]) {
    self.description = description
    self.edits = edits
  }
}
