internal import Documents
internal import Expressions
internal import Findings

/// All `${{ }}` of a workflow or an action, each at its own place.
struct GitHubExpressionWalk {
  private let file: OriginFile
  private var elements: [ViewElement] = []

  /// What an expression belongs to.
  private struct Owner {
    var fields: [ViewRecord.Field]
    /// The mappings `env`, the strongest first, that `env.NAME` is looked up in.
    var env: [Node]
    var identity: [String]
    /// For following what names mean here.
    var scope: GitHubScope
    /// The step or job, where it calls something by `uses`.
    var calling: Node?
  }

  static func elements(of file: ViewedFile) -> [ViewElement] {
    guard let root = file.document?.root, root.kind == .mapping else { return [] }
    var walk = GitHubExpressionWalk(file: file.origin)
    let workflow = file.model(GitHubWorkflow.self)
    let isAction = file.kind == .githubAction
    let topEnv = [root["env"]].compactMap { $0 }
    let topField = workflow.top.map { [ViewRecord.Field(isAction ? "action" : "workflow", .map($0.record))] } ?? []
    let files = file.model(GitHubLocalFiles.self)
    let scope = GitHubScope(file: file.origin, root: root, env: topEnv, owner: nil, files: files)
    let top = Owner(fields: topField, env: topEnv, identity: [], scope: scope, calling: nil)
    for entry in root.entries ?? [] where entry.key.text != "jobs" && !(isAction && entry.key.text == "runs") {
      walk.visit(entry.value, place: entry.key.text ?? "", keys: [], owner: top)
    }
    if isAction {
      if let runs = root["runs"] {
        walk.visitSteps(of: runs, workflow.steps[...], inheriting: topEnv, identity: ["runs"], scope: scope)
      }
      return walk.sorted
    }
    var steps = workflow.steps[...]
    for (entry, job) in zip(root["jobs"]?.entries ?? [], workflow.jobs) {
      let env = [entry.value["env"]].compactMap { $0 } + topEnv
      let owner = Owner(
        fields: [ViewRecord.Field("job", .map(job.record))] + topField, env: env, identity: job.identity,
        scope: scope.at(owner: entry.value, env: env), calling: entry.value["uses"] == nil ? nil : entry.value)
      for member in entry.value.entries ?? [] where member.key.text != "steps" {
        walk.visit(member.value, place: member.key.text ?? "", keys: [], owner: owner)
      }
      let count = (entry.value["steps"]?.elements ?? []).count { $0.kind == .mapping }
      walk.visitSteps(
        of: entry.value, steps.prefix(count), inheriting: env, identity: job.identity, scope: scope)
      steps = steps.dropFirst(count)
    }
    return walk.sorted
  }

  private init(file: OriginFile) {
    self.file = file
  }

  private var sorted: [ViewElement] {
    elements.sorted { $0.origin.place.lowerBound < $1.origin.place.lowerBound }
  }

  private mutating func visitSteps(
    of node: Node, _ records: ArraySlice<ViewElement>, inheriting env: [Node], identity: [String], scope: GitHubScope
  ) {
    let steps = (node["steps"]?.elements ?? []).filter { $0.kind == .mapping }
    for (step, element) in zip(steps, records) {
      var fields = [ViewRecord.Field("step", .map(element.record))]
      for name in ["job", "workflow", "action"] {
        if let value = element.record.member(name) { fields.append(ViewRecord.Field(name, value)) }
      }
      let stepEnv = [step["env"]].compactMap { $0 } + env
      let owner = Owner(
        fields: fields, env: stepEnv, identity: identity + ["steps"], scope: scope.at(owner: node, env: stepEnv),
        calling: step["uses"] == nil ? nil : step)
      for entry in step.entries ?? [] {
        visit(entry.value, place: entry.key.text ?? "", keys: [], owner: owner)
      }
    }
  }

  /// - Parameters:
  ///   - place: the key of the step, job or workflow below which the expression stands: `run`, `with`, `env`, …
  ///   - keys: those on the way from there.
  private mutating func visit(_ node: Node, place: String, keys: [String], owner: Owner) {
    switch node.kind {
    case .mapping:
      for entry in node.entries ?? [] {
        visit(entry.value, place: place, keys: keys + [entry.key.text ?? ""], owner: owner)
      }
    case .sequence:
      for element in node.elements ?? [] { visit(element, place: place, keys: keys, owner: owner) }
    case .scalar:
      guard node.withText({ $0.count > 0 }) == true else { return }
      addHoles(of: node, place: place, keys: keys, owner: owner)
    }
  }

