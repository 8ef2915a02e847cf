/// Where in a repository's history a finding comes from.
public struct Provenance: Hashable, Sendable {
  /// The name of the blob that holds it, in hexadecimal.
  public var blob: String
  /// The earliest commit that brought it in; `nil` where no commit was looked at or a reference names the blob itself.
  public var commit: String?
  /// When that commit was written by its author, as ISO 8601 with the author's time zone.
  public var authorDate: String?
  /// Whether HEAD still holds it; `nil` where that was not looked at.
  public var isInHead: Bool?

  public init(blob: String, commit: String? = nil, authorDate: String? = nil, isInHead: Bool? = nil) {
    self.blob = blob
    self.commit = commit
    self.authorDate = authorDate
    self.isInHead = isInHead
  }
}
