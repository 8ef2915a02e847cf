internal import Documents
internal import Expressions
internal import Findings
internal import Views

/// Reads one rule with `on: document` or with the name of a view.
struct DocumentRuleReader {
  private static let commonKeys = ["where", "when", "grade", "at", "related"] + RuleMetadataReader.trailingKeys
  static let documentKeys = RuleMetadataReader.leadingKeys + ["kinds", "select"] + commonKeys
  static let viewKeys = RuleMetadataReader.leadingKeys + ["kinds"] + commonKeys

  let pack: String
  let isChecked: Bool
  /// `nil` for `on: document`.
  let view: View?

  func read(_ node: Node, diagnostics: DiagnosticCollector) -> DocumentRule? {
    let keys = view == nil ? Self.documentKeys : Self.viewKeys
    guard let rule = MappingReader(node, of: "rule", keys: keys, diagnostics: diagnostics) else { return nil }
    let metadata = RuleMetadataReader(pack: pack).read(rule)
    let kinds = kinds(of: rule)
    let target = target(of: rule)
    let condition = program("where", of: rule)
    let trigger = program("when", of: rule, isRequired: true)
    let grades = grades(of: rule, diagnostics: diagnostics)
    let place = rule.optionalText("at").flatMap { Self.place($0, of: rule) }
    let related = related(of: rule, diagnostics: diagnostics)
    guard let metadata, let target, let trigger, let message = message(of: rule), !kinds.isEmpty else {
      return nil
    }
    let documentRule = DocumentRule(
      metadata: metadata, position: rule.position, examplesNode: rule.node("examples"), target: target, kinds: kinds,
      condition: condition, trigger: trigger, grades: grades, place: place, related: related, message: message)
    if isChecked { RuleMetadataReader.checkExamples(of: documentRule, rule, diagnostics: diagnostics) }
    return documentRule
  }

  private func target(of rule: MappingReader) -> DocumentRule.Target? {
    if let view { return .view(view) }
    let text = rule.optionalText("select") ?? "$"
    do throws(JSONPathError) {
      return .document(try JSONPath(parsing: text, regexEngine: ExpressionSupport.jsonPathRegexEngine))
    } catch {
      rule.complain("select: \(error.message) (at byte \(error.offset))", at: "select")
      return nil
    }
  }

  /// Those that the rule names; a rule about a view may leave them out and mean all that the view looks at.
  private func kinds(of rule: MappingReader) -> [FileKind] {
    if let view, rule.node("kinds") == nil { return view.kinds }
    return rule.texts("kinds", isRequired: true).compactMap { name in
      guard let kind = rule.choice(named: name, as: FileKind.self, at: rule.position(of: "kinds"), key: "kinds") else {
        return nil
      }
      if let view {
        guard !view.kinds.contains(kind) else { return kind }
        let words = view.kinds.map(\.rawValue).joined(separator: ", ")
        rule.complain("\(view.name) looks at files of the kinds \(words), not at \(name)", at: "kinds")
        return nil
      }
      guard DocumentReader.canRead(kind.usualFormat) else {
        rule.complain("files of the kind \(name) cannot be read as documents yet", at: "kinds")
        return nil
      }
      return kind
    }
  }

  private func program(_ key: String, of rule: MappingReader, isRequired: Bool = false) -> Program? {
    guard let text = isRequired ? rule.text(key) : rule.optionalText(key) else { return nil }
    return program(text, key: key, of: rule)
  }

  private func program(_ text: String, key: String, of rule: MappingReader) -> Program? {
    guard isChecked else { return Program(deferring: text, in: ExpressionSupport.environment) }
    do throws(ExpressionError) {
      return try Program(parsing: text, in: ExpressionSupport.environment)
    } catch {
      let place = error.position.map { " (line \($0.line), column \($0.column) of the expression)" } ?? ""
      rule.complain("\(key): \(error.message)\(place)", at: key)
      return nil
    }
  }

  private func grades(of rule: MappingReader, diagnostics: DiagnosticCollector) -> [DocumentRule.Grade] {
    let keys = ["when", "severity", "confidence", "level"]
    return rule.list("grade").compactMap { node in
      guard let grade = MappingReader(node, of: "grade", keys: keys, diagnostics: diagnostics),
        let text = grade.text("when"), let condition = program(text, key: "when", of: grade)
      else { return nil }
      return DocumentRule.Grade(
        condition: condition,
        severity: grade.node("severity").flatMap { _ in grade.choice("severity", as: Severity.self) },
        confidence: grade.node("confidence").flatMap { _ in grade.choice("confidence", as: Confidence.self) },
        level: grade.node("level").flatMap { _ in grade.choice("level", as: Level.self) })
    }
  }

  private func related(of rule: MappingReader, diagnostics: DiagnosticCollector) -> [DocumentRule.Related] {
    rule.list("related").compactMap { node in
      guard
        let related = MappingReader(
          node, of: "related place", keys: ["at", "message"], diagnostics: diagnostics)
      else { return nil }
      let place = related.text("at").flatMap { Self.place($0, of: related) }
      guard related.text("message") != nil, let place, let message = message(of: related) else { return nil }
      return DocumentRule.Related(place: place, message: message)
    }
  }

  private static func place(_ text: String, of rule: MappingReader) -> MemberPath? {
    guard let path = MemberPath(text) else {
      rule.complain("at is the way to a member, such as uses, with.token or steps[0].run", at: "at")
      return nil
    }
    return path
  }

  private func message(of rule: MappingReader) -> MessageTemplate? {
    // A missing message has been complained about already.
    guard let text = rule.optionalText("message") else { return nil }
    do throws(ExpressionError) {
      return try MessageTemplate(parsing: text, in: ExpressionSupport.environment, isDeferred: !isChecked)
    } catch {
      rule.complain("message: \(error.message)", at: "message")
      return nil
    }
  }
}
