package import Documents
package import Findings

/// What all kinds of rules have in common.
package protocol PackRule: Sendable {
  var metadata: Rule { get }
  /// Where the rule stands in its file.
  var position: Position { get }
  /// Where the examples stand; they are read when they are asked for.
  var examplesNode: Node? { get }

  /// What the rule looks for, key by key, as its file says it.
  var matcher: [(key: String, value: String)] { get }

  /// Whether the rule, alone, fires on one of its examples.
  /// - Throws: when it cannot tell, in words.
  func fires(on example: RuleExample) throws(RuleExample.Failure) -> Bool
}
