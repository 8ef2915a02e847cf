import ArgumentParser
import Tollgate

/// `tollgate scan`
struct ScanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan",
    abstract: "Scan files and report, without deciding: exit code 0 when the scan was complete.",
    discussion: """
      EXAMPLES
        tollgate scan . --format sarif --output out.sarif
        tollgate scan src --format jsonl
        tollgate scan --history --format sarif --output history.sarif

      \(Exit.help)
      """)

  @OptionGroup var scanning: ScanOptions
  @OptionGroup(title: "OUTPUT") var output: OutputOptions

  func run() async throws {
    let scan = try await scanning.scan(output: output)
    try output.write(scan.report, pathPrefix: scan.pathPrefix, duration: scan.duration)
    guard let reason = scan.report.incompleteReason else { return }
    if !output.quiet { Terminal.writeError("tollgate: the scan is incomplete: \(reason)\n") }
    throw ExitCode(Exit.incomplete.rawValue)
  }
}