  private mutating func addHoles(of node: Node, place: String, keys: [String], owner: Owner) {
    let holes = node.withText { GitHubTemplate($0).holes } ?? []
    if holes.isEmpty, place == "if", keys.isEmpty, let text = node.text,
      let expression = try? GitHubTemplate.expression(Array(text.utf8)).get()
    {
      add(expression, at: node.byteRange, place: place, keys: keys, owner: owner)
    }
    guard !holes.isEmpty, let text = node.embeddedText else { return }
    for hole in holes {
      guard let expression = hole.expression else { continue }
      add(expression, at: text.fileRange(of: hole.range), place: place, keys: keys, owner: owner)
    }
  }

  private mutating func add(
    _ expression: GitHubExpression, at range: Range<Int>, place: String, keys: [String], owner: Owner
  ) {
    let origin = Origin(file, range)
    var fields = [
      ViewRecord.Field("text", .string(expression.source), at: origin),
      ViewRecord.Field("contexts", .strings(expression.contexts)),
      ViewRecord.Field("flows") { [scope = owner.scope] in .strings(Self.flows(of: expression, in: scope)) },
      ViewRecord.Field("functions", .strings(expression.functions)), ViewRecord.Field("place", .string(place)),
    ]
    fields += Self.followed(expression, at: origin, place: place, keys: keys, owner: owner)
    if let key = keys.last { fields.append(ViewRecord.Field("key", .string(key))) }
    elements.append(
      ViewElement(
        ViewRecord(fields + owner.fields), at: origin, identity: owner.identity + [place] + keys))
  }

  /// Where the parts of an expression come from, and where it goes: worked out when a rule asks.
  private static func followed(
    _ expression: GitHubExpression, at origin: Origin, place: String, keys: [String], owner: Owner
  ) -> [ViewRecord.Field] {
    let scope = owner.scope
    let flows = expression.flows
    var fields = [
      ViewRecord.Field("sources") {
        .list(LocatedList(GitHubFlow.sources(of: flows, at: origin, in: scope).map { source($0, seenFrom: origin) }))
      },
      ViewRecord.Field("control") {
        .string((GitHubFlow.sources(of: flows, at: origin, in: scope).first?.control ?? .none).rawValue)
      },
    ]
    if place == "with", keys.count == 1, let key = keys.first, let calling = owner.calling {
      fields.append(
        ViewRecord.Field("sinks") {
          let sinks = GitHubSinks.sinks(of: key.lowercased(), calledBy: calling, in: scope)
          return .list(
            LocatedList(
              sinks.map { sink in
                let text = ViewRecord.Field("text", .string(sink.text), at: sink.origin)
                let path = ViewRecord.Field("path", .string(sink.origin.file.path.description))
                return (.map(ViewRecord([text, path])), sink.origin)
              }))
        })
    }
    return fields
  }

  private static func source(_ source: GitHubFlow.Source, seenFrom origin: Origin) -> (value: Value, origin: Origin?) {
    // What stands in the expression itself needs no second place.
    let isElsewhere = source.origin.file !== origin.file || !origin.place.overlaps(source.origin.place)
    let place = isElsewhere ? source.origin : nil
    let fields = [
      ViewRecord.Field("context", .string(source.context), at: place),
      ViewRecord.Field("control", .string(source.control.rawValue), at: place),
    ]
    return (.map(ViewRecord(fields)), place)
  }

  /// What can come out of an expression, `env.NAME` followed to what it is set to in the same file.
  private static func flows(of expression: GitHubExpression, in scope: GitHubScope) -> [String] {
    var flows: [String] = []
    var seen: Set<String> = []
    var pending = expression.flows.reversed() as [String]
    while let flow = pending.popLast() {
      guard seen.insert(flow).inserted else { continue }
      flows.append(flow)
      guard flow.hasPrefix("env."), seen.count < 100 else { continue }
      // Contexts are in lower case, names of variables as they are written.
      let name = String(flow.dropFirst(4))
      let entry = scope.env.lazy.compactMap { scope.entry(name, of: $0) }.first
      let holes = entry?.value.withText { GitHubTemplate($0).holes } ?? []
      for hole in holes { pending += hole.expression?.flows ?? [] }
    }
    return flows
  }
}
