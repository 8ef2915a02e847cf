public import Findings

/// Why a rule fires on a file, or why not. Credentials in it are masked.
public struct RuleTrial: Sendable {
  public var rule: Rule
  public var path: SourcePath
  /// What the file is; `nil` when it is of no kind.
  public var kind: String?
  /// What a rule over documents made of each value or element that it looked at.
  public var attempts: [Attempt] = []
  /// What a rule over text made of each place where a keyword of it stands.
  public var hits: [Hit] = []
  /// Why the rule does not look at the file, and what was left out.
  public var notes: [String] = []

  /// One value or element.
  public struct Attempt: Sendable {
    /// The view that it is of, or its path in the file.
    public var subject: String
    public var place: FileInspection.Place
    public var expressions: [Expression]
    public var outcome: Outcome
  }

  /// An expression of the rule that was evaluated.
  public struct Expression: Sendable {
    /// The key in the pack: `where`, `when`, `grade[0].when`.
    public var key: String
    public var source: String
    /// What it gave, or why it failed.
    public var value: String
    /// What its parts gave, inner ones first, each once.
    public var parts: [Part]

    public struct Part: Hashable, Sendable {
      public var source: String
      public var value: String
    }
  }

  public enum Outcome: Sendable {
    case fires(Fired)
    /// In words.
    case silent(String)
  }

  /// A finding in the making.
  public struct Fired: Sendable {
    public var place: FileInspection.Place
    public var severity: Severity
    public var confidence: Confidence
    public var level: Level
    public var message: String
  }

  /// A place where a keyword stands.
  public struct Hit: Sendable {
    public var keyword: String
    public var place: FileInspection.Place
    /// What was looked at and how it came out, in order.
    public var steps: [Expression.Part]
    public var outcome: Outcome
  }
}

/// There is no such rule.
public struct UnknownRuleError: Error, Hashable, Sendable, CustomStringConvertible {
  public var description: String
}
