public import Findings

/// What Tollgate sees in one file: its kind, its values and what the views make of them. For people who write rules.
public struct FileInspection: Sendable {
  public var path: SourcePath
  /// What the file is, as rules name it; `nil` when it is of no kind.
  public var kind: String?
  /// How it is written; `nil` when it is of no kind.
  public var format: String?
  /// Its values as they are written: one outline for each document, or for each value that a query selects. Empty where
  /// there is no reader for the format.
  public var trees: [Outline] = []
  /// What the views of its kind yield.
  public var views: [ViewContent] = []
  /// What was passed over or left out, in words, with the line where there is one.
  public var notes: [String] = []

  /// What one view yields.
  public struct ViewContent: Sendable {
    public var name: String
    public var elements: [Element]
  }

  /// One element of a view.
  public struct Element: Sendable {
    /// What a finding points to when the rule names nothing better.
    public var place: Place
    public var outline: Outline
  }

  /// Where something is written; perhaps in another file.
  public struct Place: Hashable, Sendable {
    public var path: SourcePath
    public var position: Position
  }
}

/// A value and all that is below it, one row each, in the order of the file: flat, so that a deep file costs no stack.
public struct Outline: Sendable {
  public struct Row: Sendable {
    /// How many rows lead to this one.
    public var depth: Int
    /// The name or the index on the way from the row above; at the top what was asked for, or nothing.
    public var name: String
    public var isIndex: Bool
    /// The value: credentials masked, long texts by their first line; `nil` for what has rows below it.
    public var value: String?
    /// Whether the value is a text of the file, and not a number or words about the value.
    public var isText = false
    /// `string`, `int`, `mapping`, `sequence`, … of the tree; the types of expressions in views.
    public var type: String
    /// Where the key is written, if it has one.
    public var key: FileInspection.Place?
    /// Where the value is written; `nil` for what is computed.
    public var place: FileInspection.Place?

    /// The value for a terminal: a text in quotes, what is not seen written as `\u{N}`.
    public var shownValue: String? {
      value.map { isText ? ValueText.quoted($0) : ValueText.visible($0) }
    }
  }

  /// The first one is the value itself.
  public var rows: [Row]
}

/// Why there is nothing to show: a mistake in what was asked for.
public struct InspectionError: Error, Hashable, Sendable, CustomStringConvertible {
  public var description: String
}
