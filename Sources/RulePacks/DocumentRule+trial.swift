package import Documents
package import Expressions
package import Views

/// What a document rule makes of one value, step by step: for people who ask why it fired, or why not.
package struct DocumentRuleTrial: Sendable {
  /// What the value is: the name of the view, or the path of the value in the file.
  package let subject: String
  /// Where it stands.
  package let origin: Origin
  /// The expressions that were evaluated, in order; the last one decides.
  package let steps: [Step]
  /// What the rule found; `nil` when it does not fire.
  package let match: DocumentRuleSet.Match?

  /// One expression of the rule.
  package struct Step: Sendable {
    /// The key in the pack: `where`, `when`, `grade[0].when`.
    package let key: String
    package let program: Program
    package let result: Result<Value, ExpressionError>
    /// What its parts gave, inner ones first.
    package let trace: [TracedValue]
  }
}

extension DocumentRule {
  /// Looks at a file as a scan does, and keeps what each expression gave.
  ///
  /// - Parameter limit: the most values that are looked at.
  /// - Throws: when the rule's query looks at too much.
  package func trials(on file: ViewedFile, limit: Int) throws(JSONPathError) -> [DocumentRuleTrial] {
    var trials: [DocumentRuleTrial] = []
    switch target {
    case .view(let view):
      for element in view.elements(file).prefix(limit) {
        var evaluation = DocumentRuleEvaluation(self, file, bindings: DocumentRuleEvaluation.bindings(for: file))
        evaluation.look(at: element)
        trials.append(trial(evaluation, subject: view.name, at: element.origin, match: evaluation.matches.first))
      }
    case .document(let select):
      for root in file.document?.roots ?? [] {
        for (node, way) in try select.nodes(in: root).prefix(limit - trials.count) {
          var evaluation = DocumentRuleEvaluation(self, file, bindings: DocumentRuleEvaluation.bindings(for: file))
          let origin = evaluation.look(at: node, way, in: root)
          trials.append(trial(evaluation, subject: way.description, at: origin, match: evaluation.matches.first))
        }
      }
    }
    return trials
  }

  /// What was made of the value that an evaluation looked at last.
  func trial(
    _ evaluation: DocumentRuleEvaluation, subject: String, at origin: Origin, match: DocumentRuleSet.Match?
  ) -> DocumentRuleTrial {
    let bindings = evaluation.currentBindings
    var steps: [DocumentRuleTrial.Step] = []
    /// - Returns: whether it is true.
    func evaluate(_ key: String, _ program: Program) -> Bool {
      let result = Result { () throws(ExpressionError) in try program.evaluate(with: bindings) }
      steps.append(
        DocumentRuleTrial.Step(key: key, program: program, result: result, trace: program.trace(with: bindings)))
      if case .success(.bool(true)) = result { return true }
      return false
    }
    var isConcerned = true
    if let condition { isConcerned = evaluate("where", condition) }
    if isConcerned, evaluate("when", trigger) {
      for (index, grade) in grades.enumerated() where evaluate("grade[\(index)].when", grade.condition) { break }
    }
    return DocumentRuleTrial(subject: subject, origin: origin, steps: steps, match: match)
  }
}
