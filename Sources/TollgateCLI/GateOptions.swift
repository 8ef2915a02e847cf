import ArgumentParser
import Glibc
import Tollgate

/// A verdict to be written to a file: `FORMAT=FILE`.
struct VerdictDestination: ExpressibleByArgument {
  var format: VerdictFormat
  var file: String

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1)
    guard parts.count == 2, let format = VerdictFormat(rawValue: String(parts[0])) else { return nil }
    self.format = format
    file = String(parts[1])
  }
}

/// What decides.
struct GateOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The policy (default: .tollgate.yml at the root of what is scanned, for a change from its base side).",
      valueName: "file"),
    completion: .file(extensions: ["yml", "yaml"]))
  var policy: String?

  @Flag(help: "Look for no policy, exceptions and baseline: only the built-in policy, or --fail-on, decides.")
  var noPolicy = false

  @Option(
    help: ArgumentHelp(
      "The stage of the policy (default: pre-commit with --staged, pull-request with --diff, else main).",
      valueName: "name"))
  var stage: String?

  @Option(help: "The least severity of a finding that fails the gate, in place of the rules of the policy.")
  var failOn: FailOn?

  @Option(
    help: ArgumentHelp(
      "Known findings: a baseline file, an earlier report in SARIF, merge-base[:BRANCH], or none.",
      valueName: "source"))
  var baseline: String?

  @Option(
    help: ArgumentHelp(
      "Write the verdict to a file: text, json or markdown, such as json=verdict.json; may be repeated.",
      valueName: "format=file"))
  var verdict: [VerdictDestination] = []

  mutating func validate() throws {
    if let stage, Stage(stage) == nil {
      throw ValidationError(
        "--stage is a name in lower case with dashes: \(Stage.known.map(\.name).joined(separator: ", "))")
    }
    if noPolicy, policy != nil { throw ValidationError("only one of --policy and --no-policy") }
  }

  /// The gate for a scan.
  func request(for request: ScanRequest) -> GateRequest {
    GateRequest(
      stage: stage.flatMap { Stage($0) } ?? .usual(for: request), asOf: Day(of: request.asOf ?? .now),
      policyPath: policy,
      threshold: failOn.map(\.severity), baseline: baselineChoice, usesPolicyFiles: !noPolicy)
  }

  private var baselineChoice: GateRequest.BaselineChoice {
    switch baseline {
    case nil: return .policy
    case "none": return .none
    case "merge-base": return .mergeBase(nil)
    case let text? where text.hasPrefix("merge-base:"): return .mergeBase(String(text.dropFirst("merge-base:".count)))
    case let path?: return .file(path)
    }
  }

  /// Writes the verdicts that were asked for as files.
  func write(_ verdict: Verdict) throws {
    for destination in self.verdict {
      try OutputFile.replace(destination.file, render(verdict, as: destination.format))
    }
  }
}
