internal import Documents
internal import Expressions
package import Findings
package import Views

/// Document rules ready to look at files together: a file meets the rules of its kind only, and each view of it is made
/// once for all of them.
package struct DocumentRuleSet: Sendable {
  /// The rules that files of one kind meet.
  private struct RulesOfKind: Sendable {
    var ofDocuments: [DocumentRule] = []
    /// In the order in which rules name the views.
    var ofViews: [(view: View, rules: [DocumentRule])] = []

    mutating func add(_ rule: DocumentRule) {
      switch rule.target {
      case .document: ofDocuments.append(rule)
      case .view(let view):
        if let index = ofViews.firstIndex(where: { $0.view.name == view.name }) {
          ofViews[index].rules.append(rule)
        } else {
          ofViews.append((view, [rule]))
        }
      }
    }
  }

  private let rulesOfKind: [FileKind: RulesOfKind]

  package init(_ rules: [DocumentRule]) {
    var rulesOfKind: [FileKind: RulesOfKind] = [:]
    for rule in rules {
      for kind in Set(rule.kinds) { rulesOfKind[kind, default: RulesOfKind()].add(rule) }
    }
    self.rulesOfKind = rulesOfKind
  }

  package var isEmpty: Bool { rulesOfKind.isEmpty }

  /// A place where a rule fires.
  package struct Match: Sendable {
    package let rule: Rule
    package let severity: Severity
    package let confidence: Confidence
    package let level: Level
    package let message: String
    /// In bytes.
    package let place: Range<Int>
    package let related: [Related]
    /// What tells the match from others of the rule when lines move: the names on the way to the value, and its text.
    package let identity: [UInt8]
  }

  /// Another place that a match names; perhaps in another file.
  package struct Related: Sendable {
    package let origin: Origin
    package let message: String
  }

  /// What came of one file.
  package struct Outcome: Sendable {
    package var matches: [Match] = []
    package var notifications: [Notification] = []
  }

  /// Looks at a file, if a rule wants its kind.
  ///
  /// - Parameter others: the files beside it, for views that follow includes.
  ///
  /// - Parameter trace: is told what each rule made of each value.
  package func scan(
    _ bytes: Span<UInt8>, path: SourcePath, others: any FileResolver = NoFiles(), trace: DocumentTrace? = nil
  ) -> Outcome {
    guard !isEmpty || trace != nil, let recognition = FileRecognition(path: path, content: bytes) else {
      return Outcome()
    }
    // Who asks why wants to see the views even where no rule looks at them.
    if trace != nil, rulesOfKind[recognition.kind] == nil {
      trace?.file = try? ViewedFile.read(Array(bytes), path: path, recognition: recognition, others: others).file
    }
    guard let rules = rulesOfKind[recognition.kind] else { return Outcome() }
    let name = recognition.kind.rawValue
    var outcome = Outcome()
    let file: ViewedFile
    do throws(DocumentError) {
      let (read, notes) = try ViewedFile.read(Array(bytes), path: path, recognition: recognition, others: others)
      file = read
      if let first = notes.first {
        let message = "\(notes.count) lines are no \(name): \(first.message) (line \(first.position.line))"
        outcome.notifications.append(Notification(kind: .unparsable, level: .note, message: message, path: path))
      }
    } catch {
      let message = "not read as \(name): \(error.message) (line \(error.position.line))"
      return Outcome(notifications: [Notification(kind: .unparsable, level: .warning, message: message, path: path)])
    }
    trace?.file = file
    let bindings = DocumentRuleEvaluation.bindings(for: file)
    for rule in rules.ofDocuments {
      var evaluation = DocumentRuleEvaluation(rule, file, bindings: bindings)
      evaluation.lookAtSelection(trace: trace)
      evaluation.finish(&outcome)
    }
    for (view, rules) in rules.ofViews {
      let elements = view.elements(file)
      for rule in rules {
        var evaluation = DocumentRuleEvaluation(rule, file, bindings: bindings)
        for element in elements {
          let count = evaluation.matches.count
          evaluation.look(at: element)
          guard let trace else { continue }
          trace.note(rule, evaluation, subject: view.name, at: element.origin, matchesBefore: count)
        }
        evaluation.finish(&outcome)
      }
    }
    let notes = file.notes
    if let first = notes.first {
      let more = notes.count > 1 ? " (and \(notes.count - 1) more places)" : ""
      let message = "not understood in \(name): \(first.message) (line \(file.position(of: first.offset).line))\(more)"
      outcome.notifications.append(Notification(kind: .unparsable, level: .note, message: message, path: path))
    }
    return outcome
  }
}
