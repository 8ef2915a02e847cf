internal import Documents
internal import Expressions

extension GitHubWorkflowReader {
  /// - Parameters:
  ///   - node: the job, or `runs` of an action.
  ///   - parent: the name under which a step knows what it belongs to; `nil` for steps that the parent's own record holds.
  func steps(
    of node: Node?, parent: (name: String, record: ViewRecord)?, inherited: Inherited, identity: [String]
  ) -> [ViewElement] {
    (node?["steps"]?.elements ?? []).enumerated().compactMap { index, step in
      guard step.kind == .mapping else { return nil }
      let record = self.step(step, index: index, parent: parent, inherited: inherited)
      let first = step.entry("uses") ?? step.entry("run") ?? step.entries?.first
      return ViewElement(record, at: origin(first, or: step), identity: identity + ["steps"])
    }
  }

  private func step(
    _ step: Node, index: Int, parent: (name: String, record: ViewRecord)?, inherited: Inherited
  ) -> ViewRecord {
    var fields: [ViewRecord.Field] = [raw(step), ViewRecord.Field("index", .int(Int64(index)))]
    if let parent {
      fields.append(ViewRecord.Field(parent.name, .map(parent.record)))
      if let workflow = parent.record.member("workflow") { fields.append(ViewRecord.Field("workflow", workflow)) }
    }
    if let uses = step.entry("uses") { fields.append(self.uses(uses)) }
    if let condition = step.entry("if") { fields.append(self.condition(condition)) }
    let env = [step["env"]].compactMap { $0 } + inherited.env
    if !env.isEmpty {
      let layers = env.map { MergedMap.Layer($0, in: file, reading: Self.reading) }
      fields.append(
        ViewRecord.Field("env", .map(MergedMap(layers)), at: step.entry("env").map { Origin($0, in: file) }))
      let scope = GitHubScope(file: file, root: root, env: env, owner: inherited.owner, files: files)
      fields.append(ViewRecord.Field("controls") { Self.controls(of: env, in: scope) })
    }
    if let run = step.entry("run") {
      let shell = shell(of: step, inherited)
      if let entry = shell.entry {
        fields.append(field("shell", entry))
      } else {
        fields.append(ViewRecord.Field("shell", shell.name.map(Value.string) ?? .unknown(Unknown("runs-on"))))
      }
      fields.append(
        ViewRecord.Field(
          "run", .object(EmbeddedScript(run.value, in: file, holes: .gitHub, shell: shell.name)),
          at: Origin(run, in: file)))
      if step.entry("working-directory") == nil,
        let directory = inherited.defaults.lazy.compactMap({ $0.entry("working-directory") }).first
      {
        fields.append(field("working-directory", directory))
      }
    }
    return ViewRecord(fields + rest(of: step, without: fields))
  }

  /// The variables that hold a text which others decide on, by name.
  private static func controls(of env: [Node], in scope: GitHubScope) -> Value {
    var fields: [ViewRecord.Field] = []
    var seen: Set<String> = []
    for entry in env.flatMap({ $0.entries ?? [] }) {
      guard let name = entry.key.text, seen.insert(name).inserted else { continue }
      let control = GitHubFlow.control(of: entry.value, in: scope)
      guard control != .none else { continue }
      fields.append(ViewRecord.Field(name, .string(control.rawValue), at: Origin(entry, in: scope.file)))
    }
    return .map(ViewRecord(fields))
  }

  /// The shell that a `run` has: its own, that of the job or workflow, else the runner's.
  /// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell
  private func shell(of step: Node, _ inherited: Inherited) -> (name: String?, entry: Node.Entry?) {
    let entry = step.entry("shell") ?? inherited.defaults.lazy.compactMap { $0.entry("shell") }.first
    if let entry {
      guard case .string(let name) = value(entry.value) else { return (nil, entry) }
      return (name, entry)
    }
    if inherited.hasContainer { return ("sh", nil) }
    let labels = inherited.labels.map { $0.lowercased() }
    if labels.contains(where: { $0.contains("windows") }) { return ("pwsh", nil) }
    // A label of a matrix names Linux or macOS more often than Windows, but who knows.
    return labels.contains(where: { $0.contains("${{") }) ? (nil, nil) : ("bash", nil)
  }
}
