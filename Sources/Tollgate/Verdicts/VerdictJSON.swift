internal import Findings
internal import Gating
internal import Reporting

/// Writes a verdict for scripts, as `docs/verdict.schema.json` describes it.
struct VerdictJSON {
  /// The version of the form: it changes when a reader would have to.
  static let formatVersion = 1

  private let verdict: Verdict

  init(_ verdict: Verdict) {
    self.verdict = verdict
  }

  func written() -> [UInt8] {
    var writer = JSONWriter(isPretty: true)
    writer.object { object in
      object.member("format", Self.formatVersion)
      object.member("outcome", verdict.outcome.rawValue)
      object.member("exitCode", Int(verdict.exitCode))
      object.member("stage", verdict.stage.name)
      object.member("asOf", verdict.asOf.description)
      object.member("policy", verdict.policy)
      object.array("reasons") { array in
        for reason in verdict.reasons { array.element(reason) }
      }
      object.member("nextStep", ifPresent: verdict.nextStep)
      object.array("inputs") { array in
        for input in verdict.inputs {
          array.object { inner in
            inner.member("kind", input.kind.rawValue)
            inner.member("name", input.name)
            inner.member("sha256", input.digest)
          }
        }
      }
      counts(in: &object)
      coverage(in: &object)
      object.array("findings") { array in
        for decision in verdict.decisions { array.object { write(decision, in: &$0) } }
      }
      object.array("budgets") { array in
        for budget in verdict.budgets { array.object { write(budget, in: &$0) } }
      }
      object.array("exceptions") { array in
        for exception in verdict.exceptions { array.object { write(exception, in: &$0) } }
      }
    }
    writer.endLine()
    return writer.bytes
  }

  /// How many findings there are of each effect, state and severity.
  private func counts(in object: inout JSONWriter) {
    func count<Word: RawRepresentable & CaseIterable>(
      _ key: String, _ words: Word.Type, in object: inout JSONWriter, of decisions: [Decision],
      _ word: (Decision) -> Word
    ) where Word.RawValue == String {
      var counts: [String: Int] = [:]
      for decision in decisions { counts[word(decision).rawValue, default: 0] += 1 }
      object.object(key) { inner in
        for word in Word.allCases { inner.member(word.rawValue, counts[word.rawValue] ?? 0) }
      }
    }
    object.object("counts") { inner in
      count("effect", Effect.self, in: &inner, of: verdict.decisions) { $0.effect }
      count("state", FindingState.self, in: &inner, of: verdict.decisions) { $0.state }
      count("severity", Severity.self, in: &inner, of: verdict.decisions) { $0.finding.severity }
      inner.member("excused", verdict.decisions.count(where: \.isExcused))
      inner.member("gone", verdict.goneCount)
    }
  }

  private func coverage(in object: inout JSONWriter) {
    object.object("coverage") { inner in
      if let coverage = verdict.coverage {
        inner.member("files", coverage.files)
        inner.member("bytes", coverage.bytes)
      }
      inner.object("notifications") { kinds in
        for count in verdict.notifications { kinds.member(count.kind, count.count) }
      }
      inner.array("gaps") { array in
        for gap in verdict.gaps {
          array.object { member in
            member.member("requirement", gap.requirement)
            member.member("text", gap.text)
          }
        }
      }
    }
  }

  private func write(_ decision: Decision, in object: inout JSONWriter) {
    let finding = decision.finding
    object.member("fingerprint", finding.fingerprint.description)
    object.member("rule", finding.ruleID)
    object.member("severity", finding.severity.rawValue)
    object.member("confidence", finding.confidence.rawValue)
    object.member("path", finding.location.path.description)
    object.member("line", finding.location.region.start.line)
    object.member("column", finding.location.region.start.column)
    object.member("state", decision.state.rawValue)
    object.member("effect", decision.effect.rawValue)
    if decision.isExcused { object.member("unexcused", decision.unexcused.rawValue) }
    object.array("because") { array in
      for reason in decision.because {
        array.object { inner in
          inner.member("kind", reason.kind)
          inner.member("text", reason.text)
        }
      }
    }
  }

  private func write(_ budget: BudgetStatus, in object: inout JSONWriter) {
    object.member("id", budget.id)
    object.member("used", budget.used)
    if let limit = budget.limit { object.member("limit", limit) }
    if let before = budget.before { object.member("before", before) }
    object.member("unit", budget.unit)
    object.member("broken", budget.isBroken)
    object.member("effect", budget.effect.rawValue)
  }

  private func write(_ exception: ExceptionStatus, in object: inout JSONWriter) {
    object.member("id", exception.id)
    object.member("status", exception.status.rawValue)
    object.member("owner", exception.owner)
    object.member("reason", exception.reason)
    object.member("until", exception.until.description)
    object.member("file", exception.file)
    object.member("line", exception.line)
    object.member("uses", exception.uses)
    object.member("detail", ifPresent: exception.detail)
  }
}
