import ArgumentParser
import Tollgate

/// `tollgate`
struct TollgateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tollgate",
    abstract: "Scans files for secrets and policy violations, and decides whether they may pass.",
    discussion: """
      EXAMPLES
        tollgate check .                          scan and fail on high findings
        tollgate check . --report sarif=out.sarif the same, with a report to upload
        tollgate scan . --format json             scan without deciding
        tollgate check --staged                   what the next commit would bring in
        tollgate check --diff origin/main         what this branch changes
        tollgate gate out.sarif --fail-on medium  decide on a report of any tool
        tollgate report merge a.sarif b.sarif     one report out of several
        tollgate accept 0f1e2d3c4b5a …            accept a finding for some time
        tollgate rules show aws-access-key-id     what a rule looks for, and why
        tollgate explain src/app.py:12            why it is reported there, or not
        tollgate show .github/workflows/ci.yml    what rules see in a file

      \(Exit.help)

      Shell completions: tollgate --generate-completion-script bash|zsh|fish
      """,
    version: versionText,
    subcommands: [
      CheckCommand.self, ScanCommand.self, GateCommand.self, ReportCommand.self, ExplainCommand.self, WhyCommand.self,
      AcceptCommand.self, BaselineCommand.self, PolicyCommand.self, InitCommand.self, ShowCommand.self,
      RulesCommand.self, ImportCommand.self, HookCommand.self,
    ])

  /// The digest takes reading all packs: only who asks for the version pays for it.
  private static var versionText: String {
    guard CommandLine.arguments.contains("--version") else { return PolicyScanner.version }
    guard let scanner = try? PolicyScanner() else { return PolicyScanner.version }
    return "tollgate \(PolicyScanner.version) (rules \(scanner.rulesDigest.prefix(16)), \(scanner.rules.count) rules)"
  }
}

/// `--fail-on`: a severity, or `never`.
struct FailOn: ExpressibleByArgument, CustomStringConvertible {
  var severity: Severity?

  init(_ severity: Severity?) {
    self.severity = severity
  }

  init?(argument: String) {
    if argument == "never" {
      severity = nil
    } else if let severity = Severity(rawValue: argument) {
      self.severity = severity
    } else {
      return nil
    }
  }

  var description: String { severity?.rawValue ?? "never" }
  var defaultValueDescription: String { description }
  static var allValueStrings: [String] { Severity.allCases.reversed().map(\.rawValue) + ["never"] }
}
