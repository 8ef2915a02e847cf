internal import Documents
internal import Expressions
internal import Findings

/// The scripts of an action or a workflow of the same repository that an input of it becomes a part of.
struct GitHubSinks {
  /// A place where an input becomes a part of a script.
  struct Sink: Sendable {
    var text: String
    var origin: Origin
  }

  private(set) var sinks: [Sink] = []
  private var fileCount = 0

  private static let maxFiles = 20
  private static let maxSinks = 20

  /// - Parameters:
  ///   - input: its name in lower case.
  ///   - node: the step or the job that calls.
  static func sinks(of input: String, calledBy node: Node, in scope: GitHubScope) -> [Sink] {
    var walk = GitHubSinks()
    walk.look(for: input, calledBy: node, in: scope, depth: 0)
    return walk.sinks
  }

  private mutating func look(for input: String, calledBy node: Node, in scope: GitHubScope, depth: Int) {
    guard depth < 5, fileCount < Self.maxFiles, let path = node["uses"]?.text, let found = scope.files.called(path)
    else { return }
    fileCount += 1
    let top = GitHubScope(
      file: found.file, root: found.root, env: [found.root["env"]].compactMap { $0 }, owner: nil, files: scope.files)
    for (owner, env) in Self.owners(of: found.root) {
      for step in owner["steps"]?.elements ?? [] where step.kind == .mapping {
        let inner = top.at(owner: owner, env: [step["env"]].compactMap { $0 } + env)
        if let run = step["run"] { look(for: input, inScript: run, in: inner) }
        if let script = step["with"]?["script"], step["uses"]?.text?.hasPrefix("actions/github-script") == true {
          look(for: input, inScript: script, in: inner)
        }
        passOn(input, by: step, in: inner, depth: depth)
      }
      if owner["uses"] != nil { passOn(input, by: owner, in: top.at(owner: owner, env: env), depth: depth) }
    }
  }

  /// The jobs of a workflow, or the `runs` of an action, with their `env`.
  private static func owners(of root: Node) -> [(node: Node, env: [Node])] {
    let top = [root["env"]].compactMap { $0 }
    if let runs = root["runs"] { return [(runs, top)] }
    return (root["jobs"]?.entries ?? []).map { ($0.value, [$0.value["env"]].compactMap { $0 } + top) }
  }

  private mutating func look(for input: String, inScript node: Node, in scope: GitHubScope) {
    guard let holes = node.withText({ GitHubTemplate($0).holes }), !holes.isEmpty, let text = node.embeddedText else {
      return
    }
    for hole in holes where sinks.count < Self.maxSinks {
      guard let expression = hole.expression else { continue }
      let origin = Origin(scope.file, text.fileRange(of: hole.range))
      guard Self.holds(input, expression, at: origin, in: scope) else { continue }
      sinks.append(Sink(text: expression.source, origin: origin))
    }
  }

  /// What a called file hands on to one that it calls itself.
  private mutating func passOn(_ input: String, by node: Node, in scope: GitHubScope, depth: Int) {
    guard let uses = node["uses"]?.text, uses.hasPrefix("./") || uses.hasPrefix("$/") else { return }
    for entry in node["with"]?.entries ?? [] {
      guard let name = entry.key.text, let holes = entry.value.withText({ GitHubTemplate($0).holes }) else { continue }
      let origin = Origin(entry, in: scope.file)
      if holes.contains(where: { $0.expression.map { Self.holds(input, $0, at: origin, in: scope) } ?? false }) {
        look(for: name.lowercased(), calledBy: node, in: scope, depth: depth + 1)
      }
    }
  }

  private static func holds(
    _ input: String, _ expression: GitHubExpression, at origin: Origin, in scope: GitHubScope
  ) -> Bool {
    GitHubFlow.sources(of: expression.flows, at: origin, in: scope).contains {
      $0.origin.file === scope.file && ($0.context == "inputs.\(input)" || $0.context == "github.event.inputs.\(input)")
    }
  }
}
