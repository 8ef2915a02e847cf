import ArgumentParser
import Tollgate

/// `tollgate rules views`
struct RulesViewsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "views", abstract: "List the views that rules can look at, and what their elements have.",
    discussion: """
      EXAMPLES
        tollgate rules views
        tollgate rules views github.step
      """)

  @Argument(help: ArgumentHelp("Only this view, in full.", valueName: "name"))
  var name: String?

  func run() throws {
    let views = PolicyScanner.views
    guard let name else {
      let width = views.map(\.name.count).max() ?? 0
      let lines = views.map { $0.name + String(repeating: " ", count: width - $0.name.count) + "  " + $0.summary }
      try Terminal.writeOutput(lines.map { $0 + "\n" }.joined())
      return
    }
    guard let view = views.first(where: { $0.name == name }) else {
      throw Failure("there is no view \(name); tollgate rules views shows all")
    }
    var text = "\(view.name): \(view.summary)\n\nkinds  \(view.kinds.joined(separator: ", "))\n\n"
    let width = view.members.map(\.name.count).max() ?? 0
    for member in view.members {
      text += "  " + member.name + String(repeating: " ", count: width - member.name.count) + "  \(member.summary)\n"
    }
    try Terminal.writeOutput(text)
  }
}
