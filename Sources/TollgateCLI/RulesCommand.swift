import ArgumentParser
import Tollgate

/// `tollgate rules`
struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "List, show, test and try rules.",
    discussion: """
      EXAMPLES
        tollgate rules list
        tollgate rules show aws-access-key-id
        tollgate rules test my-rules/
        tollgate rules new my-rule --on github.step
      """,
    subcommands: [
      RulesListCommand.self, RulesShowCommand.self, RulesTestCommand.self, RulesTryCommand.self,
      RulesNewCommand.self, RulesViewsCommand.self,
    ])
}

/// `tollgate rules list`
struct RulesListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List all rules, one on a line.",
    discussion: """
      EXAMPLES
        tollgate rules list
        tollgate rules list --rules my-rules/ --no-built-in-rules
      """)

  @OptionGroup(title: "RULES") var rules: RuleOptions

  func run() throws {
    let rules = try rules.scanner().rules.sorted { $0.id < $1.id }
    let width = rules.map(\.id.count).max() ?? 0
    var text = ""
    for rule in rules {
      let id = rule.id + String(repeating: " ", count: width - rule.id.count)
      let severity = rule.severity.rawValue + String(repeating: " ", count: 8 - rule.severity.rawValue.count)
      text += "\(id)  \(severity)  \(rule.title)\n"
    }
    try Terminal.writeOutput(text)
  }
}

/// `tollgate rules show`
struct RulesShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show what a rule says of itself.",
    discussion: """
      EXAMPLES
        tollgate rules show aws-access-key-id
        tollgate rules show gitleaks/github-pat
      """)

  @Argument(help: "The rule's id, or what another tool calls it (gitleaks/github-pat).")
  var id: String

  @OptionGroup(title: "RULES") var rules: RuleOptions

  func run() throws {
    let scanner = try rules.scanner()
    guard let rule = scanner.rule(named: id) else {
      throw Failure("there is no rule \(id); tollgate rules list shows all")
    }
    var text = "\(rule.id): \(rule.title)\n\n"
    text += field("pack", rule.pack)
    text += field(
      "severity", "\(rule.severity) (confidence \(rule.confidence), level \(rule.level), phase \(rule.phase))")
    text += field("tags", rule.tags.joined(separator: ", "))
    text += field("aliases", rule.aliases.joined(separator: ", "))
    text += field("message", rule.message)
    text += field("why", rule.why)
    text += field("fix", rule.fix)
    for (key, value) in scanner.matcher(ofRule: rule.id) { text += field(key, value) }
    text += field("read more", rule.references.joined(separator: "\n           "))
    try Terminal.writeOutput(text)
  }

  private func field(_ name: String, _ value: String) -> String {
    value.isEmpty ? "" : name + String(repeating: " ", count: 11 - name.count) + value + "\n"
  }
}
