internal import Documents
internal import Views

/// What the documentation says of a view.
public struct ViewDescription: Sendable {
  /// As rules name it under `on`.
  public var name: String
  /// One sentence.
  public var summary: String
  /// The kinds of files that it looks at.
  public var kinds: [String]
  /// What its elements can have.
  public var members: [Member]

  public struct Member: Sendable {
    public var name: String
    public var summary: String
  }

  init(_ view: View) {
    name = view.name
    summary = view.summary
    kinds = view.kinds.map(\.rawValue)
    members = view.members.map { Member(name: $0.name, summary: $0.summary) }
  }
}

extension PolicyScanner {
  /// All views, in the order of the documentation.
  public static var views: [ViewDescription] { ViewTable.all.map(ViewDescription.init) }
}
