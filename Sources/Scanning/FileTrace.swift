package import Findings
package import RulePacks

/// Everything that a scan tried in one file and how each step came out, written by the scan itself.
///
/// It is made only when somebody asks; a scan for a report makes none. Nothing in it is masked but ``Secret``s, so whoever
/// shows it masks texts of the file.
package final class FileTrace {
  /// What the bytes of the file are, in words.
  package internal(set) var classification = ""
  /// False for what is not looked into, such as a binary file.
  package internal(set) var isScanned = true
  /// What the rules looked at: the text of the file, in UTF-8 where the file is UTF-16. Offsets count its bytes.
  package internal(set) var text: [UInt8] = []
  /// Whether the text is not the bytes of the file.
  package internal(set) var isConverted = false
  package let textRules = TextTrace()
  package let documentRules = DocumentTrace()
  package internal(set) var merges: [Merge] = []
  package internal(set) var suppressions: [SuppressionStep] = []
  /// The findings of the file, as the scan reports them.
  package internal(set) var findings: [Finding] = []
  package internal(set) var notifications: [Notification] = []
  /// The text rules, which the indexes of the traces mean.
  package internal(set) var rules: [TextRule] = []

  /// The lines that are asked about, counted from 1; `nil`: all.
  package let wantedLines: ClosedRange<Int>?

  package init(wantedLines: ClosedRange<Int>? = nil) {
    self.wantedLines = wantedLines
  }

  /// The bytes of the lines that are asked about.
  var wantedBytes: Range<Int>? {
    guard let wantedLines else { return nil }
    let bytes = text
    let span = bytes.span
    let lines = LineIndex(span)
    guard wantedLines.lowerBound <= lines.lineCount else { return bytes.count..<bytes.count }
    let first = lines.range(ofLine: wantedLines.lowerBound, in: span)
    let last = lines.range(ofLine: min(wantedLines.upperBound, lines.lineCount), in: span)
    return first.lowerBound..<max(last.upperBound, first.lowerBound)
  }

  /// A match that gave way to another one.
  package struct Merge: Sendable {
    /// The index of its rule.
    package let rule: Int
    package let secret: Range<Int>
    /// The rule that reports the credential.
    package let winner: Int
    package let winnerSecret: Range<Int>
    /// Whether it is the other half of a credential, and not the same value.
    package let isOtherHalf: Bool
  }

  /// What a comment did.
  package struct SuppressionStep: Sendable {
    /// The tool whose comment it is; `nil` for ours.
    package let tool: String?
    /// The line of the comment, counted from 1.
    package let line: Int
    package let outcome: Outcome

    package enum Outcome: Sendable {
      /// It suppresses a finding of this rule that begins in this line.
      case suppresses(rule: String, line: Int)
      /// Without a reason it suppresses nothing.
      case hasNoReason
      /// It names none of what was found where it speaks of.
      case unused
      /// Comments of other tools were not asked for.
      case forbidden
    }
  }
}
