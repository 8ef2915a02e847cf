internal import Documents
internal import Expressions
internal import Findings

/// A workflow, or an action with steps, read into records: jobs and steps with what they inherit.
/// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
/// https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax
final class GitHubWorkflow: ViewModel {
  /// The workflow or the action; `nil` for a file that holds no mapping.
  let top: ViewElement?
  let jobs: [ViewElement]
  let steps: [ViewElement]

  init(_ file: ViewedFile) {
    guard let root = file.document?.root, root.kind == .mapping else {
      (top, jobs, steps) = (nil, [], [])
      return
    }
    let reader = GitHubWorkflowReader(file: file.origin, root: root, files: file.model(GitHubLocalFiles.self))
    let isAction = file.kind == .githubAction
    let top = isAction ? reader.action() : reader.workflow()
    var jobs: [ViewElement] = []
    var steps: [ViewElement] = []
    if isAction {
      let runs = root["runs"]
      steps = reader.steps(
        of: runs, parent: ("action", top.record), inherited: .init(owner: runs), identity: ["runs"])
    } else {
      for entry in root["jobs"]?.entries ?? [] {
        let (job, inherited) = reader.job(entry, workflow: top.record)
        jobs.append(job)
        steps += reader.steps(
          of: entry.value, parent: ("job", job.record), inherited: inherited, identity: job.identity)
      }
    }
    self.top = top
    self.jobs = jobs
    self.steps = steps
  }
}

/// Makes the records of one file.
struct GitHubWorkflowReader: Sendable {
  let file: OriginFile
  let root: Node
  let files: GitHubLocalFiles

  /// What steps take over from their job and its workflow.
  struct Inherited: Sendable {
    /// The job, or `runs` of an action.
    var owner: Node?
    /// The strongest first.
    var env: [Node] = []
    /// The mappings `defaults.run`, the strongest first.
    var defaults: [Node] = []
    /// The labels of the runner, as far as they are known.
    var labels: [String] = []
    /// A workflow or job that runs in a container has `sh` where another has `bash`.
    var hasContainer = false
  }

  /// Texts with `${{ }}` in them are known only when the workflow runs, unless the expression is a constant.
  static let reading = ScalarReading { node in
    node.withText { text -> Value? in
      guard text.count >= 5 else { return nil }
      let holes = GitHubTemplate(text).holes
      guard let first = holes.first else { return nil }
      if holes.count == 1, first.range == 0..<text.count, let constant = first.expression?.constant { return constant }
      return .unknown(Unknown(first.expression?.source ?? "${{ }}"))
    } ?? nil
  }

  func value(_ node: Node) -> Value { node.value(in: file, reading: Self.reading) }

  func field(_ name: String, _ entry: Node.Entry) -> ViewRecord.Field {
    ViewRecord.Field(name, value(entry.value), at: Origin(entry, in: file))
  }

  /// The members that are written in a mapping and not among `fields`, as they are.
  func rest(of node: Node, without fields: [ViewRecord.Field]) -> [ViewRecord.Field] {
    let known = Set(fields.map(\.name))
    var seen: Set<String> = []
    // The last of two entries with a name counts.
    return (node.entries ?? []).reversed().compactMap { entry in
      guard let name = entry.key.text, !known.contains(name), seen.insert(name).inserted else { return nil }
      return field(name, entry)
    }.reversed()
  }

  /// The mapping as it is written, `${{ }}` included.
  func raw(_ node: Node) -> ViewRecord.Field { ViewRecord.Field("raw", node.value(in: file)) }

  // MARK: Workflow and action

  func workflow() -> ViewElement {
    var fields: [ViewRecord.Field] = [raw(root)]
    if let entry = root.entry("on") {
      let events = Self.events(entry.value)
      fields.append(
        ViewRecord.Field("triggers", .strings(events), at: Origin(entry, in: file)))
      let exposed = events.filter(GitHubContexts.exposedEvents.contains)
      fields.append(ViewRecord.Field("exposed", .strings(exposed), at: Origin(entry, in: file)))
    }
    if let entry = root.entry("permissions") { fields += permissions(entry) }
    let files = files
    fields.append(
      ViewRecord.Field("owned") { CodeOwners.owns(files).map(Value.bool) ?? .unknown(Unknown("CODEOWNERS")) })
    fields.append(
      ViewRecord.Field("jobs", at: root.entry("jobs").map { Origin($0, in: file) }) { [self] in
        // Without their workflow, which this is: for counting and looking through them. They do not hold it, so they may
        // be kept; each step asks for the others.
        .list((root["jobs"]?.entries ?? []).map { .map(job($0, workflow: nil).0.record) })
      })
    let name = root.entry("name") ?? root.entry("on") ?? root.entries?.first
    return ViewElement(
      ViewRecord(fields + rest(of: root, without: fields)), at: origin(name, or: root), identity: [])
  }

