internal import Documents
internal import Expressions
internal import Findings
internal import Synchronization

/// What names mean where an expression stands: in a step of a job, of an action, or outside of steps.
final class GitHubScope: Sendable {
  let file: OriginFile
  let root: Node
  /// The mappings `env`, the strongest first.
  let env: [Node]
  /// The job or the `runs` whose steps there are.
  let owner: Node?
  let files: GitHubLocalFiles
  /// Who called this file and gave its inputs.
  let caller: (with: Node?, scope: GitHubScope)?

  init(
    file: OriginFile, root: Node, env: [Node], owner: Node?, files: GitHubLocalFiles,
    caller: (with: Node?, scope: GitHubScope)? = nil
  ) {
    self.file = file
    self.root = root
    self.env = env
    self.owner = owner
    self.files = files
    self.caller = caller
  }

  var isAction: Bool { root["runs"] != nil && root["jobs"] == nil }

  /// The same file at another job or step.
  func at(owner: Node?, env: [Node]) -> GitHubScope {
    GitHubScope(file: file, root: root, env: env, owner: owner, files: files, caller: caller)
  }

  /// The events of the workflow that runs all this; `nil` for an action, which anybody may call.
  var events: Set<String>? {
    if let caller { return caller.scope.events }
    if isAction { return nil }
    return Set(root["on"].map(GitHubWorkflowReader.events) ?? [])
  }

  /// The entry of a mapping of this file whose key is a name in lower case.
  func entry(_ name: String, of node: Node?) -> Node.Entry? {
    node.flatMap { files.entries(of: $0, in: file)[name] }
  }

  /// The steps of the owner, for those who look for one of them.
  var steps: GitHubStepIndex? { owner.map { files.steps(of: $0, in: file) } }

  /// The file that a step or a job calls, if it is one of this repository, seen from where it is called.
  ///
  /// - Parameter node: the step or the job.
  func called(by node: Node) -> GitHubScope? {
    guard let path = node["uses"]?.text, let found = files.called(path) else { return nil }
    return GitHubScope(
      file: found.file, root: found.root, env: [found.root["env"]].compactMap { $0 },
      owner: found.root["runs"], files: files, caller: (node["with"], self))
  }
}

/// The steps of a job or an action by what others ask for.
struct GitHubStepIndex: Sendable {
  /// In lower case.
  private(set) var byID: [String: Node] = [:]
  /// Those whose scripts may set variables for later steps, in order.
  private(set) var settingVariables: [Node] = []

  init(_ owner: Node) {
    for step in owner["steps"]?.elements ?? [] where step.kind == .mapping {
      if let id = step["id"]?.text?.lowercased(), byID[id] == nil { byID[id] = step }
      if let run = step["run"], GitHubStepScript(run).mentions("GITHUB_ENV") { settingVariables.append(step) }
    }
  }
}

/// Actions and workflows of the same repository, each read once, and what following names through them needs.
final class GitHubLocalFiles: ViewModel {
  private struct Place: Hashable {
    let file: ObjectIdentifier
    let offset: Int
  }

  /// How much may be followed for one scanned file: a hostile one could name everything everywhere.
  private static let most = 200_000

  private let entries = Mutex<[Place: [String: Node.Entry]]>([:])
  private let steps = Mutex<[Place: GitHubStepIndex]>([:])
  private let spent = Mutex(0)

  let others: any FileResolver
  let path: SourcePath
  /// The folders that a path may start from: the top of the repository, which the scan may start above of.
  let tops: [[UInt8]]
  private let known = Mutex<[String: (file: OriginFile, root: Node)?]>([:])

  init(_ file: ViewedFile) {
    others = file.others
    path = file.path
    var tops: [[UInt8]] = [[]]
    let path = file.path.bytes
    let marker = Array(".github/".utf8)
    for index in path.indices where path[index...].starts(with: marker) && (index == 0 || path[index - 1] == 0x2F) {
      tops.insert(Array(path[..<index]), at: 0)
      break
    }
    self.tops = tops.count > 1 && tops[0].isEmpty ? [[]] : tops
  }

  /// Counts what is followed; `false` when it is too much.
  func spend(_ count: Int) -> Bool {
    spent.withLock { spent in
      spent += count
      return spent <= Self.most
    }
  }

  /// The entries of a mapping by their names in lower case, the first of two.
  func entries(of node: Node, in file: OriginFile) -> [String: Node.Entry] {
    let place = Place(file: ObjectIdentifier(file), offset: node.byteRange.lowerBound)
    if let known = entries.withLock({ $0[place] }) { return known }
    var made: [String: Node.Entry] = [:]
    for entry in node.entries ?? [] {
      if let name = entry.key.text?.lowercased(), made[name] == nil { made[name] = entry }
    }
    let result = made
    entries.withLock { $0[place] = result }
    return result
  }

  func steps(of owner: Node, in file: OriginFile) -> GitHubStepIndex {
    let place = Place(file: ObjectIdentifier(file), offset: owner.byteRange.lowerBound)
    if let known = steps.withLock({ $0[place] }) { return known }
    let made = GitHubStepIndex(owner)
    steps.withLock { $0[place] = made }
    return made
  }

  /// - Parameter path: what `uses` names, with `./` or `$/` before it.
  func called(_ path: String) -> (file: OriginFile, root: Node)? {
    guard path.hasPrefix("./") || path.hasPrefix("$/") else { return nil }
    if let found = known.withLock({ $0[path] }) { return found }
    let found = read(path)
    known.withLock { $0[path] = .some(found) }
    return found
  }

  private func read(_ path: String) -> (file: OriginFile, root: Node)? {
    var relative = path.dropFirst(2)
    while relative.last == "/" { relative.removeLast() }
    guard !relative.isEmpty, relative.utf8.count < 1_000, !relative.contains("${{") else { return nil }
    let isWorkflow = relative.hasSuffix(".yml") || relative.hasSuffix(".yaml")
    let names = isWorkflow ? [String(relative)] : ["\(relative)/action.yml", "\(relative)/action.yaml"]
    for top in tops {
      for name in names {
        let path = SourcePath(bytes: top + Array(name.utf8))
        guard let bytes = others.bytes(of: path), let root = try? YAMLReader.read(bytes).root, root.kind == .mapping
        else { continue }
        return (OriginFile(path: path, bytes: bytes), root)
      }
    }
    return nil
  }
}
