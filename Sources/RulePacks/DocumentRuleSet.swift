internal import Documents
internal import Expressions
package import Findings
internal import Views

/// Document rules ready to look at files together: a file meets the rules of its kind only.
package struct DocumentRuleSet: Sendable {
  private let rulesOfKind: [FileKind: [DocumentRule]]

  package init(_ rules: [DocumentRule]) {
    var rulesOfKind: [FileKind: [DocumentRule]] = [:]
    for rule in rules {
      for kind in Set(rule.kinds) { rulesOfKind[kind, default: []].append(rule) }
    }
    self.rulesOfKind = rulesOfKind
  }

  package var isEmpty: Bool { rulesOfKind.isEmpty }

  /// A place where a rule fires.
  package struct Match: Sendable {
    package let rule: Rule
    package let severity: Severity
    package let level: Level
    package let message: String
    /// In bytes.
    package let place: Range<Int>
    /// What tells the match from others of the rule when lines move: the names on the way to the value, and its text.
    package let identity: [UInt8]
  }

  /// What came of one file.
  package struct Outcome: Sendable {
    package var matches: [Match] = []
    package var notifications: [Notification] = []
  }

  /// Looks at a file, if a rule wants its kind.
  package func scan(_ bytes: Span<UInt8>, path: SourcePath) -> Outcome {
    guard !isEmpty, let recognition = FileRecognition(path: path, content: bytes),
      let rules = rulesOfKind[recognition.kind]
    else { return Outcome() }
    let content = Array(bytes)
    let name = recognition.kind.rawValue
    do throws(DocumentError) {
      guard let (document, notes) = try DocumentReader.read(content, as: recognition.format) else { return Outcome() }
      var outcome = Outcome()
      if let first = notes.first {
        let message = "\(notes.count) lines are no \(name): \(first.message) (line \(first.position.line))"
        outcome.notifications.append(Notification(kind: .unparsable, level: .note, message: message, path: path))
      }
      for rule in rules { rule.look(at: document, content: content, path: path, outcome: &outcome) }
      return outcome
    } catch {
      let message = "not read as \(name): \(error.message) (line \(error.position.line))"
      return Outcome(notifications: [Notification(kind: .unparsable, level: .warning, message: message, path: path)])
    }
  }
}

extension DocumentRule {
  func look(at document: Document, content: [UInt8], path: SourcePath, outcome: inout DocumentRuleSet.Outcome) {
    var unknowns = 0
    var failures = 0
    for root in document.roots {
      var bindings = Bindings(ExpressionSupport.environment)
      bindings["document"] = root.value
      bindings["path"] = .string(path.description)
      let selected: [(node: Node, path: NormalizedPath)]
      do throws(JSONPathError) {
        selected = try select.nodes(in: root)
      } catch {
        outcome.notifications.append(failure("select: \(error.message)", path))
        continue
      }
      for (node, way) in selected {
        bindings["self"] = node.value
        do throws(ExpressionError) {
          switch try fires(bindings) {
          case true?: outcome.matches.append(match(node, way, root: root, content: content, bindings))
          case false?: break
          case nil: unknowns += 1
          }
        } catch {
          // A missing parent is absent, never "true".
          if error.code == .noSuchKey { continue }
          // Once for a file: a hostile one could make it fail a million times.
          failures += 1
          guard failures == 1 else { continue }
          outcome.notifications.append(failure("line \(node.position.line): \(Self.words(for: error))", path))
        }
      }
    }
    if unknowns > 0 {
      let message = "rule \(metadata.id) could not tell in \(unknowns) places: they depend on values known only later"
      outcome.notifications.append(Notification(kind: .unknownValue, level: .note, message: message, path: path))
    }
  }

  private func failure(_ message: String, _ path: SourcePath) -> Notification {
    Notification(kind: .ruleFailed, level: .warning, message: "rule \(metadata.id): \(message)", path: path)
  }

