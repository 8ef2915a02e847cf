internal import Documents
internal import Expressions
internal import Findings

// A text that a stranger writes seldom stands in the script itself. It goes through `env`, through an output of a step or of
// a job, through an input of an action or of a workflow of the same repository. This follows an expression back to what
// GitHub fills in, and stops where the files end.

/// What an expression is made of in the end.
struct GitHubFlow {
  /// A context that GitHub fills in, or that nobody can follow.
  struct Source: Sendable {
    var context: String
    var control: GitHubControl
    /// Where it is written.
    var origin: Origin
  }

  /// In the order in which they are met.
  private(set) var sources: [Source] = []
  private var seen: Set<String> = []

  private static let maxDepth = 12
  private static let maxSteps = 400
  private static let maxScripts = 20

  /// The sources of an expression, the gravest first.
  static func sources(of flows: [String], at origin: Origin, in scope: GitHubScope) -> [Source] {
    var flow = GitHubFlow()
    flow.follow(flows, at: origin, in: scope, depth: 0)
    return flow.sources.enumerated().sorted {
      $0.element.control != $1.element.control ? $0.element.control > $1.element.control : $0.offset < $1.offset
    }.map(\.element)
  }

  /// The gravest of all that a scalar is made of.
  static func control(of node: Node, in scope: GitHubScope) -> GitHubControl {
    var flow = GitHubFlow()
    flow.follow(node, in: scope, depth: 0)
    return flow.sources.map(\.control).max() ?? .none
  }

  private mutating func add(_ context: String, _ control: GitHubControl, at origin: Origin) {
    guard !sources.contains(where: { $0.context == context && $0.origin.place == origin.place }) else { return }
    sources.append(Source(context: context, control: control, origin: origin))
  }

  // MARK: Following

  private mutating func follow(_ flows: [String], at origin: Origin, in scope: GitHubScope, depth: Int) {
    for flow in flows { follow(flow, at: origin, in: scope, depth: depth) }
  }

  /// All expressions in a scalar.
  private mutating func follow(_ node: Node, in scope: GitHubScope, depth: Int) {
    guard node.kind == .scalar, let holes = node.withText({ GitHubTemplate($0).holes }), !holes.isEmpty,
      let text = node.embeddedText
    else { return }
    for hole in holes {
      guard let expression = hole.expression else { continue }
      let origin = Origin(scope.file, text.fileRange(of: hole.range))
      follow(expression.flows, at: origin, in: scope, depth: depth)
    }
  }

  /// All expressions in a mapping, a list or a scalar.
  private mutating func followAll(_ node: Node, in scope: GitHubScope, depth: Int) {
    guard depth < Self.maxDepth else { return }
    switch node.kind {
    case .scalar: follow(node, in: scope, depth: depth)
    case .sequence: for element in node.elements ?? [] { followAll(element, in: scope, depth: depth + 1) }
    case .mapping: for entry in node.entries ?? [] { followAll(entry.value, in: scope, depth: depth + 1) }
    }
  }

  private mutating func follow(_ context: String, at origin: Origin, in scope: GitHubScope, depth: Int) {
    let key = "\(scope.file.path) \(scope.owner?.byteRange.lowerBound ?? 0) \(context)"
    guard depth < Self.maxDepth, seen.count < Self.maxSteps, seen.insert(key).inserted else { return }
    guard scope.files.spend(1) else { return add(context, .unknown, at: origin) }
    let names = context.split(separator: ".").map(String.init)
    switch names[0] {
    case "github":
      if names.count >= 4, names[1] == "event", names[2] == "inputs" {
        input(names[3], context, at: origin, in: scope, depth: depth)
      } else {
        add(context, GitHubContexts.control(of: context, events: scope.events), at: origin)
      }
    case "env":
      if names.count > 1 {
        variable(names[1], at: origin, in: scope, depth: depth)
      } else {
        for layer in scope.env { followAll(layer, in: scope, depth: depth + 1) }
      }
    case "inputs": input(names.count > 1 ? names[1] : "*", context, at: origin, in: scope, depth: depth)
    case "steps":
      guard names.count > 1, names[1] != "*" else { return add(context, .unknown, at: origin) }
      guard names.count < 3 || names[2] == "outputs" else { return }  // `outcome`, `conclusion`
      output(names.count > 3 ? names[3] : "*", ofStep: names[1], context, at: origin, in: scope, depth: depth)
    case "needs", "jobs":
      guard names.count > 3, names[2] == "outputs" else {
        return names.count > 2 && names[2] == "result" ? () : add(context, .unknown, at: origin)
      }
      output(names[3], ofJob: names[1], context, at: origin, in: scope, depth: depth)
    case "matrix":
      guard let matrix = scope.owner?["strategy"]?["matrix"] else { return }
      if names.count > 1, matrix.kind == .mapping, let own = scope.entry(names[1], of: matrix)?.value {
        followAll(own, in: scope, depth: depth + 1)
        for included in matrix["include"]?.elements ?? [] {
          if let value = scope.entry(names[1], of: included)?.value {
            followAll(value, in: scope, depth: depth + 1)
          }
        }
      } else {
        followAll(matrix, in: scope, depth: depth + 1)
      }
    default: break  // secrets, vars, runner, job, strategy: no text of others
    }
  }

