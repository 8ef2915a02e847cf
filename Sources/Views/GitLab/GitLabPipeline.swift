internal import Documents
internal import Expressions
internal import Findings

/// A pipeline read into records: its jobs with all that they take over.
/// https://docs.gitlab.com/ci/yaml/
final class GitLabPipeline: ViewModel {
  /// `nil` for a file that holds no mapping.
  let pipeline: ViewElement?
  /// In the order of the file.
  let jobs: [ViewElement]

  init(_ file: ViewedFile) {
    var includes = GitLabIncludes(file)
    guard let tree = includes.read(), let document = file.document,
      let body = GitLabIncludes.body(of: document).body
    else {
      (pipeline, jobs) = (nil, [])
      return
    }
    let top = Dictionary((tree.entries ?? []).map { ($0.name, $0) }, uniquingKeysWith: { _, last in last })
    var globals = GitLabGlobals(top: top, includes: includes)
    var templates = GitLabTemplates(file, top: top, hasReferences: includes.hasReferences)
    for entry in tree.entries ?? [] where !Self.keywords.contains(entry.name) && !entry.name.hasPrefix(".") {
      if entry.value.isMapping { globals.controls.add(templates.job(entry.name)) }
    }
    var made: [(name: String, origin: Origin, fields: [ViewRecord.Field], others: Unknown?)] = []
    for entry in tree.entries ?? [] where !Self.keywords.contains(entry.name) && !entry.name.hasPrefix(".") {
      guard entry.value.isMapping else { continue }
      let reader = GitLabJobReader(
        name: entry.name, written: entry, job: templates.job(entry.name), globals: globals, templates: &templates)
      let origin =
        entry.origin.file === file.origin
        ? entry.origin : includes.includedAt[ObjectIdentifier(entry.origin.file)] ?? Origin(body, in: file.origin)
      made.append((entry.name, origin, reader.fields, reader.others))
    }
    made.sort { $0.origin.place.lowerBound < $1.origin.place.lowerBound }
    let records = made.map { Value.map(ViewRecord($0.fields, others: $0.others)) }
    let fields = Self.fields(tree, body: body, file: file, globals: globals, templates: &templates)
    let pipeline = ViewRecord([ViewRecord.Field("jobs", .list(records))] + fields)
    self.pipeline = ViewElement(pipeline, at: Self.place(of: body, in: file.origin), identity: [])
    jobs = made.map { job in
      let record = ViewRecord(job.fields + [ViewRecord.Field("pipeline", .map(pipeline))], others: job.others)
      return ViewElement(record, at: job.origin, identity: [job.name])
    }
  }

  /// The keys at the top that are no jobs.
  static let keywords: Set<String> = [
    "default", "include", "stages", "variables", "workflow", "spec", "image", "services", "before_script",
    "after_script", "cache", "types",
  ]

  /// What GitLab runs where no stages are declared: https://docs.gitlab.com/ci/yaml/#stages
  private static let stages = [".pre", "build", "test", "deploy", ".post"]

  private static func place(of body: Node, in file: OriginFile) -> Origin {
    (body.entry("stages") ?? body.entries?.first).map { Origin($0, in: file) } ?? Origin(body, in: file)
  }

  private static func fields(
    _ tree: MergedTree, body: Node, file: ViewedFile, globals: GitLabGlobals, templates: inout GitLabTemplates
  ) -> [ViewRecord.Field] {
    let scope = globals.scope
    var fields = [ViewRecord.Field("raw", body.value(in: file.origin))]
    if let stages = tree.entry("stages") ?? tree.entry("types") {
      let value = templates.dereferenced(stages.value)
      fields.append(ViewRecord.Field("stages", value.value(scope.verbatim), at: stages.origin))
    } else {
      fields.append(ViewRecord.Field("stages", .strings(stages)))
    }
    if let include = body.entry("include") {
      let items = GitLabIncludes.items(include.value).map { includeRecord($0, file.origin) }
      fields.append(ViewRecord.Field("includes", .list(LocatedList(items)), at: Origin(include, in: file.origin)))
    }
    if let variables = globals.variables {
      fields.append(
        ViewRecord.Field("variables", GitLabJobReader.variables(variables.value, scope), at: variables.origin))
    }
    for entry in tree.entries ?? [] where keywords.contains(entry.name) && !["include", "types"].contains(entry.name) {
      guard !fields.contains(where: { $0.name == entry.name }) else { continue }
      let value = templates.dereferenced(entry.value)
      fields.append(ViewRecord.Field(entry.name, value.value(scope.verbatim), at: entry.origin))
    }
    return fields
  }

  private static func includeRecord(_ item: Node, _ file: OriginFile) -> (value: Value, origin: Origin?) {
    let include = GitLabInclude(item)
    let origin = Origin(item, in: file)
    var fields = [ViewRecord.Field("kind", .string(include.name), at: origin)]
    if item.kind == .scalar {
      fields.append(ViewRecord.Field(include.name, item.value(in: file), at: origin))
    } else {
      for entry in item.entries ?? [] {
        guard let name = entry.key.text else { continue }
        fields.append(ViewRecord.Field(name, entry.value.value(in: file), at: Origin(entry, in: file)))
      }
    }
    return (.map(ViewRecord(fields)), origin)
  }
}

/// What stands at the top of a pipeline and holds for all jobs.
struct GitLabGlobals: Sendable {
  let defaults: MergedTree?
  /// Global keywords that are deprecated in favour of `default`.
  let old: [String: MergedTree.Entry]
  let variables: MergedTree.Entry?
  /// For what stands outside of jobs.
  let scope: GitLabScope
  let inputs: [ObjectIdentifier: [String: String?]]
  /// Who decides on the texts of variables.
  var controls = GitLabControls()
  /// Variables that the rules of the workflow set.
  let changing: Set<String>
  /// An include that nobody can read here, if there is one.
  let missing: Unknown?
  /// The same for includes that could bring `default`.
  let missingDefaults: Unknown?

  init(top: [String: MergedTree.Entry], includes: GitLabIncludes) {
    defaults = top["default"]?.value
    old = top.filter { ["image", "services", "before_script", "after_script", "cache"].contains($0.key) }
    variables = top["variables"]
    inputs = includes.inputs
    changing = Self.variablesOfRules(top["workflow"]?.value)
    scope = GitLabScope(inputs: inputs, variables: variables?.value, changing: changing)
    missing = includes.missing.first.map { Unknown($0) }
    missingDefaults = includes.missesDefaults ? missing : nil
  }

  /// The names that `rules:variables` sets in a workflow or a job.
  static func variablesOfRules(_ tree: MergedTree?) -> Set<String> {
    var names: Set<String> = []
    for rule in tree?["rules"]?.elements ?? [] {
      for entry in rule["variables"]?.entries ?? [] { names.insert(entry.name) }
    }
    return names
  }
}
