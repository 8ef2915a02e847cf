import ArgumentParser
import Tollgate

/// `tollgate baseline`
struct BaselineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "baseline",
    abstract: "Keep the list of findings that are known, so that only new ones stop anybody.",
    discussion: """
      EXAMPLES
        tollgate baseline create           write .tollgate/baseline for what is found now
        tollgate baseline update           add what is new, follow what moved, mark what is fixed
        tollgate baseline prune            take out what is fixed
        tollgate baseline diff             what update would change; exit code 1 when that is something

      The file holds keyed digests, rules and paths: no values, no line numbers. See docs/gate.md.
      """,
    subcommands: [CreateCommand.self, UpdateCommand.self, PruneCommand.self, DiffCommand.self])

  struct Options: ParsableArguments {
    @Option(
      name: .customLong("file"),
      help: ArgumentHelp("The baseline (default: .tollgate/baseline, or as the policy says).", valueName: "path"))
    var file: String?

    @Option(help: ArgumentHelp("The policy, which says what is scanned and where the baseline is.", valueName: "file"))
    var policy: String?

    @OptionGroup var scanning: ScanOptions

    /// Scans the tree and reads what the baseline holds, if it is there.
    func scan() async throws -> (gate: ScanGate, store: BaselineStore, report: Report, day: Day) {
      let request = try scanning.request()
      let day = Day(of: request.asOf ?? .now)
      let gate = try ScanGate(GateRequest(stage: .main, asOf: day, policyPath: policy), for: request)
      let scanner = try PolicyScanner(gate.configuration(from: scanning.rules.configuration))
      let report = try await scanner.scan(gate.request(from: request))
      if let reason = report.incompleteReason {
        throw Failure("the scan is incomplete, and a baseline must know everything: \(reason)", exit: .incomplete)
      }
      return (gate, try BaselineStore(gate, file: file, key: RuleOptions.fingerprintKey), report, day)
    }
  }

  struct CreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "create", abstract: "Write a baseline of what is found now; one that is there is not touched.")

    @OptionGroup var options: Options

    @Flag(help: "Write anew a baseline that is there: all days are lost.")
    var force = false

    func run() async throws {
      let (_, store, report, day) = try await options.scan()
      if store.baseline != nil, !force {
        throw Failure("\(store.path) is there already; use tollgate baseline update, or --force")
      }
      let baseline = store.created(from: report, on: day)
      try store.write(baseline)
      try Terminal.writeOutput("wrote \(store.path): \(baseline.openCount) known findings\n")
    }
  }

  struct UpdateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "update", abstract: "Add what is new, follow what moved, and mark what is fixed.")

    @OptionGroup var options: Options

    func run() async throws {
      let (_, store, report, day) = try await options.scan()
      let difference = try store.difference(to: report)
      try store.write(try store.updated(with: report, on: day))
      try Terminal.writeOutput(
        "wrote \(store.path): \(difference.added.count) added, \(difference.moved.count) moved, "
          + "\(difference.gone.reduce(0) { $0 + $1.count }) fixed\n")
    }
  }

  struct PruneCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "prune", abstract: "Take out what is fixed, and what is not found any more.")

    @OptionGroup var options: Options

    func run() async throws {
      let (_, store, report, _) = try await options.scan()
      let pruned = try store.pruned(with: report)
      let before = store.baseline?.entries.count ?? 0
      try store.write(pruned)
      try Terminal.writeOutput("wrote \(store.path): \(before - pruned.entries.count) entries taken out\n")
    }
  }

  struct DiffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "diff", abstract: "Tell what update would change; exit code 1 when that is something.")

    @OptionGroup var options: Options

    func run() async throws {
      let (_, store, report, _) = try await options.scan()
      let difference = try store.difference(to: report)
      var lines: [String] = []
      for finding in difference.added { lines.append("+ \(Self.line(finding))") }
      for finding in difference.moved { lines.append("> \(Self.line(finding))") }
      for gone in difference.gone {
        lines.append(
          "- \(gone.path)  \(gone.ruleID)  \(gone.digest.prefix(12))\(gone.count > 1 ? "  x\(gone.count)" : "")")
      }
      try Terminal.writeOutput(lines.map { $0 + "\n" }.joined())
      if !difference.isEmpty { throw ExitCode(Exit.failed.rawValue) }
    }

    private static func line(_ finding: Finding) -> String {
      let start = finding.location.region.start
      return
        "\(finding.location.path):\(start.line):\(start.column)  \(finding.ruleID)  \(finding.fingerprint.digest.prefix(12))"
    }
  }
}
