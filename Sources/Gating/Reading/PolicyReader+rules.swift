internal import Documents
internal import Expressions
internal import Findings

extension PolicyReader {
  func readRules(_ top: SettingReader) -> [PolicyRule] {
    var rules: [PolicyRule] = []
    let complaintsBefore = top.complaints.all.count
    let keys = ["id", "match", "then", "message", "fix", "until", "overridable", "exceptions"]
    for node in top.list("rules") {
      guard let reader = SettingReader(node, of: "a rule of the policy", keys: keys, top.complaints) else { continue }
      let rule = PolicyRule(
        id: reader.identifier("id") ?? "", match: match("match", of: reader),
        then: reader.choice("then", as: Effect.self, isRequired: true) ?? .deny, message: reader.text("message"),
        fix: reader.text("fix"), until: reader.day("until"), isOverridable: reader.flag("overridable") ?? false,
        allowsExceptions: reader.flag("exceptions") ?? true, position: node.position)
      if let first = rules.first(where: { $0.id == rule.id && !rule.id.isEmpty }) {
        top.complaints.add("rule id \(rule.id) is already used in line \(first.position.line)", at: node.position)
      } else if top.complaints.all.count == complaintsBefore,
        // A match with a mistake in it would seem to match more than it is meant to.
        let earlier = rules.first(where: { $0.until == nil && $0.match.covers(rule.match) })
      {
        top.complaints.add(
          "rule \(rule.id) is never reached: rule \(earlier.id) in line \(earlier.position.line) matches all that it "
            + "would; put it before that one, or take it out", at: node.position)
      }
      rules.append(rule)
    }
    return rules
  }

  func readOverrides(_ top: SettingReader) -> [PolicyOverride] {
    top.list("overrides").compactMap { node in
      let keys = ["match", "severity", "confidence", "level"]
      guard let reader = SettingReader(node, of: "an override", keys: keys, top.complaints) else { return nil }
      let override = PolicyOverride(
        match: match("match", of: reader), severity: reader.choice("severity", as: Severity.self),
        confidence: reader.choice("confidence", as: Confidence.self), level: reader.choice("level", as: Level.self))
      if override.severity == nil && override.confidence == nil && override.level == nil {
        top.complaints.add("the override changes nothing; give severity, confidence or level", at: node.position)
      }
      return override
    }
  }

  func readBudgets(_ top: SettingReader) -> [Budget] {
    var budgets: [Budget] = []
    let keys = ["id", "match", "max", "unit", "noIncrease", "decrease", "then", "stages"]
    for node in top.list("budgets") {
      guard let reader = SettingReader(node, of: "a budget", keys: keys, top.complaints) else { continue }
      let budget = Budget(
        id: reader.identifier("id") ?? "", match: match("match", of: reader), max: reader.count("max"),
        unit: reader.choice("unit", as: Budget.Unit.self) ?? .count,
        forbidsIncrease: reader.flag("noIncrease") ?? false, decrease: decrease(of: reader),
        then: reader.choice("then", as: Effect.self) ?? .deny, stages: wildcards("stages", of: reader))
      if budget.max == nil && !budget.forbidsIncrease {
        top.complaints.add("the budget limits nothing; give max or noIncrease: true", at: node.position)
      }
      if budget.decrease != nil && budget.max == nil { reader.complain("decrease needs max", at: "decrease") }
      if budgets.contains(where: { $0.id == budget.id }) {
        top.complaints.add("budget id \(budget.id) is used twice", at: node.position)
      }
      budgets.append(budget)
    }
    return budgets
  }

  private func decrease(of reader: SettingReader) -> Budget.Decrease? {
    guard let decrease = reader.mapping("decrease", keys: ["by", "everyDays", "from"]),
      let by = decrease.count("by", isRequired: true), let from = decrease.day("from", isRequired: true)
    else { return nil }
    let days = decrease.count("everyDays") ?? 7
    guard by > 0, days > 0 else {
      reader.complain("decrease: by and everyDays are at least 1", at: "decrease")
      return nil
    }
    return Budget.Decrease(by: by, everyDays: days, from: from)
  }

