internal import Documents
internal import Expressions
internal import Findings
internal import Matching
internal import RulePacks
internal import Scanning
internal import Views

extension PolicyScanner {
  /// The most values or places that one trial looks at.
  private static let maxAttempts = 500

  /// Runs one rule on one file, and tells why it fires or not.
  ///
  /// - Parameters:
  ///   - name: the id of the rule, or what another tool calls it.
  ///   - file: a path in the file system.
  /// - Throws: ``UnknownRuleError``, or ``FileError`` when the file cannot be read as what it is.
  public func tryRule(_ name: String, on file: String) throws -> RuleTrial {
    guard let rule = library.rule(named: name) else {
      throw UnknownRuleError(description: "there is no rule \(name); tollgate rules list shows all")
    }
    let opened = try OpenedFile(file)
    var trial = RuleTrial(rule: rule.metadata, path: opened.path, kind: opened.recognition?.kind.rawValue)
    let builtIn = try RuleLibrary(RuleLibrary.builtInPacks.get()).textRules
    let known = Set(builtIn.map(\.metadata.id))
    let masks = try CredentialMask(builtIn + library.textRules.filter { !known.contains($0.metadata.id) })
    masks.learn(opened.bytes, of: opened.path)
    switch rule {
    case let rule as TextRule: try Self.run(rule, on: opened, masks, &trial)
    case let rule as DocumentRule: try Self.run(rule, on: opened, masks, &trial)
    default: break
    }
    return trial
  }

  // MARK: Documents

  private static func run(
    _ rule: DocumentRule, on opened: OpenedFile, _ masks: CredentialMask, _ trial: inout RuleTrial
  ) throws {
    let kinds = rule.kinds.map(\.rawValue).joined(separator: ", ")
    guard let recognition = opened.recognition, rule.kinds.contains(recognition.kind) else {
      let kind = trial.kind.map { "is of the kind \($0)" } ?? "is of no kind that rules know"
      trial.notes.append("the file \(kind), and the rule looks at \(kinds)")
      return
    }
    guard let (file, _) = try opened.viewed() else { return }
    let trials: [DocumentRuleTrial]
    do throws(JSONPathError) {
      trials = try rule.trials(on: file, limit: maxAttempts)
    } catch {
      trial.notes.append("select: \(error.message)")
      return
    }
    var explanation = TrialExplanation(OutlineBuilder(file, masks: masks), rule: rule.metadata.id)
    trial.attempts = trials.map { explanation.attempt($0) }
    if trials.isEmpty {
      switch rule.target {
      case .document(let select): trial.notes.append("\(select) selects nothing in this file")
      case .view(let view): trial.notes.append("\(view.name) yields nothing in this file")
      }
    } else if trials.count == maxAttempts {
      trial.notes.append("only the first \(maxAttempts) values are shown")
    }
    trial.notes += file.notes.map { "line \(file.position(of: $0.offset).line): \($0.message)" }
  }

  // MARK: Text

  private static func run(
    _ rule: TextRule, on opened: OpenedFile, _ masks: CredentialMask, _ trial: inout RuleTrial
  ) throws {
    let trials = try rule.trials(on: opened.bytes, path: opened.path, limit: maxAttempts)
    let bytes = opened.bytes
    let lines = LineIndex(bytes.span)
    func place(_ range: Range<Int>) -> FileInspection.Place {
      FileInspection.Place(path: opened.path, position: lines.position(of: range.lowerBound, in: bytes.span))
    }
    trial.hits = trials.map { attempt in
      var hit = RuleTrial.Hit(
        keyword: attempt.keyword, place: place(attempt.place), steps: [],
        outcome: .silent("the pattern does not match around the keyword"))
      guard let evaluation = attempt.evaluation else { return hit }
      hit.steps = EvaluationText.steps(of: evaluation) { lines.position(of: $0, in: bytes.span) }
      guard evaluation.fires else {
        hit.outcome = .silent(EvaluationText.reason(of: evaluation))
        return hit
      }
      let proof = evaluation.verification?.proof
      hit.outcome = .fires(
        RuleTrial.Fired(
          place: place(evaluation.place),
          severity: proof == .disproved
            ? .note : min(rule.metadata.severity, evaluation.verification?.limit ?? .critical),
          confidence: proof == .disproved ? .low : proof == .proved ? .high : rule.metadata.confidence,
          level: rule.metadata.level, message: rule.metadata.message))
      return hit
    }
    if trials.isEmpty { trial.notes.append("no keyword of the rule stands in the file") }
    if trials.count == maxAttempts { trial.notes.append("only the first \(maxAttempts) keywords are shown") }
  }
}
