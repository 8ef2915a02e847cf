package import Documents
internal import Expressions
package import Findings
package import Views

/// A rule that looks at the values of a parsed file: those that a view yields (`on: github.step`), or those that a query
/// selects (`on: document`).
package struct DocumentRule: PackRule {
  /// Which values it looks at; each becomes `self`.
  package enum Target: Sendable {
    /// Values of the raw file.
    case document(JSONPath)
    case view(View)
  }

  package var metadata: Rule
  package var position: Position
  package let examplesNode: Node?
  package let target: Target
  /// The kinds of files that it looks at.
  package let kinds: [FileKind]
  /// Which of the values are its business; without it all.
  let condition: Program?
  /// When it fires.
  let trigger: Program
  /// Milder or graver outcomes; the first that holds wins.
  let grades: [Grade]
  /// The member that a finding points to.
  let place: MemberPath?
  /// Other places that a finding names.
  let related: [Related]
  let message: MessageTemplate

  package var matcher: [(key: String, value: String)] {
    var matcher = [("on", on), ("kinds", kinds.map(\.rawValue).joined(separator: ", "))]
    if case .document(let select) = target { matcher.append(("select", select.description)) }
    if let condition { matcher.append(("where", condition.source)) }
    return matcher + [("when", trigger.source)]
  }

  private var on: String {
    switch target {
    case .document: "document"
    case .view(let view): view.name
    }
  }

  struct Grade: Sendable {
    var condition: Program
    var severity: Severity?
    var confidence: Confidence?
    var level: Level?
  }

  struct Related: Sendable {
    var place: MemberPath
    var message: MessageTemplate
  }

  /// The variables of its expressions.
  static let variables = ["self", "document", "path"]
}
