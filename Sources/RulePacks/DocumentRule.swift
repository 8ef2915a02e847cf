package import Documents
internal import Expressions
package import Findings

/// A rule that looks at the values of a parsed file (`on: document`).
package struct DocumentRule: PackRule {
  package var metadata: Rule
  package var position: Position
  package let examplesNode: Node?
  /// The kinds of files that it looks at.
  package let kinds: [FileKind]
  /// Which values it looks at; each becomes `self`.
  let select: JSONPath
  /// Which of them are its business; without it all.
  let condition: Program?
  /// When it fires.
  let trigger: Program
  /// Milder or graver outcomes; the first that holds wins.
  let grades: [Grade]
  /// The member that a finding points to.
  let place: String?
  let message: MessageTemplate

  package var matcher: [(key: String, value: String)] {
    var matcher = [("kinds", kinds.map(\.rawValue).joined(separator: ", ")), ("select", select.description)]
    if let condition { matcher.append(("where", condition.source)) }
    return matcher + [("when", trigger.source)]
  }

  struct Grade: Sendable {
    var condition: Program
    var severity: Severity?
    var level: Level?
  }

  /// The variables of its expressions.
  static let variables = ["self", "document", "path"]
}
