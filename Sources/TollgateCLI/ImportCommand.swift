import ArgumentParser
import Tollgate

/// `tollgate import`
struct ImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Turn the configuration of another tool into a rule pack or exceptions.",
    discussion: """
      EXAMPLES
        tollgate import .gitleaks.toml --output rules/from-gitleaks.yaml
        tollgate import .gitleaksignore --owner security-team --output exceptions.yaml
        tollgate import .secrets.baseline --owner security-team --expires 2027-03-31

      gitleaks.toml becomes a rule pack; .gitleaksignore and .secrets.baseline become exceptions, of what is found now at
      the places that they name. What was carried over and what was not, and why, is told on standard error.

      EXIT CODES
        0   written
        2   a file could not be read, or holds nothing that can be carried over
        64  wrong use, such as exceptions without --owner    78  an error in a rule pack
      """)

  @Argument(
    help: ArgumentHelp("gitleaks.toml, .gitleaksignore or .secrets.baseline.", valueName: "file"), completion: .file())
  var file: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write to a new file and not to standard output.", valueName: "file"))
  var output: String?

  @Option(help: "Who answers for exceptions.")
  var owner: String?

  @Option(help: "Why they are accepted.")
  var reason: String?

  @Option(help: ArgumentHelp("The first day of exceptions (default: today).", valueName: "day"))
  var created: String?

  @Option(help: ArgumentHelp("Their last day (default: 90 days later).", valueName: "day"))
  var expires: String?

  @Flag(name: .customLong("all"), help: "Take over rules that a built-in rule is known to cover, too.")
  var includesCovered = false

  @OptionGroup(title: "RULES") var rules: RuleOptions

  func run() async throws {
    var options = ImportOptions()
    (options.owner, options.reason, options.created, options.expires) = (owner, reason, created, expires)
    options.includesCovered = includesCovered
    let imported: ImportedConfiguration
    do {
      imported = try await rules.scanner().importConfiguration(file, options: options)
    } catch let error as ImportUsageError {
      throw Failure("\(error)")
    } catch let error as ImportError {
      throw Failure("\(error)", exit: .incomplete)
    }
    for line in imported.carried { Terminal.writeError("carried over: \(line)\n") }
    for dropped in imported.dropped { Terminal.writeError("not carried over: \(dropped.what): \(dropped.why)\n") }
    if imported.isEmpty { throw Failure("nothing of \(file) can be carried over", exit: .incomplete) }
    guard let output else { return try Terminal.writeOutput(imported.text) }
    try OutputFile.create(output, Array(imported.text.utf8))
  }
}