  /// What went wrong, without any value: the text of an error may quote one, but for this, which names types.
  private static func words(for error: ExpressionError) -> String {
    let place = error.position.map { " (line \($0.line), column \($0.column) of the expression)" } ?? ""
    return (error.code == .noSuchOverload ? error.message : "the expression fails: \(error.code)") + place
  }

  /// Whether the rule fires on the value in `self`; `nil` when that is unknown.
  private func fires(_ bindings: Bindings) throws(ExpressionError) -> Bool? {
    if let condition {
      guard let isConcerned = try holds(condition, bindings) else { return nil }
      if !isConcerned { return false }
    }
    return try holds(trigger, bindings)
  }

  /// Whether an expression is true; `nil` when it is unknown.
  private func holds(_ program: Program, _ bindings: Bindings) throws(ExpressionError) -> Bool? {
    switch try program.evaluate(with: bindings) {
    case .bool(let bool): return bool
    case .unknown: return nil
    case let value: throw ExpressionError(.noSuchOverload, "the expression gives \(value.type), not true or false")
    }
  }

  private func match(
    _ node: Node, _ way: NormalizedPath, root: Node, content: [UInt8], _ bindings: Bindings
  ) -> DocumentRuleSet.Match {
    let place = placeOfFinding(node, way, root: root)
    let grade = grades.first { (try? holds($0.condition, bindings)) == true }
    let names = way.steps.compactMap { step in if case .name(let name) = step { name } else { nil } }
    return DocumentRuleSet.Match(
      rule: metadata, severity: grade?.severity ?? metadata.severity, level: grade?.level ?? metadata.level,
      message: message.text(with: bindings), place: place,
      identity: Array(names.joined(separator: "/").utf8) + [0] + content[place])
  }

  /// Key and value of the member that `at` names; where it is absent, or none is named, the key of the value itself.
  private func placeOfFinding(_ node: Node, _ way: NormalizedPath, root: Node) -> Range<Int> {
    if let place, let entry = node.entry(place) { return Self.range(of: entry) }
    if case .name(let name)? = way.steps.last, let parent = Self.node(at: way.steps.dropLast(), from: root),
      let entry = parent.entry(name)
    {
      return Self.range(of: entry)
    }
    if let first = node.entries?.first { return first.key.byteRange }
    if let first = node.elements?.first, first.kind == .scalar { return first.byteRange }
    return node.kind == .scalar ? node.byteRange : node.byteRange.lowerBound..<node.byteRange.lowerBound + 1
  }

  /// A scalar with its key; of a collection the key alone, which stands for all of it.
  private static func range(of entry: Node.Entry) -> Range<Int> {
    let key = entry.key.byteRange
    let value = entry.value.byteRange
    guard entry.value.kind == .scalar, value.lowerBound >= key.upperBound, !value.isEmpty else { return key }
    return key.lowerBound..<value.upperBound
  }

  private static func node(at steps: some Sequence<NormalizedPath.Step>, from root: Node) -> Node? {
    var node: Node? = root
    for step in steps {
      switch step {
      case .name(let name): node = node?[name]
      case .index(let index): node = node?[index]
      }
    }
    return node
  }
}

extension DocumentRule {
  package func fires(on example: String) throws(RuleExample.Failure) -> Bool {
    let content = Array(example.utf8)
    guard let format = kinds.first?.usualFormat else { return false }
    let document: Document
    do throws(DocumentError) {
      guard let read = try DocumentReader.read(content, as: format) else { return false }
      document = read.document
    } catch {
      throw RuleExample.Failure(message: error.description)
    }
    var outcome = DocumentRuleSet.Outcome()
    look(at: document, content: content, path: SourcePath("example"), outcome: &outcome)
    if let problem = outcome.notifications.first(where: { $0.level > .note }) {
      throw RuleExample.Failure(message: problem.message)
    }
    return !outcome.matches.isEmpty
  }
}
