import Tollgate

/// An explanation for people.
struct ExplanationText {
  private(set) var text: String
  private let isVerbose: Bool

  /// The silent rules over one element that are listed each; the others are counted.
  private static let maxAlignedWidth = 60

  init(_ explanation: Explanation, isVerbose: Bool) {
    self.isVerbose = isVerbose
    text = "\(explanation.path)"
    if let lines = explanation.lines { text += ", line \(lines.lowerBound)" }
    text += "\n"
    if let classification = explanation.classification {
      text += "  \(classification)\(explanation.kind.map { "; kind \($0)" } ?? "")\n"
    } else {
      text += "  not looked at\n"
    }
    for note in explanation.notes { text += "  note: \(note)\n" }
    for attempt in explanation.attempts { write(attempt) }
    writeViews(explanation.views)
    for element in explanation.elements { write(element) }
    for comment in explanation.comments {
      let whose = comment.tool.map { "comment of \($0)" } ?? "comment"
      text += "\n\(whose) in line \(comment.line): \(comment.effect)\n"
    }
    text += "\n"
    if explanation.findings.isEmpty { text += "nothing is reported here\n" }
    for reported in explanation.findings { write(reported) }
  }

  private mutating func write(_ attempt: Explanation.TextAttempt) {
    text += "\n\(attempt.rule): keyword \(attempt.keyword) at \(place(attempt.position))\n"
    if !attempt.decoders.isEmpty { text += "  decoded  → \(attempt.decoders.joined(separator: ", "))\n" }
    write(attempt.steps, indent: "  ")
    switch attempt.outcome {
    case .reported: text += "  reported\n"
    case .gaveWay(let rule, true): text += "  reported as a part of the finding of \(rule)\n"
    case .gaveWay(let rule, false): text += "  gives way to \(rule), which is more specific\n"
    case .silent(let reason): text += "  silent: \(reason)\n"
    }
  }

  private mutating func writeViews(_ views: [Explanation.ViewPlace]) {
    if views.isEmpty { return }
    let names = views.map { "\($0.view) at \(place($0.position))" }
    text += "\nviews: \(names.joined(separator: ", "))\n"
  }

  private mutating func write(_ element: Explanation.ElementAttempt) {
    let attempt = element.attempt
    let head = "\n\(element.rule): \(attempt.subject) at \(place(attempt.place.position))\n"
    switch attempt.outcome {
    case .silent(let reason):
      text += head + "  silent: \(reason)\n"
      if !isVerbose { return }
    case .fires(let fired):
      text += head + "  fires at \(place(fired.place.position)): \(fired.severity), \(fired.level)\n"
    }
    for expression in attempt.expressions {
      text += "  \(expression.key): \(expression.source)  → \(expression.value)\n"
      write(expression.parts, indent: "    ")
    }
  }

  private mutating func write(_ reported: Explanation.Reported) {
    let finding = reported.finding
    text += "finding \(finding.ruleID) at \(place(finding.location.region.start)): \(finding.severity), "
    text += "confidence \(finding.confidence), level \(finding.level)\n"
    text += "  \(finding.message)\n"
    for related in finding.relatedLocations {
      text += "  with \(related.message) at \(place(related.location.region.start))\n"
    }
    if !finding.alsoMatched.isEmpty { text += "  also matched: \(finding.alsoMatched.joined(separator: ", "))\n" }
    text += "  fingerprint \(finding.fingerprint)\n  \(reported.gate)\n"
  }

  private func place(_ position: Position) -> String { "\(position.line):\(position.column)" }

  private mutating func write(_ parts: [RuleTrial.Expression.Part], indent: String) {
    let width = parts.map(\.source.count).filter { $0 <= Self.maxAlignedWidth }.max() ?? 0
    for part in parts {
      let padding = String(repeating: " ", count: max(0, width - part.source.count))
      text += indent + part.source + padding + "  → " + part.value + "\n"
    }
  }
}
