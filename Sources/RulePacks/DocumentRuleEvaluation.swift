internal import Documents
internal import Expressions
internal import Findings
internal import Views

/// One rule over one file: what it fires on, what it cannot tell, and where it fails.
struct DocumentRuleEvaluation {
  private let rule: DocumentRule
  private let file: ViewedFile
  private var bindings: Bindings
  private(set) var matches: [DocumentRuleSet.Match] = []
  private var notifications: [Notification] = []
  private var unknownCount = 0
  private var failureCount = 0
  /// What the conditions may still take in this file. Each may look at all neighbours of a thing, so a file with very
  /// many of them would take the square of it.
  private var stepsLeft = 4 * Program.defaultSteps

  /// - Parameter bindings: those of ``bindings(for:)``, made once for all rules.
  init(_ rule: DocumentRule, _ file: ViewedFile, bindings: Bindings) {
    self.rule = rule
    self.file = file
    self.bindings = bindings
  }

  /// What all rules see of a file.
  static func bindings(for file: ViewedFile) -> Bindings {
    var bindings = Bindings(ExpressionSupport.environment)
    bindings["document"] = file.documentValue ?? .null
    bindings["path"] = file.pathValue
    return bindings
  }

  /// Adds what came of it. What several things inherit from one place is told once: the place has to be mended once.
  func finish(_ outcome: inout DocumentRuleSet.Outcome) {
    var places: Set<Range<Int>> = []
    outcome.matches += matches.filter { places.insert($0.place).inserted }
    outcome.notifications += notifications
    guard unknownCount > 0 else { return }
    let message =
      "rule \(rule.metadata.id) could not tell in \(unknownCount) places: they depend on values known only later"
    outcome.notifications.append(Notification(kind: .unknownValue, level: .note, message: message, path: file.path))
  }

  /// Looks at an element of the rule's view.
  mutating func look(at element: ViewElement) {
    bindings["self"] = .map(element.record)
    guard fires(at: element.origin.place.lowerBound) else { return }
    add(found: element.origin, identity: element.identity)
  }

  /// Looks at what the rule's query selects.
  ///
  /// - Parameter trace: is told what came of each value.
  mutating func lookAtSelection(trace: DocumentTrace? = nil) {
    guard case .document(let select) = rule.target else { return }
    for root in file.document?.roots ?? [] {
      bindings["document"] = root.value(in: file.origin)
      let selected: [(node: Node, path: NormalizedPath)]
      do throws(JSONPathError) {
        selected = try select.nodes(in: root)
      } catch {
        notifications.append(failure("select: \(error.message)"))
        continue
      }
      for (node, way) in selected {
        let count = matches.count
        look(at: node, way, root: root)
        guard let trace else { continue }
        let origin = Self.origin(of: node, way, root: root, in: file.origin)
        trace.note(rule, self, subject: way.description, at: origin, matchesBefore: count)
      }
    }
  }

  /// Looks at one value; `document` must be bound.
  private mutating func look(at node: Node, _ way: NormalizedPath, root: Node) {
    bindings["self"] = node.value(in: file.origin)
    guard fires(at: node.byteRange.lowerBound) else { return }
    let names = way.steps.compactMap { step in if case .name(let name) = step { name } else { nil } }
    add(found: Self.origin(of: node, way, root: root, in: file.origin), identity: names)
  }

  /// Looks at one value that the rule's query selects in a document.
  mutating func look(at node: Node, _ way: NormalizedPath, in root: Node) -> Origin {
    bindings["document"] = root.value(in: file.origin)
    look(at: node, way, root: root)
    return Self.origin(of: node, way, root: root, in: file.origin)
  }

  /// What is bound after looking at a value, to ask for more.
  var currentBindings: Bindings { bindings }

  /// Whether the rule fires on what is bound.
  private mutating func fires(at offset: Int) -> Bool {
    do throws(ExpressionError) {
      guard let fires = try rule.fires(bindings, takingFrom: &stepsLeft) else {
        unknownCount += 1
        return false
      }
      return fires
    } catch {
      // A missing parent is absent, never "true".
      if error.code == .noSuchKey { return false }
      // Once for a file: a hostile one could make it fail a million times.
      failureCount += 1
      if failureCount == 1 {
        notifications.append(failure("line \(file.position(of: offset).line): \(Self.words(for: error))"))
      }
      return false
    }
  }

  private mutating func add(found element: Origin, identity names: [String]) {
    var related: [DocumentRuleSet.Related] = []
    var origin = element
    if let place = rule.place, let value = bindings["self"], let member = place.origin(in: value) {
      if member.file === file.origin {
        origin = member
      } else {
        // What is wrong stands in a file that this one includes: the finding stays here, and says where to look.
        related.append(DocumentRuleSet.Related(origin: member, message: "written here"))
      }
    }
    for other in rule.related {
      guard let value = bindings["self"], let place = other.place.origin(in: value) else { continue }
      related.append(DocumentRuleSet.Related(origin: place, message: other.message.text(with: bindings)))
    }
    let grade = rule.grades.first { (try? DocumentRule.holds($0.condition, bindings)) == true }
    let metadata = rule.metadata
    matches.append(
      DocumentRuleSet.Match(
        rule: metadata, severity: grade?.severity ?? metadata.severity,
        confidence: grade?.confidence ?? metadata.confidence, level: grade?.level ?? metadata.level,
        message: rule.message.text(with: bindings), place: origin.place, related: related,
        identity: Array(names.joined(separator: "/").utf8) + [0] + file.bytes[origin.place]))
  }

  private func failure(_ message: String) -> Notification {
    Notification(
      kind: .ruleFailed, level: .warning, message: "rule \(rule.metadata.id): \(message)", path: file.path)
  }

  /// What went wrong, without any value: the text of an error may quote one, but for this, which names types.
  private static func words(for error: ExpressionError) -> String {
    let place = error.position.map { " (line \($0.line), column \($0.column) of the expression)" } ?? ""
    return (error.code == .noSuchOverload ? error.message : "the expression fails: \(error.code)") + place
  }

  /// Where a selected value stands: with its key, if it has one.
  private static func origin(of node: Node, _ way: NormalizedPath, root: Node, in file: OriginFile) -> Origin {
    let steps = way.steps
    if case .name(let name)? = steps.last, let entry = Self.node(at: steps.dropLast(), from: root)?.entry(name) {
      return Origin(entry, in: file)
    }
    return Origin(node, in: file)
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
  /// Whether the rule fires on the value in `self`; `nil` when that is unknown.
  func fires(_ bindings: Bindings, takingFrom steps: inout Int) throws(ExpressionError) -> Bool? {
    if let condition {
      guard let isConcerned = try Self.holds(condition, bindings, takingFrom: &steps) else { return nil }
      if !isConcerned { return false }
    }
    return try Self.holds(trigger, bindings, takingFrom: &steps)
  }

  /// Whether an expression is true; `nil` when it is unknown.
  static func holds(_ program: Program, _ bindings: Bindings) throws(ExpressionError) -> Bool? {
    var steps = Program.defaultSteps
    return try holds(program, bindings, takingFrom: &steps)
  }

  private static func holds(
    _ program: Program, _ bindings: Bindings, takingFrom steps: inout Int
  ) throws(ExpressionError) -> Bool? {
    switch try program.evaluate(with: bindings, takingFrom: &steps) {
    case .bool(let bool): return bool
    case .unknown: return nil
    case let value: throw ExpressionError(.noSuchOverload, "the expression gives \(value.type), not true or false")
    }
  }
}