  /// The names of the events that start a workflow; `on` is one name, a list or a mapping.
  static func events(_ node: Node) -> [String] {
    switch node.kind {
    case .scalar: node.text.map { [$0] } ?? []
    case .sequence: (node.elements ?? []).compactMap(\.text)
    case .mapping: (node.entries ?? []).compactMap { $0.key.text }
    }
  }

  func action() -> ViewElement {
    var fields: [ViewRecord.Field] = [raw(root)]
    if let runs = root["runs"], let using = runs.entry("using") { fields.append(field("using", using)) }
    if let image = root["runs"]?.entry("image"), let field = imageField(image) { fields.append(field) }
    return ViewElement(
      ViewRecord(fields + rest(of: root, without: fields)),
      at: origin(root.entry("name") ?? root.entries?.first, or: root),
      identity: [])
  }

  func origin(_ entry: Node.Entry?, or node: Node) -> Origin {
    entry.map { Origin($0, in: file) } ?? Origin(node, in: file)
  }

  private func permissions(_ entry: Node.Entry) -> [ViewRecord.Field] {
    let origin = Origin(entry, in: file)
    return [
      ViewRecord.Field("permissions", .map(GitHubPermissions(entry, in: file)), at: origin),
      ViewRecord.Field("undocumented", at: origin) { .list(LocatedList(undocumented(entry.value))) },
    ]
  }

  /// The scopes that stand there without a comment, behind them or on the line above.
  private func undocumented(_ permissions: Node) -> [(value: Value, origin: Origin?)] {
    (permissions.entries ?? []).compactMap { entry in
      guard let name = entry.key.text, entry.value.text != "none",
        Self.comment(behind: entry.value.byteRange.upperBound, in: file.bytes) == nil,
        !isBelowComment(entry.key.byteRange.lowerBound)
      else { return nil }
      return (.string(name), Origin(entry, in: file))
    }
  }

  private func isBelowComment(_ offset: Int) -> Bool {
    guard let lineEnd = file.bytes[..<offset].lastIndex(of: 0x0A) else { return false }
    let above = file.bytes[..<lineEnd]
    let line = above[(above.lastIndex(of: 0x0A).map { $0 + 1 } ?? above.startIndex)...]
    return line.first { $0 != 0x20 && $0 != 0x09 } == UInt8(ascii: "#")
  }

  // MARK: Jobs

  /// - Parameter workflow: `nil` for a job that the workflow's own record holds.
  func job(_ entry: Node.Entry, workflow: ViewRecord?) -> (ViewElement, Inherited) {
    let id = entry.key.text ?? ""
    let job = entry.value
    var inherited = Inherited(owner: job)
    inherited.env = [job["env"], root["env"]].compactMap { $0 }
    inherited.defaults = [job["defaults"]?["run"], root["defaults"]?["run"]].compactMap { $0 }
    inherited.labels = Self.labels(job["runs-on"])
    inherited.hasContainer = job["container"] != nil
    var fields: [ViewRecord.Field] = [
      raw(job), ViewRecord.Field("id", .string(id), at: Origin(file, entry.key.byteRange)),
    ]
    if let workflow { fields.append(ViewRecord.Field("workflow", .map(workflow))) }
    if let permissions = job.entry("permissions") ?? root.entry("permissions") {
      fields += self.permissions(permissions)
    }
    if let runner = job.entry("runs-on") {
      fields.append(ViewRecord.Field("labels", .strings(inherited.labels), at: Origin(runner, in: file)))
    }
    if let needs = job.entry("needs") {
      let names = needs.value.elements?.compactMap(\.text) ?? needs.value.text.map { [$0] } ?? []
      fields.append(ViewRecord.Field("needs", .strings(names), at: Origin(needs, in: file)))
    }
    if let uses = job.entry("uses") { fields.append(self.uses(uses)) }
    if let condition = job.entry("if") { fields.append(self.condition(condition)) }
    if let container = job.entry("container") { fields.append(self.container("container", container)) }
    if let services = job.entry("services") { fields.append(self.services(services)) }
    if let field = environment(job) { fields.append(field) }
    fields += merged(inherited)
    fields.append(
      ViewRecord.Field("steps", at: job.entry("steps").map { Origin($0, in: file) }) { [self, inherited] in
        // Without their job, which this is.
        .list(steps(of: job, parent: nil, inherited: inherited, identity: []).map { .map($0.record) })
      })
    let record = ViewRecord(fields + rest(of: job, without: fields))
    return (ViewElement(record, at: Origin(file, entry.key.byteRange), identity: ["jobs", id]), inherited)
  }

