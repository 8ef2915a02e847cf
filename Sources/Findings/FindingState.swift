/// How a finding stands to what was known before: to a baseline, or to the base of a change.
public enum FindingState: String, CaseIterable, Sendable {
  /// Nobody knew of it.
  case new
  /// It was known, in this file.
  case existing
  /// It was known in another file, where it is no longer.
  case moved
  /// The same credential is known in another place, and is there still.
  case spread
  /// An old line, or one of unknown age, found by a rule that the baseline did not know.
  case ruleNew = "rule-new"
  /// It was known and mended, and is back.
  case reopened
}
