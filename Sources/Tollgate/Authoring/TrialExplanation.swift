internal import Expressions
internal import Findings
internal import RulePacks
internal import Scanning
internal import Views

/// Puts into words what a rule made of a value.
struct TrialExplanation {
  /// Of one expression; a macro over a long list has one for each turn.
  private static let maxParts = 60

  private var places: OutlineBuilder
  private let rule: String

  init(_ places: OutlineBuilder, rule: String) {
    self.places = places
    self.rule = rule
  }

  private var texts: ValueText { places.texts }

  mutating func attempt(_ trial: DocumentRuleTrial) -> RuleTrial.Attempt {
    RuleTrial.Attempt(
      subject: texts.plain(trial.subject), place: places.place(trial.origin),
      expressions: trial.steps.map(expression), outcome: outcome(of: trial))
  }

  private func expression(_ step: DocumentRuleTrial.Step) -> RuleTrial.Expression {
    let source = Array(step.program.source.utf8)
    var parts: [RuleTrial.Expression.Part] = []
    var seen: Set<RuleTrial.Expression.Part> = []
    for traced in step.trace where traced.range != 0..<source.count {
      let text = Self.oneLine(String(decoding: source[traced.range], as: UTF8.self))
      // These are the whole element and the whole file.
      guard text != "self", text != "document" else { continue }
      let part = RuleTrial.Expression.Part(source: text, value: words(for: traced.result))
      guard seen.insert(part).inserted else { continue }
      guard parts.count < Self.maxParts else {
        parts.append(.init(source: "…", value: "\(step.trace.count) parts in all"))
        break
      }
      parts.append(part)
    }
    return RuleTrial.Expression(
      key: step.key, source: Self.oneLine(step.program.source), value: words(for: step.result), parts: parts)
  }

  private func words(for result: Result<Value, ExpressionError>) -> String {
    switch result {
    case .success(let value): texts.shown(value)
    case .failure(let error) where error.code == .noSuchKey: "absent (\(texts.plain(error.message)))"
    case .failure(let error): "error: \(texts.plain(error.message))"
    }
  }

  private mutating func outcome(of trial: DocumentRuleTrial) -> RuleTrial.Outcome {
    if let match = trial.match {
      let place = FileInspection.Place(
        path: places.file.path, position: places.file.position(of: match.place.lowerBound))
      return .fires(
        RuleTrial.Fired(
          place: place, severity: match.severity, confidence: match.confidence, level: match.level,
          message: ValueText.visible(texts.masks.masked(match.message))))
    }
    guard let last = trial.steps.last else { return .silent("nothing was evaluated") }
    switch last.result {
    case .success(.bool): return .silent("\(last.key) is false")
    case .success(.unknown(let unknown)):
      let names = unknown.names.map(texts.plain).joined(separator: ", ")
      return .silent("\(last.key) is unknown: it depends on \(names)")
    case .success(let value): return .silent("\(last.key) gives \(value.type.name), not true or false")
    case .failure(let error) where error.code == .noSuchKey:
      return .silent("\(last.key) asks for a member that is absent, which counts as false")
    case .failure(let error): return .silent("\(last.key) fails: \(texts.plain(error.message))")
    }
  }

  private static func oneLine(_ text: String) -> String {
    ValueText.visible(text.split(whereSeparator: \.isWhitespace).joined(separator: " "))
  }
}
