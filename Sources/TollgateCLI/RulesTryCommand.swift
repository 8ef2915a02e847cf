import ArgumentParser
import Tollgate

/// `tollgate rules try`
struct RulesTryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "try", abstract: "Show why a rule fires on a file, or why not.",
    discussion: """
      EXAMPLES
        tollgate rules try github-personal-access-token config.py
        tollgate rules try our-action-not-pinned .github/workflows/ci.yml --rules our-rules/

      Each value that the rule looks at is shown with what every part of its expressions gave; of a rule over text, each
      place where a keyword stands. Credentials are masked.

      EXIT CODES
        0   the rule was run, whether or not it fires
        2   the file could not be read, or is not what its name says
        64  wrong use, such as an unknown rule    78  an error in a rule pack
      """)

  @Argument(help: "The rule's id, or what another tool calls it (gitleaks/github-pat).")
  var rule: String

  @Argument(help: ArgumentHelp("The file.", valueName: "file"), completion: .file())
  var file: String

  @OptionGroup(title: "RULES") var rules: RuleOptions

  func run() throws {
    do {
      let trial = try rules.scanner().tryRule(rule, on: file)
      try Terminal.writeOutput(TrialText(trial).text)
    } catch let error as UnknownRuleError {
      throw Failure("\(error)")
    } catch let error as FileError {
      throw Failure("\(error)", exit: .incomplete)
    }
  }
}

/// A trial for people.
private struct TrialText {
  private(set) var text: String
  private let path: SourcePath

  /// Parts of expressions that are longer do not move the values of the others.
  private static let maxAlignedWidth = 60

  init(_ trial: RuleTrial) {
    path = trial.path
    text = "\(trial.rule.id) on \(trial.path)" + (trial.kind.map { " (\($0))" } ?? "") + "\n"
    for note in trial.notes { text += "note: \(note)\n" }
    for attempt in trial.attempts {
      text += "\n\(attempt.subject) at \(place(attempt.place))\n"
      for expression in attempt.expressions {
        text += "  \(expression.key): \(expression.source)  → \(expression.value)\n"
        write(expression.parts, indent: "    ")
      }
      write(attempt.outcome)
    }
    for hit in trial.hits {
      text += "\nkeyword \(hit.keyword) at \(place(hit.place))\n"
      write(hit.steps, indent: "  ")
      write(hit.outcome)
    }
    let outcomes = trial.attempts.map(\.outcome) + trial.hits.map(\.outcome)
    let firing = outcomes.count { if case .fires = $0 { true } else { false } }
    text += "\n\(firing == 0 ? "does not fire" : "fires in \(firing) of \(outcomes.count) places")\n"
  }

  private func place(_ place: FileInspection.Place) -> String {
    let position = "\(place.position.line):\(place.position.column)"
    return place.path == path ? position : "\(place.path):\(position)"
  }

  private mutating func write(_ parts: [RuleTrial.Expression.Part], indent: String) {
    let width = parts.map(\.source.count).filter { $0 <= Self.maxAlignedWidth }.max() ?? 0
    for part in parts {
      let padding = String(repeating: " ", count: max(0, width - part.source.count))
      text += indent + part.source + padding + "  → " + part.value + "\n"
    }
  }

  private mutating func write(_ outcome: RuleTrial.Outcome) {
    switch outcome {
    case .silent(let reason): text += "  does not fire: \(reason)\n"
    case .fires(let fired):
      text += "  fires at \(place(fired.place)): \(fired.severity), \(fired.level), confidence \(fired.confidence)\n"
      text += "    \(fired.message)\n"
    }
  }
}
