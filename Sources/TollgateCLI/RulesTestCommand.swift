import ArgumentParser
import Tollgate

/// `tollgate rules test`
struct RulesTestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test", abstract: "Check packs and run the examples of their rules.",
    discussion: """
      EXAMPLES
        tollgate rules test
        tollgate rules test my-rules/
        tollgate rules test my-rules/ --files my-rules/samples

      With --files every file of a folder is scanned too, and a comment behind a finding says that it is expected:
      "# expect: rule-id", or "# expect@+1: rule-id" a line above. Each finding must be expected, and each expectation met.

      Exit code 0 when all examples and files come out as written, 78 when a pack is in error or one does not.
      """)

  @Argument(help: "Pack files and directories; without any, the built-in packs.", completion: .file())
  var paths: [String] = []

  @Option(
    help: ArgumentHelp("Scan this folder, whose files say in comments what is found.", valueName: "dir"),
    completion: .directory)
  var files: String?

  func run() async throws {
    let outcome = try PolicyScanner.testRules(at: paths)
    for failure in outcome.failures { try Terminal.writeOutput("\(failure)\n") }
    let result = outcome.failures.isEmpty ? "all as written" : "\(outcome.failures.count) not as written"
    try Terminal.writeOutput("\(outcome.rules) rules, \(outcome.examples) examples: \(result)\n")
    var isAsWritten = outcome.failures.isEmpty
    if let files {
      let configuration = PolicyScanner.Configuration(usesBuiltInRules: paths.isEmpty, rulePaths: paths)
      let found = try await PolicyScanner(configuration).testExpectations(in: files)
      for difference in found.differences { try Terminal.writeOutput("\(difference)\n") }
      let result = found.differences.isEmpty ? "all as written" : "\(found.differences.count) differences"
      try Terminal.writeOutput("\(found.files) files, \(found.expectations) expectations: \(result)\n")
      isAsWritten = isAsWritten && found.differences.isEmpty
    }
    if !isAsWritten { throw ExitCode(Exit.configuration.rawValue) }
  }
}
