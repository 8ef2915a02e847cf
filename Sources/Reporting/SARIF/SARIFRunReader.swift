internal import Findings

/// Reads one run of a SARIF log.
struct SARIFRunReader {
  let run: SARIFLog.Run
  let tool: String
  private let rulesByID: [String: SARIFLog.Descriptor]

  init(_ run: SARIFLog.Run) {
    self.run = run
    tool = filled(run.tool?.driver?.name) ?? "unknown"
    let components = [run.tool?.driver].compactMap { $0 } + (run.tool?.extensions ?? [])
    var rules: [String: SARIFLog.Descriptor] = [:]
    for rule in components.flatMap({ $0.rules ?? [] }) {
      if let id = filled(rule.id), rules[id] == nil { rules[id] = rule }
    }
    rulesByID = rules
  }

  var isOwn: Bool { tool.lowercased() == "tollgate" }

  var version: String { run.tool?.driver?.version ?? run.tool?.driver?.semanticVersion ?? "" }

  var coverage: Report.Coverage? {
    run.properties?.tollgate?.coverage.map { Report.Coverage(files: $0.files, bytes: $0.bytes) }
  }

  var packs: [Report.Pack] {
    (run.properties?.tollgate?.packs ?? []).map {
      Report.Pack(name: $0.name, digest: $0.digest, ruleCount: $0.rules)
    }
  }

  /// The findings, and the metadata of all rules of the run. An ordinal of 0 in a fingerprint is still to be counted.
  func findings() -> (findings: [Finding], rules: [Rule]) {
    var rules = rulesByID.mapValues(rule)
    var findings: [Finding] = []
    for result in run.results ?? [] {
      if isNoFinding(result) || result.baselineState == "absent" { continue }
      let descriptor = descriptor(of: result)
      let id = filled(result.ruleId) ?? filled(result.rule?.id) ?? filled(descriptor?.id) ?? tool
      if let descriptor, rules[id] == nil { rules[id] = rule(descriptor, id: id) }
      findings.append(finding(result, ruleID: id, descriptor: descriptor))
    }
    return (findings, Array(rules.values))
  }

  /// Only a result of the kind `fail` has a level (SARIF 2.1.0, 3.27.10). Some tools write another kind and a level that
  /// says that something is wrong; then it is.
  private func isNoFinding(_ result: SARIFLog.Result) -> Bool {
    Self.kindsOfNoFinding.contains(result.kind ?? "fail") && result.level != "error" && result.level != "warning"
  }

  /// All kinds but `fail` (SARIF 2.1.0, 3.27.9). A word that is none of them counts as a finding: to be safe.
  private static let kindsOfNoFinding: Set<String> = ["pass", "open", "informational", "notApplicable", "review"]

  // MARK: Rules

  /// What describes the rule of a result (SARIF 2.1.0, 3.27.5 to 3.27.7 and 3.52).
  private func descriptor(of result: SARIFLog.Result) -> SARIFLog.Descriptor? {
    let id = result.ruleId ?? result.rule?.id
    let component = component(result.rule?.toolComponent)
    if let index = result.rule?.index ?? result.ruleIndex, let rules = component?.rules, rules.indices.contains(index) {
      return rules[index]
    }
    guard var id else { return nil }
    // The id of a result may be finer than that of its rule: `CA1000/1` (3.27.5).
    let named = result.rule?.toolComponent == nil ? nil : component?.rules
    while true {
      if let rule = named?.first(where: { $0.id == id }) ?? rulesByID[id] { return rule }
      guard let slash = id.lastIndex(of: "/") else { return nil }
      id = String(id[..<slash])
    }
  }

  private func component(_ reference: SARIFLog.ComponentReference?) -> SARIFLog.Component? {
    let extensions = run.tool?.extensions ?? []
    if let index = reference?.index, extensions.indices.contains(index) { return extensions[index] }
    if let guid = reference?.guid, let found = extensions.first(where: { $0.guid == guid }) { return found }
    if let name = reference?.name, let found = extensions.first(where: { $0.name == name }) { return found }
    return run.tool?.driver
  }

  private func rule(_ descriptor: SARIFLog.Descriptor) -> Rule {
    rule(descriptor, id: descriptor.id ?? tool)
  }

  private func rule(_ descriptor: SARIFLog.Descriptor, id: String) -> Rule {
    let properties = descriptor.properties
    let title = descriptor.shortDescription?.text ?? descriptor.name ?? id
    // We write what to do as the first paragraph; other tools begin with what matters most too, if only with the title.
    let help = String((descriptor.help?.text ?? "").split(separator: "\n\n", maxSplits: 1).first ?? "")
    return Rule(
      id: id, pack: properties?.rulePack ?? tool,
      title: title,
      severity: properties?.securitySeverity.map { Severity(score: $0) }
        ?? Severity(sarifLevel: descriptor.defaultConfiguration?.level),
      confidence: Confidence(sarifPrecision: properties?.precision),
      level: properties?.ruleLevel.flatMap(Level.init) ?? .deny,
      phase: properties?.rulePhase.flatMap(Phase.init) ?? .code,
      tags: tags(properties?.tags ?? []),
      message: descriptor.messageStrings?["default"]?.text ?? "",
      why: descriptor.fullDescription?.text ?? "",
      fix: !title.isEmpty && help.hasPrefix(title) ? "" : help,
      references: descriptor.helpUri.map { [$0] } ?? [])
  }

  /// Without what other services want to see there: `security`, and weaknesses under the name that GitHub gives them.
  private func tags(_ tags: [String]) -> [String] {
    var seen: Set<String> = ["security"]
    return tags.compactMap { tag in
      let prefix = "external/cwe/cwe-"
      let weakness = tag.hasPrefix(prefix) ? Int(tag.dropFirst(prefix.count)) : nil
      let own = weakness.map { "cwe-\($0)" } ?? tag
      return seen.insert(own).inserted ? own : nil
    }
  }

  // MARK: Notifications

  /// What the tool says of itself; with an error among them when it failed or tells no results.
  var notifications: [Notification] {
    let invocations = run.invocations ?? []
    let notices = invocations.flatMap {
      ($0.toolExecutionNotifications ?? []) + ($0.toolConfigurationNotifications ?? [])
    }
    var notifications = notices.map(notification)
    let hasFailed = invocations.contains { $0.executionSuccessful == false }
    // Where nothing was scanned the coverage says it already.
    let isExplained = notifications.contains { $0.level == .error } || coverage?.files == 0
    if hasFailed && !isExplained {
      let message = "\(tool) says that it failed; look at its output and run it again"
      notifications.append(Notification(kind: .toolFailed, level: .error, message: message))
    }
    // An empty array says that nothing was found, none or `null` that there was no scan (SARIF 2.1.0, 3.14.23).
    if run.results == nil {
      let message = "the run of \(tool) in the SARIF log holds no results, not even none; run the tool again"
      notifications.append(Notification(kind: .noResults, level: .error, message: message))
    }
    return notifications
  }

  private func notification(_ notice: SARIFLog.Notice) -> Notification {
    let level: Notification.Level =
      switch notice.level {
      case "error": .error
      case "note", "none": .note
      default: .warning
      }
    let kind = filled(notice.descriptor?.id) ?? "tool-notification"
    return Notification(
      kind: Notification.Kind(rawValue: kind), level: level, message: notice.message?.text ?? kind,
      path: path(of: notice.locations?.first?.physicalLocation))
  }
}

/// An empty text says as little as none.
private func filled(_ text: String?) -> String? {
  text.flatMap { $0.isEmpty ? nil : $0 }
}
