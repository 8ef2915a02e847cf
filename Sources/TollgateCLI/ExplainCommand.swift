import ArgumentParser
import Glibc
import Tollgate

/// `tollgate explain`
struct ExplainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Tell what was tried at a place, and why something is reported there or not.",
    discussion: """
      EXAMPLES
        tollgate explain src/settings.py:12
        tollgate explain .github/workflows/ci.yml:30:9
        tollgate explain src/settings.py --format json

      The file is scanned as always, and each step is told: keywords, patterns, proofs, entropy, filters, which rule gave
      way to which, comments, and the gate. Of a whole file only what matched is told. Credentials are masked.

      EXIT CODES
        0   told, whatever was found
        2   the file was not looked at; the reason is told
        64  wrong use, such as a file that is not there    78  an error in a rule pack
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, json
  }

  @Argument(
    help: ArgumentHelp("The file, and perhaps a line and a column in it.", valueName: "file[:line[:column]]"),
    completion: .file())
  var place: String

  @Option(name: .shortAndLong, help: "The form of the output.")
  var format = Format.text

  @Flag(name: .shortAndLong, help: "Show the value of every part of the expressions of rules.")
  var verbose = false

  @Option(help: ArgumentHelp("Paths that a scan leaves out; may be repeated.", valueName: "glob"))
  var exclude: [String] = []

  @Option(help: ArgumentHelp("A scan skips files that are larger.", valueName: "size"))
  var maxFileSize = ByteCount(bytes: 10 << 20)

  @Flag(help: "Let no comment of another tool suppress a finding.")
  var noForeignSuppressions = false

  @OptionGroup var clock: AsOfOption

  @Option(help: "The least severity of a finding that fails the gate (default: high).")
  var failOn: FailOn?

  @OptionGroup(title: "RULES") var rules: RuleOptions

  func run() async throws {
    guard var request = ExplainRequest(parsing: place, exists: { unsafe access($0, F_OK) == 0 }) else {
      throw Failure("\(place) is no place; write FILE, FILE:LINE or FILE:LINE:COLUMN, counted from 1")
    }
    request.excludes = exclude
    request.maxFileBytes = maxFileSize.bytes
    request.honoursForeignSuppressions = !noForeignSuppressions
    request.asOf = clock.time
    if let failOn { request.failOn = failOn.severity }
    let explanation = try await rules.scanner().explain(request)
    switch format {
    case .text: try Terminal.writeOutput(ExplanationText(explanation, isVerbose: verbose).text)
    case .json: try Terminal.writeOutput(ExplanationJSON(explanation).bytes)
    }
    if !explanation.isScanned { throw ExitCode(Exit.incomplete.rawValue) }
  }
}
