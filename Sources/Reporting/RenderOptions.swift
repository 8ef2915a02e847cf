/// How a report is shown to people; the machine formats look at none of it.
public struct RenderOptions: Hashable, Sendable {
  /// Whether to colour the text with the escape sequences of a terminal.
  public var isColored: Bool
  /// The number of cells in which text is wrapped and lines of code are cut.
  public var width: Int
  /// What stands before each path, so that it can be clicked from where the reader is; empty or ending in `/`.
  public var pathPrefix: String
  /// How long the scan took, if it shall be told.
  public var duration: Duration?
  /// List every notification and every suppressed finding instead of counts.
  public var isVerbose: Bool
  /// Leave the summary out, all but errors.
  public var hidesSummary: Bool

  public init(
    isColored: Bool = false, width: Int = 100, pathPrefix: String = "", duration: Duration? = nil,
    isVerbose: Bool = false, hidesSummary: Bool = false
  ) {
    self.isColored = isColored
    self.width = width
    self.pathPrefix = pathPrefix
    self.duration = duration
    self.isVerbose = isVerbose
    self.hidesSummary = hidesSummary
  }
}
