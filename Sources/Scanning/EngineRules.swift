internal import Findings

/// Rules about the use of Tollgate itself, which no pack can hold: only the engine knows what a comment did.
enum EngineRules {
  static let pack = "tollgate"

  static let unusedSuppression = Rule(
    id: "suppression-unused", pack: pack, title: "Suppression comment that suppresses nothing", severity: .note,
    confidence: .high, level: .audit, phase: .code, tags: ["hygiene"],
    message: "This comment suppresses no finding.",
    why: "A comment that outlives its finding hides the next one that appears on its line.",
    fix: "Delete the comment, or correct the rule that it names.")

  static let suppressionWithoutReason = Rule(
    id: "suppression-without-reason", pack: pack, title: "Suppression comment without a reason", severity: .low,
    confidence: .high, level: .warn, phase: .code, tags: ["hygiene"],
    message: "This comment gives no reason, so it suppresses nothing.",
    why: "Nobody can judge later whether an exception without a reason still holds.",
    fix: "Write the reason after two dashes at the end of the comment.")

  static let all = [unusedSuppression, suppressionWithoutReason]
}