  private mutating func variable(_ name: String, at origin: Origin, in scope: GitHubScope, depth: Int) {
    for layer in scope.env {
      if let entry = scope.entry(name, of: layer) { return follow(entry.value, in: scope, depth: depth + 1) }
    }
    // Set by a script of a step before: by one of the last few.
    let before = scope.steps?.settingVariables.prefix { $0.byteRange.lowerBound < origin.place.lowerBound }
    for step in before?.suffix(Self.maxScripts) ?? [] {
      guard let run = step["run"], scope.files.spend(1 + run.byteRange.count / 256) else { continue }
      script(GitHubStepScript(run), writes: name, to: "GITHUB_ENV", step: step, in: scope, depth: depth)
    }
  }

  private mutating func input(
    _ name: String, _ context: String, at origin: Origin, in scope: GitHubScope, depth: Int
  ) {
    if let caller = scope.caller {
      if name == "*" {
        if let with = caller.with { followAll(with, in: caller.scope, depth: depth + 1) }
      } else if let given = caller.scope.entry(name, of: caller.with) {
        follow(given.value, in: caller.scope, depth: depth + 1)
      }
      return
    }
    if scope.isAction { return add(context, .caller, at: origin) }
    let on = scope.root["on"]
    let dispatch = on?["workflow_dispatch"]?["inputs"]
    let call = on?["workflow_call"]?["inputs"]
    func isFree(_ inputs: Node?) -> Bool {
      guard let input = scope.entry(name, of: inputs)?.value else { return name == "*" }
      return !["boolean", "number", "choice"].contains(input["type"]?.text ?? "")
    }
    if isFree(dispatch), scope.events?.contains("workflow_dispatch") == true { add(context, .member, at: origin) }
    if isFree(call), scope.events?.contains("workflow_call") == true { add(context, .caller, at: origin) }
  }

  private mutating func output(
    _ name: String, ofStep id: String, _ context: String, at origin: Origin, in scope: GitHubScope, depth: Int
  ) {
    guard let step = scope.steps?.byID[id] else {
      return add(context, .unknown, at: origin)
    }
    if let run = step["run"] {
      let isKnown = script(
        GitHubStepScript(run), writes: name, to: "GITHUB_OUTPUT", step: step, in: scope, depth: depth)
      if !isKnown { add(context, .unknown, at: origin) }
      return
    }
    if let called = scope.called(by: step) {
      guard let value = called.entry(name, of: called.root["outputs"])?.value["value"] else {
        return add(context, .unknown, at: origin)
      }
      return follow(value, in: called, depth: depth + 1)
    }
    let uses = step["uses"]?.text ?? ""
    let action = ActionReference(uses)
    if case .string(let repository)? = action.member("repository"),
      let known = GitHubContexts.context(ofOutput: name, of: repository)
    {
      add(context, GitHubContexts.control(of: known, events: scope.events), at: origin)
    } else {
      add(context, .unknown, at: origin)
    }
  }

  private mutating func output(
    _ name: String, ofJob id: String, _ context: String, at origin: Origin, in scope: GitHubScope, depth: Int
  ) {
    guard let job = scope.entry(id, of: scope.root["jobs"])?.value else {
      return add(context, .unknown, at: origin)
    }
    if let called = scope.called(by: job) {
      guard
        let value = called.entry(name, of: called.root["on"]?["workflow_call"]?["outputs"])?.value["value"]
      else { return add(context, .unknown, at: origin) }
      return follow(value, in: called, depth: depth + 1)
    }
    guard let value = scope.entry(name, of: job["outputs"])?.value else {
      return add(context, .unknown, at: origin)
    }
    let env = [job["env"], scope.root["env"]].compactMap { $0 }
    follow(value, in: scope.at(owner: job, env: env), depth: depth + 1)
  }

  // MARK: Scripts

  /// Follows what a script writes under a name into the file of outputs or of variables.
  ///
  /// - Returns: whether the script writes it, and nothing that it works out by itself.
  @discardableResult
  private mutating func script(
    _ script: GitHubStepScript, writes name: String, to file: String, step: Node, in scope: GitHubScope, depth: Int
  ) -> Bool {
    guard script.mentions(file) else { return false }
    let written = script.values(of: name)
    let env = [step["env"]].compactMap { $0 } + scope.env
    var isKnown = !written.isEmpty
    for value in written {
      if value.isComputed { isKnown = false }
      for hole in value.holes {
        let origin = Origin(scope.file, hole.place)
        follow(hole.expression.flows, at: origin, in: scope.at(owner: scope.owner, env: env), depth: depth + 1)
      }
      for variable in value.variables {
        if let entry = env.lazy.compactMap({ $0.entry(variable) }).first {
          follow(entry.value, in: scope.at(owner: scope.owner, env: env), depth: depth + 1)
        } else if let context = GitHubContexts.variables[variable] {
          let place = Origin(scope.file, value.place)
          add(context, GitHubContexts.control(of: context, events: scope.events), at: place)
        }
      }
    }
    return isKnown
  }
}
