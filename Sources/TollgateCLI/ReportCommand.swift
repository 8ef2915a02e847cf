import ArgumentParser
import Glibc
import Tollgate

/// `tollgate report`
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Read reports in SARIF, ours and those of other tools, and write them anew.",
    discussion: """
      EXAMPLES
        tollgate report convert zizmor.sarif --format gitlab-codequality --output codequality.json
        tollgate report merge shard-*.sarif --output all.sarif
        tollgate report diff main.sarif branch.sarif
        tollgate report stats all.sarif
      """,
    subcommands: [
      ReportConvertCommand.self, ReportMergeCommand.self, ReportDiffCommand.self, ReportStatsCommand.self,
    ])

  /// The reports in a file, one for each tool.
  static func read(_ file: String) throws -> [Report] {
    let bytes = try InputFile.read(file)
    do throws(ReportError) {
      return try SARIFReader.readEachTool(bytes)
    } catch {
      throw Failure("\(file): \(error)", exit: .incomplete)
    }
  }
}

/// `tollgate report convert`
struct ReportConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert", abstract: "Write a report in another format.",
    discussion: """
      EXAMPLES
        tollgate report convert out.sarif --format junit --output tollgate.xml
        tollgate report convert out.sarif --report csv=out.csv --report markdown=out.md
        zizmor --format sarif . | tollgate report convert -
      """)

  @Argument(
    help: ArgumentHelp("A report in SARIF 2.1.0; - is standard input.", valueName: "file"),
    completion: .file(extensions: ["sarif", "json"]))
  var file: String

  @OptionGroup(title: "OUTPUT") var output: OutputOptions

  func run() throws {
    try output.write(ReportCommand.read(file), pathPrefix: "", duration: nil)
  }
}

/// `tollgate report merge`
struct ReportMergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: "Make one report of several: the same in whatever order they are given.",
    discussion: """
      EXAMPLES
        tollgate report merge shard-1.sarif shard-2.sarif --output all.sarif
        tollgate report merge tollgate.sarif zizmor.sarif --format text

      In SARIF each tool keeps a run of its own. What several reports of one tool tell alike is told once.
      """)

  @Argument(
    help: ArgumentHelp("Reports in SARIF 2.1.0.", valueName: "file"), completion: .file(extensions: ["sarif", "json"]))
  var files: [String]

  @Option(name: .shortAndLong, help: "The form of the report.")
  var format = FormatChoice(.sarif)

  @Option(name: .shortAndLong, help: ArgumentHelp("Write the report to a file.", valueName: "file"))
  var output: String?

  @OptionGroup(title: "SARIF") var sarif: SARIFOptions

  func run() throws {
    let reports = ReportMerge.byTool(try files.flatMap(ReportCommand.read))
    var options = RenderOptions(width: output == nil ? Terminal.width : 100)
    sarif.apply(to: &options)
    try OutputFile.replace(output, render(reports, as: format.format, options: options))
  }
}

/// `tollgate report diff`
struct ReportDiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Say which findings are new, gone and moved between two reports.",
    discussion: """
      EXAMPLES
        tollgate report diff main.sarif branch.sarif
        tollgate report diff main.sarif branch.sarif --format markdown --exit-code

      A finding is known by its fingerprint, so it may move within its file and with its file. Suppressed findings are
      left out.
      """)

  @Argument(
    help: ArgumentHelp("The earlier report, in SARIF 2.1.0.", valueName: "old"),
    completion: .file(extensions: ["sarif", "json"]))
  var old: String

  @Argument(
    help: ArgumentHelp("The later report, in SARIF 2.1.0.", valueName: "new"),
    completion: .file(extensions: ["sarif", "json"]))
  var new: String

  @Option(name: .shortAndLong, help: "The form of the answer.")
  var format = Choice(ReportDiff.Format.text)

  @Option(name: .shortAndLong, help: ArgumentHelp("Write the answer to a file.", valueName: "file"))
  var output: String?

  @Flag(help: "Exit with 1 when there are new findings.")
  var exitCode = false

  func run() throws {
    let diff = ReportDiff(
      from: Report(merging: try ReportCommand.read(old)), to: Report(merging: try ReportCommand.read(new)))
    try OutputFile.replace(output, diff.written(as: format.value))
    if exitCode && !diff.new.isEmpty { throw ExitCode(Exit.failed.rawValue) }
  }
}

/// `tollgate report stats`
struct ReportStatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats", abstract: "Count the findings of reports by tool, rule and folder.",
    discussion: """
      EXAMPLES
        tollgate report stats out.sarif
        tollgate report stats *.sarif --json
      """)

  @Argument(
    help: ArgumentHelp("Reports in SARIF 2.1.0.", valueName: "file"), completion: .file(extensions: ["sarif", "json"]))
  var files: [String]

  @Flag(help: "Write JSON.")
  var json = false

  @Flag(name: .shortAndLong, help: "List all rules and folders, not the first fifteen.")
  var verbose = false

  func run() throws {
    let statistics = ReportStatistics(ReportMerge.byTool(try files.flatMap(ReportCommand.read)))
    try Terminal.writeOutput(json ? statistics.json() : statistics.text(limit: verbose ? .max : 15))
  }
}