  func readRequirements(_ top: SettingReader) -> Requirements {
    var requirements = Requirements()
    guard let reader = top.mapping("require", keys: ["tools", "packs", "files", "notScanned", "limits"]) else {
      return requirements
    }
    requirements.tools = wildcards("tools", of: reader)
    requirements.packs = wildcards("packs", of: reader)
    requirements.minFiles = reader.count("files")
    requirements.notScanned = limit("notScanned", of: reader).map { [$0] } ?? []
    if let limits = reader.mapping("limits", keys: nil) {
      for entry in limits.entries {
        guard !entry.name.isEmpty else {
          top.complaints.add("limits are named by kinds of notifications, such as too-large", at: entry.key.position)
          continue
        }
        if let limit = limit(entry.name, of: limits) { requirements.limits.append((entry.name, limit)) }
      }
    }
    return requirements
  }

  /// A number, or a part of the files: `3`, `1%`.
  private func limit(_ key: String, of reader: SettingReader) -> Requirements.Limit? {
    guard let text = reader.text(key) else { return nil }
    if let count = Int(text), count >= 0 { return .count(count) }
    if text.hasSuffix("%"), let percent = Double(text.dropLast().filter { $0 != " " }), (0...100).contains(percent) {
      return .percent(percent)
    }
    reader.complain("\(key) is a number, or a part of the files such as 1%", at: key)
    return nil
  }

  func readStages(_ top: SettingReader) -> [String: StageSettings] {
    guard let reader = top.mapping("stages", keys: nil) else { return [:] }
    var stages: [String: StageSettings] = [:]
    let keys = ["scope", "policyFrom", "budgets", "require", "overridable"]
    for entry in reader.entries {
      guard Stage.isName(entry.name) else {
        top.complaints.add(
          "a stage is named in lower case with dashes, such as pull-request", at: entry.key.position)
        continue
      }
      guard let stage = SettingReader(entry.value, of: "stage \(entry.name)", keys: keys, top.complaints) else {
        continue
      }
      stages[entry.name] = StageSettings(
        scope: stage.choice("scope", as: StageScope.self),
        policyFrom: stage.choice("policyFrom", as: PolicyOrigin.self), budgets: readBudgets(stage),
        requirements: readRequirements(stage), isOverridable: stage.flag("overridable") ?? false)
    }
    return stages
  }

  func readGrace(_ top: SettingReader) -> Grace {
    var grace = Grace()
    let keys = Severity.allCases.map(\.rawValue) + ["rule-new", "overridable"]
    guard let reader = top.mapping("grace", keys: keys) else { return grace }
    for severity in Severity.allCases { grace.days[severity] = reader.count(severity.rawValue) }
    if let new = reader.mapping("rule-new", keys: ["days", "from"]), let days = new.count("days", isRequired: true) {
      grace.ruleNew = (days, new.day("from"))
    }
    grace.isOverridable = reader.flag("overridable") ?? false
    return grace
  }

  func readBaseline(_ top: SettingReader) -> BaselineSettings? {
    guard let reader = top.mapping("baseline", keys: ["source", "path"]) else { return nil }
    let path = reader.text("path")
    let source =
      reader.choice("source", as: BaselineSettings.Source.self, isRequired: path == nil)
      ?? (path == nil ? BaselineSettings.Source.none : .file)
    if path == nil && (source == .file || source == .sarif) {
      reader.complain("source \(source.rawValue) needs a path", at: "source")
    }
    if path != nil && (source == .mergeBase || source == .none) {
      reader.complain("source \(source.rawValue) has no path", at: "path")
    }
    return BaselineSettings(source: source, path: path)
  }

  func readReport(_ top: SettingReader) -> ReportSettings {
    guard let reader = top.mapping("report", keys: ["limit", "contact"]) else { return ReportSettings() }
    return ReportSettings(limit: reader.count("limit"), contact: reader.text("contact"))
  }
}
