internal import Documents
internal import Expressions
internal import Findings

/// Reads one rule with `on: document`.
struct DocumentRuleReader {
  static let keys =
    RuleMetadataReader.leadingKeys + ["kinds", "select", "where", "when", "grade", "at"]
    + RuleMetadataReader.trailingKeys

  let pack: String
  let isChecked: Bool

  func read(_ node: Node, diagnostics: DiagnosticCollector) -> DocumentRule? {
    guard let rule = MappingReader(node, of: "rule", keys: Self.keys, diagnostics: diagnostics) else { return nil }
    let metadata = RuleMetadataReader(pack: pack).read(rule)
    let kinds = kinds(of: rule)
    let select = select(of: rule)
    let condition = program("where", of: rule)
    let trigger = program("when", of: rule, isRequired: true)
    let grades = grades(of: rule, diagnostics: diagnostics)
    guard let metadata, let select, let trigger, let message = message(of: rule), !kinds.isEmpty else { return nil }
    let documentRule = DocumentRule(
      metadata: metadata, position: rule.position, examplesNode: rule.node("examples"), kinds: kinds, select: select,
      condition: condition, trigger: trigger, grades: grades, place: rule.optionalText("at"), message: message)
    if isChecked { RuleMetadataReader.checkExamples(of: documentRule, rule, diagnostics: diagnostics) }
    return documentRule
  }

  private func kinds(of rule: MappingReader) -> [FileKind] {
    rule.texts("kinds", isRequired: true).compactMap { name in
      guard let kind = rule.choice(named: name, as: FileKind.self, at: rule.position(of: "kinds"), key: "kinds") else {
        return nil
      }
      guard DocumentReader.canRead(kind.usualFormat) else {
        rule.complain("files of the kind \(name) cannot be read as documents yet", at: "kinds")
        return nil
      }
      return kind
    }
  }

  private func select(of rule: MappingReader) -> JSONPath? {
    let text = rule.optionalText("select") ?? "$"
    do throws(JSONPathError) {
      return try JSONPath(parsing: text, regexEngine: ExpressionSupport.jsonPathRegexEngine)
    } catch {
      rule.complain("select: \(error.message) (at byte \(error.offset))", at: "select")
      return nil
    }
  }

  private func program(_ key: String, of rule: MappingReader, isRequired: Bool = false) -> Program? {
    guard let text = isRequired ? rule.text(key) : rule.optionalText(key) else { return nil }
    return Self.program(text, key: key, of: rule)
  }

  private static func program(_ text: String, key: String, of rule: MappingReader) -> Program? {
    do throws(ExpressionError) {
      return try Program(parsing: text, in: ExpressionSupport.environment)
    } catch {
      let place = error.position.map { " (line \($0.line), column \($0.column) of the expression)" } ?? ""
      rule.complain("\(key): \(error.message)\(place)", at: key)
      return nil
    }
  }

  private func grades(of rule: MappingReader, diagnostics: DiagnosticCollector) -> [DocumentRule.Grade] {
    rule.list("grade").compactMap { node in
      guard
        let grade = MappingReader(node, of: "grade", keys: ["when", "severity", "level"], diagnostics: diagnostics),
        let text = grade.text("when"), let condition = Self.program(text, key: "when", of: grade)
      else { return nil }
      return DocumentRule.Grade(
        condition: condition,
        severity: grade.node("severity").flatMap { _ in grade.choice("severity", as: Severity.self) },
        level: grade.node("level").flatMap { _ in grade.choice("level", as: Level.self) })
    }
  }

  private func message(of rule: MappingReader) -> MessageTemplate? {
    // A missing message has been complained about already.
    guard let text = rule.optionalText("message") else { return nil }
    do throws(ExpressionError) {
      return try MessageTemplate(parsing: text, in: ExpressionSupport.environment)
    } catch {
      rule.complain("message: \(error.message)", at: "message")
      return nil
    }
  }
}
