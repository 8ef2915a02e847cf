internal import Findings
internal import Matching
internal import RulePacks

/// Puts into words what a match was put through.
enum EvaluationText {
  /// - Parameter position: where a byte stands.
  static func steps(
    of evaluation: TextTrace.Evaluation, position: (Int) -> Position
  ) -> [RuleTrial.Expression.Part] {
    let place = position(evaluation.secretRange.lowerBound)
    var steps = [
      RuleTrial.Expression.Part(
        source: "pattern", value: "matches \(evaluation.secret.mask) at \(place.line):\(place.column)")
    ]
    func add(_ source: String, _ value: String) { steps.append(.init(source: source, value: value)) }
    if let verification = evaluation.verification {
      let words = ([verification.evidence] + verification.facts.map(\.text)).filter { !$0.isEmpty }
      add("proof", "\(verification.proof.rawValue): \(words.joined(separator: ". "))")
    }
    if let entropy = evaluation.entropy {
      let bits = (entropy.bits * 100).rounded() / 100
      add(
        "entropy", "\(bits) bits per byte, \(entropy.bits >= entropy.least ? "at least" : "less than") \(entropy.least)"
      )
    }
    for (filter, isRejecting) in evaluation.filters {
      add("filter \(filter.rawValue)", isRejecting ? "rejects the value" : "lets the value pass")
    }
    if let near = evaluation.near {
      for part in near.found {
        let place = position(part.secret.lowerBound)
        add("near", "\(part.message) at \(place.line):\(place.column)")
      }
      if near.isMissing {
        add("near", "what the rule requires is not there")
      } else if near.found.isEmpty {
        add("near", "nothing that belongs to it")
      }
    }
    return steps
  }

  /// Why a match does not fire.
  static func reason(of evaluation: TextTrace.Evaluation) -> String {
    if evaluation.isTooOrderly { return "the entropy is too low" }
    let names = evaluation.rejections.map(\.rawValue)
    if !names.isEmpty { return "the value is no credential: \(names.joined(separator: ", "))" }
    return "the other half that the rule requires is not near"
  }
}
