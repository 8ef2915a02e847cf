public import Findings

/// What a scan tried at a place, step by step, and why something was reported there or not. Credentials are masked.
///
/// It is written by the scan itself: ``findings`` are those that a scan of the file reports.
public struct Explanation: Sendable {
  public var path: SourcePath
  /// The lines that were asked about; `nil`: the whole file.
  public var lines: ClosedRange<Int>?
  /// Whether the file was looked into.
  public var isScanned = false
  /// What the bytes of the file are; `nil` when it was not read.
  public var classification: String?
  /// What kind of file it is; `nil` when it is of no kind that rules know.
  public var kind: String?
  /// What rules over text tried, in the order of the file.
  public var attempts: [TextAttempt] = []
  /// What the views yield there.
  public var views: [ViewPlace] = []
  /// What rules over views and documents made of it.
  public var elements: [ElementAttempt] = []
  /// Comments that had a say.
  public var comments: [Comment] = []
  public var findings: [Reported] = []
  /// What was not looked at, and what was left out here.
  public var notes: [String] = []

  /// One place where a keyword of a rule stands.
  public struct TextAttempt: Sendable {
    public var rule: String
    public var keyword: String
    public var position: Position
    /// Through which decoders the text was reached, the outermost first.
    public var decoders: [String]
    /// What was looked at and how it came out, in order.
    public var steps: [RuleTrial.Expression.Part]
    public var outcome: Outcome

    public enum Outcome: Sendable {
      /// It is a finding.
      case reported
      /// Another rule reports the credential, or the pair that it belongs to.
      case gaveWay(to: String, isOtherHalf: Bool)
      /// In words.
      case silent(String)
    }
  }

  /// An element of a view.
  public struct ViewPlace: Sendable {
    public var view: String
    public var position: Position
  }

  /// What one rule made of one value or element.
  public struct ElementAttempt: Sendable {
    public var rule: String
    public var attempt: RuleTrial.Attempt
  }

  public struct Comment: Sendable {
    public var line: Int
    /// The tool whose comment it is; `nil` for ours.
    public var tool: String?
    /// What it did, in words.
    public var effect: String
  }

  /// A finding, and what the gate makes of it.
  public struct Reported: Sendable {
    public var finding: Finding
    /// Whether it fails the gate.
    public var isBlocking: Bool
    /// Why, or why not, in words.
    public var gate: String
  }
}
