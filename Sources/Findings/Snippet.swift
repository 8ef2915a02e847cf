/// The line that a finding points to, made safe to show: values masked, control characters replaced, long lines cut.
public struct Snippet: Hashable, Sendable {
  /// One line without its line ending.
  public var text: String
  /// The characters of `text` that the finding points to, counted from 0.
  public var mark: Range<Int>

  public init(text: String, mark: Range<Int>) {
    self.text = text
    self.mark = mark
  }
}
