public import Gating
public import Reporting

extension RenderOptions.Verdict {
  /// A verdict in the words that its own text has: what decided, and what to do next.
  public init(_ verdict: Verdict) {
    let outcome: Outcome =
      switch verdict.outcome {
      case .passed: .pass
      case .failed: .fail
      case .incomplete: .incomplete
      }
    let text = String(decoding: render(verdict, as: .text), as: UTF8.self)
    let lines = text.split(separator: "\n").map { String($0.drop { $0 == " " }) }
    let first = lines.first ?? verdict.outcome.rawValue
    self.init(
      outcome: outcome, headline: first.prefix(1).uppercased() + first.dropFirst(),
      details: Array(lines.dropFirst().prefix(Self.mostDetails)))
  }

  /// The findings follow; the head need not name them all.
  private static let mostDetails = 8
}
