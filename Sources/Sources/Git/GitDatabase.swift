// The list of variables is a plain global of C; nothing here changes it.
@preconcurrency @unsafe internal import Glibc

/// A repository, asked through git's plumbing commands, with nothing run that the repository configures.
package struct GitDatabase: Sendable {
  /// `nil`: what git itself takes for the repository here, as the variables say that it sets for hooks.
  private let directory: [UInt8]?
  private let environment: [[UInt8]]
  private let settings: [String]

  /// - Parameters:
  ///   - path: a directory within the repository; `nil`: the current one. Only then the variables count by which git
  ///     tells its hooks where index and objects are: a commit of some files has an index of its own, a push a quarantine.
  ///   - keepsHooksPath: leaves `core.hooksPath` as it is, to ask for it.
  package init(path: String? = nil, keepsHooksPath: Bool = false) {
    directory = path.map { Array($0.utf8) }
    settings = Self.safety + (keepsHooksPath ? [] : ["-c", "core.hooksPath=/dev/null"])
    environment = Self.environment(isAmbient: path == nil)
  }

  // MARK: Asking

  /// Starts git.
  func start(
    _ arguments: [String], paths: [[UInt8]] = [], input: [UInt8] = []
  ) throws(GitFailure) -> GitProcess {
    var all = [Array("git".utf8)]
    if let directory { all += [Array("-C".utf8), directory] }
    all += (settings + arguments).map { Array($0.utf8) } + paths
    return try GitProcess(all, environment: environment, input: input)
  }

  /// Runs git to its end and gives what it prints.
  func output(_ arguments: [String], paths: [[UInt8]] = [], input: [UInt8] = []) throws(GitFailure) -> [UInt8] {
    var stream = GitStream(try start(arguments, paths: paths, input: input))
    var output: [UInt8] = []
    while let range = stream.next() { output += stream.bytes(range) }
    try stream.finish()
    return output
  }

  /// The lines that git prints.
  func lines(_ arguments: [String], input: [UInt8] = []) throws(GitFailure) -> [String] {
    try output(arguments, input: input).split(separator: 10).map { String(decoding: $0, as: UTF8.self) }
  }

  // MARK: Facts

  /// The commit that a revision names.
  func commit(_ revision: String) throws(GitFailure) -> String {
    do throws(GitFailure) {
      let lines = try lines(["rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"])
      if let id = lines.first { return id }
    } catch {
      // With --quiet git says nothing where the name is unknown, and something where the repository is the trouble.
      if error.description != GitFailure(gitWords: []).description { throw error }
    }
    let reason = try isShallow ? "; the clone is shallow: fetch the whole history (git fetch --unshallow)" : ""
    throw GitFailure("\"\(revision)\" names no commit here\(reason)")
  }

  var isShallow: Bool {
    get throws(GitFailure) { try lines(["rev-parse", "--is-shallow-repository"]).first == "true" }
  }

  /// Whether objects were left out when the repository was cloned, to be fetched when they are needed
  /// (https://git-scm.com/docs/partial-clone).
  var isPartial: Bool {
    let names = #"^(remote\..*\.promisor|extensions\.partialclone)$"#
    // git fails where there is no such name.
    return (try? output(["config", "--get-regexp", names]))?.isEmpty == false
  }

  /// The commits whose parents a shallow clone has left out.
  func shallowCommits() throws(GitFailure) -> Set<String> {
    guard try isShallow else { return [] }
    let path = try output(["rev-parse", "--path-format=absolute", "--git-path", "shallow"]).prefix { $0 != 10 }
    let bytes = FileSystem.contents(of: Array(path), limit: 64 << 20) ?? []
    return Set(bytes.split(separator: 10).map { String(decoding: $0, as: UTF8.self) })
  }

  // MARK: How git is called

  /// Settings that a repository could have: each would start a program, or change what is printed.
  private static let safety = [
    "--no-pager", "--no-replace-objects", "--no-optional-locks", "-c", "core.fsmonitor=false",
    "-c", "core.quotePath=true", "-c", "submodule.recurse=false", "-c",
    "core.deltaBaseCacheLimit=32m", "-c", "core.precomposeUnicode=false",
  ]

  /// What would lead to another repository than the one that was named.
  private static let places = [
    "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR", "GIT_NAMESPACE", "GIT_QUARANTINE_PATH", "GIT_SHALLOW_FILE",
  ]

  /// What would start programs or change the output, whoever set it.
  private static let disturbances = [
    "GIT_EXTERNAL_DIFF", "GIT_PAGER", "GIT_PREFIX", "GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_ICASE_PATHSPECS", "GIT_DIFF_OPTS", "GIT_ASKPASS", "GIT_SSH", "GIT_SSH_COMMAND", "GIT_PROXY_COMMAND",
    "LANGUAGE", "LC_ALL", "GIT_ALLOW_PROTOCOL", "GIT_NO_LAZY_FETCH", "GIT_TERMINAL_PROMPT",
  ]

  /// A scan never goes to the network: objects that a partial clone has left out stay out, and that is told.
  private static let variables = [
    "LC_ALL=C", "GIT_ALLOW_PROTOCOL=none", "GIT_NO_LAZY_FETCH=1", "GIT_TERMINAL_PROMPT=0",
  ]

  private static func environment(isAmbient: Bool) -> [[UInt8]] {
    let dropped = Set((disturbances + (isAmbient ? [] : places)).map { Array($0.utf8) })
    var kept: [[UInt8]] = []
    var index = 0
    // Nothing here changes the environment. The list ends with a null pointer (environ(7)).
    while let entry = unsafe environ[index] {
      index += 1
      let bytes = unsafe Array(UnsafeBufferPointer(start: entry, count: strlen(entry))).map { UInt8(bitPattern: $0) }
      let name = Array(bytes.prefix { $0 != UInt8(ascii: "=") })
      if !dropped.contains(name) && !name.starts(with: "GIT_TRACE".utf8) { kept.append(bytes) }
    }
    return kept + variables.map { Array($0.utf8) }
  }
}
