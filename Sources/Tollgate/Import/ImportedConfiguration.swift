/// What another tool's configuration became.
public struct ImportedConfiguration: Sendable {
  public enum Form: Sendable {
    /// A rule pack.
    case pack
    /// Exceptions of a policy.
    case exceptions
  }

  public var form: Form
  /// A YAML file.
  public var text: String
  /// What was carried over, in words.
  public var carried: [String] = []
  /// What was not, and why.
  public var dropped: [Dropped] = []
  /// Whether there is anything in ``text`` to use.
  public var isEmpty: Bool

  public struct Dropped: Hashable, Sendable {
    public var what: String
    public var why: String
  }
}

/// A configuration that cannot be read.
public struct ImportError: Error, Hashable, Sendable, CustomStringConvertible {
  public var description: String

  init(_ description: String) {
    self.description = description
  }
}

/// Something that an import needs to be told.
public struct ImportUsageError: Error, Hashable, Sendable, CustomStringConvertible {
  public var description: String

  init(_ description: String) {
    self.description = description
  }
}

/// What an import needs to know besides the file.
public struct ImportOptions: Sendable {
  /// Who answers for exceptions; needed where there are any.
  public var owner: String?
  /// Why; `nil`: that they were taken over.
  public var reason: String?
  /// The first day of exceptions, as `2026-11-25`; `nil`: today.
  public var created: String?
  /// Their last day; `nil`: 90 days later.
  public var expires: String?
  /// Take over rules that a built-in one is known to cover.
  public var includesCovered = false

  public init() {}
}
