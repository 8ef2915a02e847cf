import ArgumentParser
import Glibc
import Tollgate

/// `tollgate hook`
struct HookCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hook",
    abstract: "Let git run tollgate before each commit and each push.",
    discussion: """
      EXAMPLES
        tollgate hook install             pre-commit and pre-push, in the current repository
        tollgate hook install pre-commit  one of them
        tollgate hook status              exit code 1 when one of them is not there

      A hook that is there already is kept as HOOK.before-tollgate and runs first. core.hooksPath is honoured.
      For the pre-commit framework use .pre-commit-config.yaml instead: see docs/git.md.
      """,
    subcommands: [InstallCommand.self, UninstallCommand.self, StatusCommand.self])

  struct Selection: ParsableArguments {
    @Argument(help: ArgumentHelp("pre-commit, pre-push (default: both).", valueName: "hook"))
    var names: [String] = []

    @Option(help: ArgumentHelp("A directory within the repository.", valueName: "path"), completion: .directory)
    var repository: String?

    func hooks() throws -> GitHooks { try GitHooks(names, directory: repository) }
  }

  struct InstallCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "install", abstract: "Write the hooks; existing ones are kept and run first.")
    @OptionGroup var selection: Selection

    func run() throws {
      let hooks = try selection.hooks()
      try hooks.install(program: Self.program)
      for status in hooks.status { try Terminal.writeOutput("installed \(HookCommand.line(status))\n") }
    }

    /// Where this program is.
    static var program: String {
      guard let path = unsafe realpath("/proc/self/exe", nil) else { return CommandLine.arguments[0] }
      defer { unsafe free(path) }
      return unsafe String(cString: path)
    }
  }

  struct UninstallCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "uninstall", abstract: "Take the hooks away and put back what was there before.")
    @OptionGroup var selection: Selection

    func run() throws {
      let hooks = try selection.hooks()
      try hooks.uninstall()
      for status in hooks.status { try Terminal.writeOutput("removed \(status.name): \(status.path)\n") }
    }
  }

  struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "status", abstract: "Tell which hooks run tollgate; exit code 1 when one does not.")
    @OptionGroup var selection: Selection

    func run() throws {
      let all = try selection.hooks().status
      for status in all {
        try Terminal.writeOutput("\(status.isInstalled ? "installed" : "absent") \(HookCommand.line(status))\n")
      }
      if !all.allSatisfy(\.isInstalled) { throw ExitCode(Exit.failed.rawValue) }
    }
  }

  private static func line(_ status: GitHooks.Status) -> String {
    let other =
      switch (status.isInstalled, status.hasOther) {
      case (true, true): " (the hook that was there runs first)"
      case (false, true): " (another hook is there)"
      default: ""
      }
    return "\(status.name): \(status.path)\(other)"
  }
}
