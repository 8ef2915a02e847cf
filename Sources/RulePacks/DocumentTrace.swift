internal import Expressions
package import Views

/// What the rules over views and documents made of one file: written by the scan itself when somebody asks why.
package final class DocumentTrace {
  /// What one rule made of one value.
  package struct Entry {
    package let rule: DocumentRule
    package let trial: DocumentRuleTrial
  }

  /// The file as the rules see it; `nil` when it is of no kind, or could not be read as what it is.
  package internal(set) var file: ViewedFile?
  package internal(set) var entries: [Entry] = []
  /// Whether there were more entries than are kept.
  package private(set) var isCut = false
  /// Only values that stand in these bytes are kept; `nil`: all.
  package var wanted: Range<Int>?

  /// Each entry holds what every part of its expressions gave.
  private static let maxEntries = 20_000

  package init() {}

  /// Keeps what a rule made of the value that an evaluation looked at last.
  ///
  /// - Parameter count: how many matches the evaluation had before.
  func note(
    _ rule: DocumentRule, _ evaluation: DocumentRuleEvaluation, subject: String, at origin: Origin,
    matchesBefore count: Int
  ) {
    let match = evaluation.matches.dropFirst(count).first
    if let wanted, !origin.place.overlaps(wanted), match?.place.overlaps(wanted) != true { return }
    guard entries.count < Self.maxEntries else {
      isCut = true
      return
    }
    entries.append(
      Entry(rule: rule, trial: rule.trial(evaluation, subject: subject, at: origin, match: match)))
  }
}
