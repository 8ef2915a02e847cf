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
        tollgate check --staged
        tollgate check --diff origin/main...HEAD
        tollgate check . --stage release --verdict json=verdict.json

      Inside a git work tree the tracked files and those that git does not ignore are scanned; elsewhere all files.

      \(Exit.help)
      """)

  @OptionGroup var scanning: ScanOptions
  @OptionGroup(title: "GATE") var gating: GateOptions
  @OptionGroup(title: "OUTPUT") var output: OutputOptions

  /// How to go on when a hook refuses a credential.
  private static let revocation = """
    A credential that was committed anywhere is lost: revoke it, and read the new one from outside of the repository.

    """

  /// How to go on when a hook refuses.
  private static let acceptance = """
    To accept a finding, say why in a comment on its line or on the line above: tollgate:ignore RULE -- reason
    git's --no-verify passes over every hook, and the finding meets the next reader.

    """

  func run() async throws {
    let (scan, verdict) = try await scanning.judge(gating, isQuiet: output.quiet)
    try gating.write(verdict)
    try output.write(scan.report, pathPrefix: scan.pathPrefix, duration: scan.duration, verdict: verdict)
    try output.tell(verdict)
    if verdict.outcome == .failed, scanning.git.isHook, !output.quiet {
      let hasCredential = verdict.blocking.contains { $0.secret != nil }
      Terminal.writeError((hasCredential ? Self.revocation : "") + Self.acceptance)
    }
    throw ExitCode(verdict.exitCode)
  }
}
