import ArgumentParser
import Tollgate

/// `tollgate gate`
struct GateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gate",
    abstract: "Decide on reports that were written before, by tollgate or by another tool.",
    discussion: """
      EXAMPLES
        tollgate gate out.sarif
        tollgate gate zizmor.sarif tollgate.sarif --fail-on medium

      \(Exit.help)
      """)

  @Argument(
    help: ArgumentHelp("Reports in SARIF 2.1.0; - is standard input.", valueName: "file"),
    completion: .file(extensions: ["sarif", "json"]))
  var files: [String]

  @OptionGroup(title: "GATE") var gating: GateOptions
  @OptionGroup(title: "OUTPUT") var output: OutputOptions

  func run() throws {
    var reports: [Report] = []
    for file in files {
      let bytes = try InputFile.read(file)
      do throws(ReportError) {
        reports.append(try SARIFReader.read(bytes))
      } catch {
        throw Failure("\(file): \(error)", exit: .incomplete)
      }
    }
    let report = Report(merging: reports)
    let verdict = gating.gate.decide(report)
    try output.write(report, pathPrefix: "", duration: nil)
    try output.tell(verdict)
    throw ExitCode(verdict.exitCode)
  }
}
