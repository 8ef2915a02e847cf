import ArgumentParser
import Tollgate

/// `tollgate rules new`
struct RulesNewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Write a small pack that works, to begin a rule with.",
    discussion: """
      EXAMPLES
        tollgate rules new our-token --output our-token.yaml
        tollgate rules new our-step --on github.step --output our-step.yaml

      Comments in the pack say what to change. A file that exists is never overwritten.
      """)

  @Argument(help: "The id of the rule, in lower case with dashes.")
  var id: String

  @Option(
    help: ArgumentHelp(
      "What the rule looks at: text, document, or a view; tollgate rules views lists them.", valueName: "what"))
  var on = "text"

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write the pack to a new file and not to standard output.", valueName: "file"))
  var output: String?

  func run() throws {
    let text: String
    do {
      text = try PolicyScanner().newPack(rule: id, on: on)
    } catch let error as NewRuleError {
      throw Failure("\(error)")
    }
    guard let output else { return try Terminal.writeOutput(text) }
    try OutputFile.create(output, Array(text.utf8))
  }
}
