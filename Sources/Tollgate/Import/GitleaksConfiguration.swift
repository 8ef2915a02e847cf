internal import Documents
internal import Findings
internal import Matching
internal import RulePacks

/// A configuration of gitleaks as a rule pack
/// (https://github.com/gitleaks/gitleaks#configuration).
struct GitleaksConfiguration {
  private let library: RuleLibrary
  private let includesCovered: Bool
  private var rules: [String] = []
  private var ids: Set<String> = []
  private(set) var carried: [String] = []
  private(set) var dropped: [ImportedConfiguration.Dropped] = []
  private var excludes: [String] = []
  private var covered: [String] = []
  private var boundedCount = 0

  init(library: RuleLibrary, includesCovered: Bool) {
    self.library = library
    self.includesCovered = includesCovered
  }

  mutating func read(_ root: Node) -> ImportedConfiguration {
    readExtension(root["extend"])
    for node in root["rules"]?.elements ?? [] { readRule(node) }
    let lists = [root["allowlist"]].compactMap { $0 } + (root["allowlists"]?.elements ?? [])
    for list in lists { readGlobalAllowlist(list) }
    if !rules.isEmpty { carried.insert("\(rules.count) rules", at: 0) }
    if boundedCount > 0 {
      carried.append(
        "\(boundedCount) of them with repetitions bounded to \(BoundedRepetition.most) or twice their least number")
    }
    if !excludes.isEmpty {
      carried.append("paths that are left out: tollgate check . \(excludeArguments)")
    }
    if !covered.isEmpty {
      dropped.append(
        .init(
          what: "\(covered.count) rules that built-in rules cover: \(covered.joined(separator: ", "))",
          why: "--all takes them over too"))
    }
    return ImportedConfiguration(
      form: .pack, text: rules.isEmpty ? "" : text, carried: carried, dropped: dropped, isEmpty: rules.isEmpty)
  }

  private var text: String {
    var text = "# Made from a configuration of gitleaks by tollgate import.\n"
    if !excludes.isEmpty { text += "# Paths that it leaves out: \(excludeArguments)\n" }
    return text + "pack: gitleaks-import\nrules:\n" + rules.joined(separator: "\n")
  }

  private var excludeArguments: String {
    excludes.map { "--exclude '\(YAMLText.oneLine($0).replacing("'", with: ""))'" }.joined(separator: " ")
  }

  private mutating func drop(_ what: String, _ why: String) { dropped.append(.init(what: what, why: why)) }

  private mutating func readExtension(_ node: Node?) {
    guard let node else { return }
    if node["useDefault"]?.text == "true" { carried.append("the default rules: the built-in packs take their place") }
    for key in ["path", "url"] where node[key] != nil {
      drop("extend.\(key)", "import that file by itself")
    }
    let disabled = (node["disabledRules"]?.elements ?? []).compactMap(\.text)
    if !disabled.isEmpty {
      drop(
        "extend.disabledRules",
        "turn them off in the policy, by their aliases: gitleaks/\(disabled.joined(separator: ", gitleaks/"))")
    }
  }

  private mutating func readGlobalAllowlist(_ node: Node) {
    let paths = texts("paths", of: node)
    let isNarrowed = node["targetRules"] != nil || node["condition"]?.text?.uppercased() == "AND"
    if isNarrowed, !paths.isEmpty {
      drop("paths of an allowlist for some rules alone", "write exceptions with rules and paths into the policy")
    } else {
      for path in paths {
        if let globs = PathPattern.globs(of: path), !globs.isEmpty {
          for glob in globs where !excludes.contains(glob) { excludes.append(glob) }
        } else {
          drop("the path \(path)", "patterns of paths cannot say it; write --exclude by hand")
        }
      }
    }
    let regexes = texts("regexes", of: node).count
    let words = texts("stopwords", of: node).count
    if regexes + words > 0 {
      drop(
        "\(regexes) expressions and \(words) stop words for values",
        "the filters placeholder and reference of the rules take their place")
    }
    if !texts("commits", of: node).isEmpty {
      drop("commits of an allowlist", "what a commit brought in is accepted by a baseline")
    }
  }

  private func texts(_ key: String, of node: Node) -> [String] { (node[key]?.elements ?? []).compactMap(\.text) }

  // MARK: One rule

  private mutating func readRule(_ node: Node) {
    guard let id = node["id"]?.text, !id.isEmpty else { return drop("a rule without an id", "nothing can name it") }
    let alias = "gitleaks/\(id)"
    if !includesCovered, let own = library.rule(named: alias) {
      covered.append("\(id) (\(own.metadata.id))")
      return
    }
    guard let regex = node["regex"]?.text, !regex.isEmpty else {
      return drop("rule \(id)", "it looks at paths alone; a rule over text looks at what files hold")
    }
    if node["path"] != nil {
      drop("the path of rule \(id)", "a rule over text looks at all files; the rule is taken over without it")
    }
    let bounded = BoundedRepetition.bounded(regex)
    let maker = ImportedTextRule(
      id: "gitleaks-" + YAMLText.identifier(id), alias: alias, title: node["description"]?.text ?? id, pattern: bounded,
      keywords: texts("keywords", of: node), group: node["secretGroup"]?.text.flatMap { Int($0) },
      entropy: node["entropy"]?.text.flatMap { Double($0) }, tags: texts("tags", of: node),
      isGeneric: id.contains("generic"))
    guard ids.insert(maker.id).inserted else { return drop("rule \(id)", "its id is there twice") }
    do throws(ImportedTextRule.Failure) {
      rules.append(try maker.text())
      if bounded != regex { boundedCount += 1 }
    } catch {
      return drop("rule \(id)", error.why)
    }
    let lists = [node["allowlist"]].compactMap { $0 } + (node["allowlists"]?.elements ?? [])
    if !lists.isEmpty {
      let count = lists.reduce(0) { sum, list in
        sum + ["paths", "regexes", "stopwords", "commits"].reduce(0) { $0 + texts($1, of: list).count }
      }
      drop(
        "\(count) entries of the allowlist of rule \(id)",
        "the filters placeholder and reference take the place of values; for the rest write exceptions")
    }
  }
}
