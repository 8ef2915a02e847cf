import ArgumentParser
import Tollgate

/// `tollgate policy`
struct PolicyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy",
    abstract: "Test a policy before it stops anybody.",
    discussion: """
      EXAMPLES
        tollgate policy test                  run the cases in .tollgate.yml
        tollgate policy lint                  tell what is likely to be a mistake
        tollgate policy backtest --last 50    what it would have stopped among the last commits
        tollgate policy show                  the built-in policy
      """,
    subcommands: [TestCommand.self, LintCommand.self, BacktestCommand.self, ShowCommand.self])

  struct Selection: ParsableArguments {
    @Argument(help: ArgumentHelp("The policy (default: .tollgate.yml).", valueName: "file"), completion: .file())
    var file: String?

    @Option(help: ArgumentHelp("The day that counts (default: today).", valueName: "date"))
    var asOf: DayArgument?

    @OptionGroup(title: "RULES") var rules: RuleOptions

    var day: Day { asOf?.day ?? Day.today }

    func gate() throws -> ScanGate {
      let request = ScanRequest(.paths(["."]))
      return try ScanGate(GateRequest(stage: .main, asOf: day, policyPath: file), for: request)
    }
  }

  struct TestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "test", abstract: "Run the cases that a policy file holds.")
    @OptionGroup var selection: Selection

    func run() throws {
      let outcome = PolicyTestRun(try selection.gate().policy, asOf: selection.day)
      for failure in outcome.failures { Terminal.writeError("\(failure)\n") }
      let failed = outcome.failures.count
      guard failed == 0 else {
        Terminal.writeError("tollgate: \(failed) of \(outcome.count) cases did not come out as written\n")
        throw ExitCode(Exit.failed.rawValue)
      }
      try Terminal.writeOutput("\(outcome.count) cases: all as written\n")
    }
  }

  struct LintCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "lint", abstract: "Tell what is likely to be a mistake; exit code 1 when there is something.")
    @OptionGroup var selection: Selection

    func run() throws {
      let gate = try selection.gate()
      let scanner = try PolicyScanner(gate.configuration(from: selection.rules.configuration))
      let complaints = gate.policy.lint(rules: scanner.rules, asOf: selection.day)
      for complaint in complaints { try Terminal.writeOutput("\(complaint)\n") }
      if !complaints.isEmpty { throw ExitCode(Exit.failed.rawValue) }
    }
  }

  struct BacktestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "backtest", abstract: "Replay a policy over the last commits and tell what it would have stopped.")
    @OptionGroup var selection: Selection

    @Option(help: ArgumentHelp("How many commits.", valueName: "n"))
    var last = 50

    @Option(help: ArgumentHelp("The branch.", valueName: "revision"))
    var of = "HEAD"

    @Option(help: "The stage in which the policy is asked.")
    var stage = "pull-request"

    mutating func validate() throws {
      if last < 1 { throw ValidationError("--last is at least 1") }
      if Stage(stage) == nil { throw ValidationError("--stage is a name in lower case with dashes") }
    }

    func run() async throws {
      let gate = try selection.gate()
      let scanner = try PolicyScanner(gate.configuration(from: selection.rules.configuration))
      let backtest = try await PolicyBacktest(
        gate.policy, scanner: scanner, last: last, of: of, stage: Stage(stage) ?? .pullRequest)
      var blocked = 0
      for step in backtest.steps where step.verdict.outcome != .passed {
        if step.verdict.outcome == .failed { blocked += 1 }
        try Terminal.writeOutput("\(step.day)  \(step.commit.prefix(12))  \(step.verdict.outcome)  \(step.subject)\n")
        for finding in step.verdict.blocking.prefix(5) {
          try Terminal.writeOutput(
            "    \(finding.location.path):\(finding.location.region.start.line)  \(finding.ruleID)\n")
        }
        if step.verdict.outcome == .incomplete {
          try Terminal.writeOutput("    \(step.verdict.reasons.joined(separator: "; "))\n")
        }
      }
      for (rule, commits) in backtest.blockingRules { try Terminal.writeOutput("\(rule): \(commits) commits\n") }
      try Terminal.writeOutput("\(blocked) of \(backtest.steps.count) commits would have been stopped\n")
    }
  }

  struct ShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Print the built-in policy.")

    func run() throws { try Terminal.writeOutput(Policy.builtInText + "\n") }
  }
}