  /// `environment: name` is short for `environment: {name: name}`.
  private func environment(_ job: Node) -> ViewRecord.Field? {
    guard let entry = job.entry("environment"), entry.value.kind == .scalar else { return nil }
    let origin = Origin(entry, in: file)
    return ViewRecord.Field(
      "environment", .map(ViewRecord([.init("name", value(entry.value), at: origin)])), at: origin)
  }

  static func labels(_ node: Node?) -> [String] {
    let labels = node?["labels"] ?? node
    return labels?.elements?.compactMap(\.text) ?? labels?.text.map { [$0] } ?? []
  }

  private func merged(_ inherited: Inherited) -> [ViewRecord.Field] {
    var fields: [ViewRecord.Field] = []
    if !inherited.env.isEmpty {
      let layers = inherited.env.map { MergedMap.Layer($0, in: file, reading: Self.reading) }
      fields.append(ViewRecord.Field("env", .map(MergedMap(layers)), at: inherited.env.first.flatMap(keyOrigin)))
    }
    return fields
  }

  /// The place of a mapping that is known only by its value.
  private func keyOrigin(_ node: Node) -> Origin? { Origin(node, in: file) }

  func uses(_ entry: Node.Entry) -> ViewRecord.Field {
    let origin = Origin(entry, in: file)
    guard let text = entry.value.text else { return field("uses", entry) }
    let comment = Self.comment(behind: entry.value.byteRange.upperBound, in: file.bytes)
    return ViewRecord.Field("uses", .object(ActionReference(text, comment: comment, at: origin)), at: origin)
  }

  /// The comment that ends a line of YAML, without `#`.
  static func comment(behind offset: Int, in bytes: [UInt8]) -> String? {
    let line = bytes[offset...].prefix { $0 != 0x0A && $0 != 0x0D }
    guard let hash = line.firstIndex(of: UInt8(ascii: "#")), hash > offset,
      line[offset..<hash].allSatisfy({ $0 == 0x20 || $0 == 0x09 })
    else { return nil }
    let text = line[(hash + 1)...].drop { $0 == 0x20 }
    return String(decoding: text, as: UTF8.self)
  }

  /// `if` is an expression with and without braces.
  func condition(_ entry: Node.Entry) -> ViewRecord.Field {
    let origin = Origin(entry, in: file)
    guard
      let text = entry.value.withText({ text -> GitHubExpression? in
        let holes = GitHubTemplate(text).holes
        if let hole = holes.first { return holes.count == 1 ? hole.expression : nil }
        var bytes: [UInt8] = []
        for index in text.indices { bytes.append(text[index]) }
        return try? GitHubTemplate.expression(bytes).get()
      }), let expression = text
    else { return field("if", entry) }
    return ViewRecord.Field("if", .object(expression), at: origin)
  }

  func imageField(_ entry: Node.Entry) -> ViewRecord.Field? {
    guard let text = entry.value.text else { return nil }
    let origin = Origin(entry, in: file)
    if case .unknown(let unknown) = value(entry.value) {
      return ViewRecord.Field("image", .unknown(unknown), at: origin)
    }
    guard let image = ImageReference(text, at: origin) else { return nil }
    return ViewRecord.Field("image", .object(image), at: origin)
  }

  /// `container: image` is short for `container: {image: image}`.
  private func container(_ name: String, _ entry: Node.Entry) -> ViewRecord.Field {
    let origin = Origin(entry, in: file)
    var fields: [ViewRecord.Field] = []
    if entry.value.kind == .scalar {
      if let field = imageField(entry) { fields.append(field) }
    } else {
      if let image = entry.value.entry("image"), let field = imageField(image) { fields.append(field) }
      fields += rest(of: entry.value, without: fields)
    }
    return ViewRecord.Field(name, .map(ViewRecord(fields)), at: origin)
  }

  private func services(_ entry: Node.Entry) -> ViewRecord.Field {
    let services = (entry.value.entries ?? []).map { container($0.key.text ?? "", $0) }
    return ViewRecord.Field("services", .map(ViewRecord(services)), at: Origin(entry, in: file))
  }
}
