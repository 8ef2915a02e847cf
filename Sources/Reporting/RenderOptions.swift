/// How a report is written, beyond its format.
///
/// What people read follows all of it; of the machine formats each looks only at what is said to be its affair.
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
  /// One line for each finding in text, without its code.
  public var isOneLine = false
  /// The absolute URI of the root of the scan, ending in `/`, where paths in text shall be links that a terminal opens;
  /// `nil` for none.
  public var linkBase: String?
  /// Whom a SARIF log is written for.
  public var sarifProfile = SARIFProfile.generic
  /// What tells several SARIF logs of one commit apart (`automationDetails.id`); `nil` for none.
  public var category: String?
  /// The run of the pipeline that a log for Azure belongs to.
  public var azurePipeline: AzurePipeline?
  /// The commit that was scanned, in hexadecimal: reports for GitLab must name one.
  public var commit: String?
  /// When the scan ended, in seconds since 1970: reports for GitLab must say so. Without it they tell the year 1970, so that
  /// equal scans give equal bytes.
  public var endTime: Int?

  /// What the gate decided, for a report that begins with it; `nil`: the report speaks of the findings alone.
  public var verdict: Verdict?

  /// A decision in the words that a report begins with.
  public struct Verdict: Hashable, Sendable {
    public enum Outcome: String, Sendable {
      case pass, fail, incomplete
    }

    public var outcome: Outcome
    /// A few words.
    public var headline: String
    /// Sentences: what decided, and what to do next.
    public var details: [String]

    public init(outcome: Outcome, headline: String, details: [String] = []) {
      self.outcome = outcome
      self.headline = headline
      self.details = details
    }
  }

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
