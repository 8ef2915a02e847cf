internal import Documents
internal import Expressions
internal import Findings

/// Makes the members of one job.
struct GitLabJobReader {
  let fields: [ViewRecord.Field]
  /// What stands for members that a missing template could bring.
  let others: Unknown?

  /// What `default` can hold: https://docs.gitlab.com/ci/yaml/#default
  private static let inheritable = [
    "image", "services", "before_script", "after_script", "artifacts", "cache", "hooks", "id_tokens", "identity",
    "interruptible", "retry", "tags", "timeout",
  ]

  /// Where `$` belongs to a shell, a regular expression or an expression.
  private static let verbatim: Set<String> = [
    "rules", "only", "except", "coverage", "hooks", "run", "extends", "inherit",
  ]

  private static let scriptNames = ["before_script", "script", "after_script"]

  /// - Parameters:
  ///   - written: the job without what it extends.
  ///   - job: the job with it.
  init(
    name: String, written entry: MergedTree.Entry, job: MergedTree, globals: GitLabGlobals,
    templates: inout GitLabTemplates
  ) {
    var others = job.others
    // A job that does nothing by itself adds to one of the same name in a file that nobody has.
    if others == nil, let missing = globals.missing, ["script", "trigger", "run"].allSatisfy({ job[$0] == nil }) {
      others = missing
    }
    var members: [MergedTree.Entry] = []
    var absent: [ViewRecord.Field] = []
    // `null` takes a member of a template away.
    for entry in job.entries ?? [] where !entry.value.isNull && entry.name != "variables" { members.append(entry) }
    let names = Set(members.map(\.name))
    for name in Self.inheritable where !names.contains(name) && others == nil {
      guard Self.inherits(job["inherit"]?["default"], name) else { continue }
      if var entry = globals.defaults?.entry(name) ?? globals.old[name] {
        entry.value = templates.dereferenced(entry.value)
        if !entry.value.isNull { members.append(entry) }
      } else if let missing = globals.missingDefaults ?? globals.defaults?.others {
        absent.append(ViewRecord.Field(name, .unknown(missing)))
      }
    }
    var variables = job.entry("variables")
    if let global = globals.variables, !templates.spend(global.value.entries?.count ?? 0) {
      variables = MergedTree.Entry(name: "variables", origin: global.origin, value: .unknown(Unknown("variables")))
    } else if let global = globals.variables {
      let kept = (global.value.entries ?? []).filter { Self.inherits(job["inherit"]?["variables"], $0.name) }
      let base = MergedTree.mapping(kept, others: global.value.others)
      if var own = variables {
        // A variable is replaced as a whole: a text and a mapping with `value` are the same to a job.
        let ownNames = Set((own.value.entries ?? []).map(\.name))
        own.value = .mapping(
          kept.filter { !ownNames.contains($0.name) } + (own.value.entries ?? []), others: own.value.others)
        variables = own
      } else if !kept.isEmpty {
        variables = MergedTree.Entry(name: "variables", origin: global.origin, value: base)
      }
    }
    let scope = GitLabScope(
      inputs: globals.inputs, variables: variables?.value,
      changing: globals.changing.union(GitLabGlobals.variablesOfRules(job)))
    var fields = [
      ViewRecord.Field("name", .string(name), at: entry.origin),
      ViewRecord.Field("raw", entry.value.value()),
    ]
    if let variables {
      let value = others.map { variables.value.opened(by: $0) } ?? variables.value
      fields.append(ViewRecord.Field("variables", Self.variables(value, scope), at: variables.origin))
    }
    let controls = globals.controls
    let written = variables?.value
    fields.append(ViewRecord.Field("controls") { controls.value(variables: written) })
    if others == nil, !names.contains("stage") { fields.append(ViewRecord.Field("stage", .string("test"))) }
    fields += members.map { Self.field($0, scope) } + absent
    if let scripts = Self.scripts(members, isOpen: others) { fields.append(scripts) }
    self.fields = fields
    self.others = others
  }

  /// `inherit:default` and `inherit:variables`: true, false or a list of names.
  private static func inherits(_ setting: MergedTree?, _ name: String) -> Bool {
    guard let setting else { return true }
    if let names = setting.elements { return names.contains { $0.text == name } }
    return setting.scalar?.node.bool ?? true
  }

