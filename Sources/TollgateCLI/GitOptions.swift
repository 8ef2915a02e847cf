import ArgumentParser
import Tollgate

/// What else than the files of a directory is scanned: at most one of these.
struct GitOptions: ParsableArguments {
  @Flag(help: "Scan what the next commit would bring in: the index, not the work tree.")
  var staged = false

  @Option(
    help: ArgumentHelp(
      "Scan what a change introduces since its merge base with BASE.", valueName: "base[...head]"))
  var diff: String?

  @Option(
    defaultAsFlag: "",
    help: ArgumentHelp(
      "Scan every blob that commits brought in, of a range such as v1..main or of all references.",
      valueName: "range"))
  var history: String?

  @Flag(help: "Scan the commits of a push: in a pre-receive hook of a server.")
  var preReceive = false

  @Flag(help: "Scan the commits of a push: in a pre-push hook.")
  var prePush = false

  @Flag(help: "Scan standard input under the name that --name gives.")
  var stdin = false

  @Option(help: ArgumentHelp("What standard input is called.", valueName: "path"))
  var name: String?

  @Option(
    help: ArgumentHelp(
      "Scan the files that a list names, ended by NUL or by line ends; - is standard input.", valueName: "file"),
    completion: .file())
  var filesFrom: String?

  mutating func validate() throws {
    if (stdin ? 1 : 0) + modes.count > 1 {
      throw ValidationError("only one of --staged, --diff, --history, --pre-receive, --pre-push, --stdin, --files-from")
    }
    if stdin != (name != nil) { throw ValidationError("--stdin and --name go together: --stdin --name src/app.py") }
    if name?.isEmpty == true { throw ValidationError("--name is empty") }
  }

  private var modes: [String] {
    [
      staged ? "staged" : nil, diff, history, preReceive ? "pre-receive" : nil, prePush ? "pre-push" : nil, filesFrom,
    ].compactMap { $0 }
  }

  /// Whether what is scanned is a commit or a push that a person is about to make.
  var isHook: Bool { staged || prePush || preReceive }

  /// Whether the paths of the command are the files to scan.
  var isEmpty: Bool { modes.isEmpty && !stdin }

  /// What to scan; reads standard input where that says so.
  ///
  /// - Parameter paths: what the command was given: for git the repository.
  func source(paths: [String]) throws -> ScanRequest.Source {
    if stdin, let name {
      return .files([ScanRequest.File(path: name, bytes: try InputFile.read("-"))])
    }
    if let filesFrom { return .listed(Self.paths(in: try InputFile.read(filesFrom))) }
    guard paths.count == 1, let path = paths.first else {
      throw Failure("with --staged, --diff, --history, --pre-receive and --pre-push name one repository, or none")
    }
    let directory = path == "." ? nil : path
    if staged { return .git(.staged, directory: directory) }
    if let diff { return .git(.diff(diff), directory: directory) }
    if let history { return .git(.history(history.isEmpty ? nil : history), directory: directory) }
    if preReceive { return .git(.preReceive(try InputFile.read("-")), directory: directory) }
    if prePush { return .git(.prePush(try Self.pushInput()), directory: directory) }
    return .paths(paths)
  }

  /// The pre-commit framework reads standard input itself and hands the updates on as variables
  /// (https://pre-commit.com/#pre-commit-during-push).
  private static func pushInput() throws(Failure) -> [UInt8] {
    guard Terminal.variable("PRE_COMMIT") == "1" else { return try InputFile.read("-") }
    // Where the other side has no commit of the branch, the framework names the branch alone.
    guard let new = Terminal.variable("PRE_COMMIT_TO_REF") ?? Terminal.variable("PRE_COMMIT_LOCAL_BRANCH") else {
      return try InputFile.read("-")
    }
    let none = String(repeating: "0", count: 40)
    return Array("local \(new) remote \(Terminal.variable("PRE_COMMIT_FROM_REF") ?? none)\n".utf8)
  }

  private static func paths(in list: [UInt8]) -> [SourcePath] {
    let isEndedByNUL = list.contains(0)
    return list.split(separator: isEndedByNUL ? 0 : 10).map { line in
      // A list of lines may come from a program that ends them by CR LF.
      SourcePath(bytes: Array(!isEndedByNUL && line.last == 13 ? line.dropLast() : line))
    }
  }
}
