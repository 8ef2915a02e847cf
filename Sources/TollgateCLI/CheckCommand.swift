import ArgumentParser
import Tollgate

/// `tollgate check`
struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Scan files and decide whether they may pass.",
    discussion: """
      EXAMPLES
        tollgate check .
        tollgate check . --fail-on medium --exclude 'vendor'
        tollgate check . --report sarif=out.sarif --report json=out.json

      Inside a git work tree the tracked files and those that git does not ignore are scanned; elsewhere all files.

      \(Exit.help)
      """)

  @OptionGroup var scanning: ScanOptions
  @OptionGroup(title: "GATE") var gating: GateOptions
  @OptionGroup(title: "OUTPUT") var output: OutputOptions

  func run() async throws {
    let (report, duration) = try await scanning.scan(output: output)
    let verdict = gating.gate.decide(report)
    try output.write(report, pathPrefix: scanning.pathPrefix, duration: duration)
    try output.tell(verdict)
    throw ExitCode(verdict.exitCode)
  }
}