  private static func field(_ entry: MergedTree.Entry, _ scope: GitLabScope) -> ViewRecord.Field {
    let value = entry.value
    if case .unknown(let unknown) = value { return ViewRecord.Field(entry.name, .unknown(unknown), at: entry.origin) }
    switch entry.name {
    case "image": return ViewRecord.Field("image", image(entry, scope), at: entry.origin)
    case "services":
      let services = (value.elements ?? []).map { service in
        let origin = service.origin ?? entry.origin
        return (
          value: image(MergedTree.Entry(name: "", origin: origin, value: service), scope), origin: origin as Origin?
        )
      }
      return ViewRecord.Field("services", .list(LocatedList(services)), at: entry.origin)
    case "environment" where !value.isMapping:
      let name = ViewRecord.Field("name", value.value(scope.expanded), at: entry.origin)
      return ViewRecord.Field("environment", .map(ViewRecord([name])), at: entry.origin)
    case "needs":
      let needs = (value.elements ?? []).compactMap { need -> (value: Value, origin: Origin?)? in
        guard let name = need.isMapping ? need["job"] : need else { return nil }
        return (name.value(scope.expanded), need.origin)
      }
      return ViewRecord.Field("needs", .list(LocatedList(needs)), at: entry.origin)
    case let name where scriptNames.contains(name):
      let lines = flat(value).map { ($0.value(scope.verbatim), $0.origin) }
      return ViewRecord.Field(name, .list(LocatedList(lines)), at: entry.origin)
    case let name where verbatim.contains(name):
      return ViewRecord.Field(name, value.value(scope.verbatim), at: entry.origin)
    default: return ViewRecord.Field(entry.name, value.value(scope.expanded), at: entry.origin)
    }
  }

  /// `image: name` is short for `image: {name: name}`.
  private static func image(_ entry: MergedTree.Entry, _ scope: GitLabScope) -> Value {
    guard entry.value.isMapping else { return .map(ViewRecord([imageName(entry, scope)])) }
    let fields = (entry.value.entries ?? []).map { member in
      member.name == "name"
        ? imageName(member, scope)
        : ViewRecord.Field(member.name, member.value.value(scope.expanded), at: member.origin)
    }
    return .map(ViewRecord(fields, others: entry.value.others))
  }

  private static func imageName(_ entry: MergedTree.Entry, _ scope: GitLabScope) -> ViewRecord.Field {
    let value = entry.value.value(scope.expanded)
    guard case .string(let text) = value, let image = ImageReference(text, at: entry.origin) else {
      return ViewRecord.Field("name", value, at: entry.origin)
    }
    return ViewRecord.Field("name", .object(image), at: entry.origin)
  }

  /// Lists in lists, which aliases and references make, as one.
  private static func flat(_ tree: MergedTree, depth: Int = 0) -> [MergedTree] {
    guard depth < 10, let elements = tree.elements else { return tree.isNull ? [] : [tree] }
    return elements.flatMap { flat($0, depth: depth + 1) }
  }

  private static func scripts(_ members: [MergedTree.Entry], isOpen others: Unknown?) -> ViewRecord.Field? {
    var scripts: [(value: Value, origin: Origin?)] = []
    var first: Origin?
    for name in scriptNames {
      guard let entry = members.first(where: { $0.name == name }) else { continue }
      if name == "script" || first == nil { first = entry.origin }
      for line in flat(entry.value) {
        if let (node, file) = line.scalar {
          scripts.append((.object(EmbeddedScript(node, in: file, holes: .none, shell: "sh")), line.origin))
        } else if case .unknown(let unknown) = line {
          scripts.append((.unknown(unknown), nil))
        }
      }
    }
    if scripts.isEmpty, others != nil { return nil }
    return first.map { ViewRecord.Field("scripts", .list(LocatedList(scripts)), at: $0) }
  }

  /// Variables by name, each as its text.
  static func variables(_ variables: MergedTree, _ scope: GitLabScope) -> Value {
    if case .unknown(let unknown) = variables { return .unknown(unknown) }
    let fields = (variables.entries ?? []).map { entry in
      ViewRecord.Field(entry.name, at: entry.origin) { scope.text(of: entry.value) }
    }
    return .map(ViewRecord(fields, others: variables.others))
  }
}
