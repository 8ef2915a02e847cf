internal import Findings

/// Decides on findings one by one: states, rules, scope, suppressions, grace and exceptions, in this order.
struct Judge {
  let gate: Gate
  private let settings: StageSettings
  let matching: BaselineMatching?
  private let grace: Grace
  private let inlineSuppressions: InlineSuppressions
  let rules: [String: Rule]
  private let stage: [UInt8]
  private let todayText: String
  private let layers: [PreparedLayer]
  private(set) var ledger: ExceptionLedger
  /// What is known of rules and paths that were looked at before: findings come in runs of them.
  private(set) var knownRules: [String: RuleFacts] = [:]
  private var lastPath: (path: SourcePath, components: [ArraySlice<UInt8>])?

  init(_ gate: Gate, _ report: Report, settings: StageSettings, matching: BaselineMatching?) {
    self.gate = gate
    self.settings = settings
    self.matching = matching
    grace = gate.policy.grace
    inlineSuppressions = gate.policy.trust.inlineSuppressions ?? .allow
    rules = Dictionary(report.rules.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    stage = Array(gate.stage.name.utf8)
    todayText = gate.asOf.description
    layers = gate.policy.layers.map { PreparedLayer($0, asOf: gate.asOf) }
    ledger = ExceptionLedger(gate.policy, asOf: gate.asOf, key: gate.fingerprintKey)
    for id in Set(report.findings.map(\.ruleID)) { knownRules[id] = RuleFacts(id: id, rules[id]) }
  }

  /// - Parameter standing: how the finding stands to what was known.
  mutating func decision(on finding: Finding, _ standing: Standing) -> Decision {
    let (state, basis, firstSeen) = (standing.state, standing.basis, standing.firstSeen)
    var facts = facts(of: finding, state: state, firstSeen: firstSeen)
    var because: [Reason] = [.state(state, basis: basis)]
    let choice = choose(&facts, &because)
    var effect = choice.effect

    applyScope(state, finding, &effect, &because)
    applyGrace(state, facts, &effect, &because)
    let unexcused = effect
    var suppression = finding.suppression
    // What an exception once let pass is looked at anew.
    if suppression?.exceptionID != nil { suppression = nil }
    if let said = suppression {
      if inlineSuppressions == .ignore || (inlineSuppressions == .existing && state != .existing && state != .moved) {
        because.append(.suppressionIgnored(reason: said.reason))
        suppression = nil
      } else {
        because.append(.suppressed(kind: said.kind, reason: said.reason))
        effect = .off
      }
    }
    if effect > .audit, let accepted = ledger.accept(facts, allows: choice.allowsExceptions, &because) {
      effect = .off
      suppression = accepted
    }
    var judged = finding
    judged.state = state
    judged.suppression = suppression
    judged.severity = facts.severity
    judged.confidence = facts.confidence
    judged.level = facts.level
    return Decision(
      finding: judged, state: state, effect: effect, unexcused: unexcused, because: because, message: choice.message,
      fix: choice.fix)
  }

  mutating func facts(of finding: Finding, state: FindingState, firstSeen: Day?) -> FindingFacts {
    let rule: RuleFacts
    if let known = knownRules[finding.ruleID] {
      rule = known
    } else {
      rule = RuleFacts(id: finding.ruleID, rules[finding.ruleID])
      knownRules[finding.ruleID] = rule
    }
    let path = finding.location.path
    let components: [ArraySlice<UInt8>]
    if let lastPath, lastPath.path == path {
      components = lastPath.components
    } else {
      components = path.bytes.split(separator: UInt8(ascii: "/"))
      lastPath = (path, components)
    }
    return FindingFacts(
      finding: finding, rule: rule, state: state, severity: finding.severity, confidence: finding.confidence,
      level: finding.level, firstSeen: firstSeen, today: gate.asOf, todayText: todayText, stage: stage,
      stageName: gate.stage.name, pathComponents: components)
  }

  // MARK: States

  /// How a finding stands to what was known.
  struct Standing {
    var state: FindingState
    var basis: String
    /// When somebody first wrote it down.
    var firstSeen: Day?
  }

  func standing(of finding: Finding, at index: Int) -> Standing {
    let (state, basis, firstSeen) = state(of: finding, at: index)
    return Standing(state: state, basis: basis, firstSeen: firstSeen)
  }

  private func state(of finding: Finding, at index: Int) -> (FindingState, String, Day?) {
    if let match = matching?.matches[index] {
      return (match.state, match.basis, gate.baseline?.entries[match.entry].since)
    }
    let known = gate.baseline?.knownRules ?? []
    let isRuleNew = !known.isEmpty && !known.contains(finding.ruleID)
    switch finding.novelty {
    case .existing?:
      return isRuleNew
        ? (.ruleNew, "an old line, and the baseline does not know the rule", nil)
        : (.existing, "on a line that the change does not add", nil)
    case .new?: return (.new, "on a line that the change adds", nil)
    case nil:
      if isRuleNew { return (.ruleNew, "the baseline does not know the rule", nil) }
      return (.new, gate.baseline == nil ? "there is no baseline" : "not in the baseline", nil)
    }
  }

  // MARK: Rules

  private struct Choice {
    var effect: Effect
    var isOverridable: Bool
    var allowsExceptions = true
    var message: String?
    var fix: String?
  }

  /// What the layers say together. Each looks at the finding with the words that it and the layers above give it.
  private func choose(_ facts: inout FindingFacts, _ because: inout [Reason]) -> Choice {
    var choice: Choice?
    if facts.finding.ruleID == GateRules.weakened.id {
      let effect = gate.policy.trust.weakening ?? .deny
      because.append(.rule(layer: gate.policy.id, id: "trust.weakening", effect: effect))
      return Choice(effect: effect, isOverridable: false, allowsExceptions: false)
    }
    for (index, current) in layers.enumerated() {
      let isChanged = applyOverrides(of: current, &facts, &because)
      var layer = current
      var found = current.firstRule(for: facts)
      if found == nil, isChanged {
        // Other words, and no rule of its own: what do the layers above say to them?
        for outer in layers[..<index].reversed() where found == nil {
          found = outer.firstRule(for: facts)
          layer = outer
        }
      }
      guard let rule = found?.rule else { continue }
      if let outer = choice, !outer.isOverridable, rule.then < outer.effect {
        because.append(.notLoosened(layer: layer.id, id: rule.id, effect: rule.then))
        continue
      }
      if let outer = choice, !outer.isOverridable, rule.then == outer.effect { continue }
      choice = Choice(
        effect: rule.then, isOverridable: rule.isOverridable, allowsExceptions: rule.allowsExceptions,
        message: rule.message, fix: rule.fix)
      // Of what the built-in policy proposes and another layer decides anew nobody wants to read.
      because.removeAll { if case .rule = $0 { true } else { false } }
      because.append(.rule(layer: layer.id, id: rule.id, effect: rule.then))
    }
    // The last rule of the built-in policy matches everything, but `--fail-on` takes it out.
    return choice ?? Choice(effect: .warn, isOverridable: true)
  }

  /// - Returns: whether the finding has other words now.
  private func applyOverrides(
    of layer: PreparedLayer, _ facts: inout FindingFacts, _ because: inout [Reason]
  ) -> Bool {
    var isChanged = false
    for prepared in layer.overrides where prepared.applies(to: facts) {
      let override = prepared.override
      facts.severity = override.severity ?? facts.severity
      facts.confidence = override.confidence ?? facts.confidence
      facts.level = override.level ?? facts.level
      isChanged = true
    }
    if isChanged {
      because.append(
        .overridden(layer: layer.id, severity: facts.severity, confidence: facts.confidence, level: facts.level))
    }
    return isChanged
  }

  // MARK: Scope and grace

  private func applyScope(_ state: FindingState, _ finding: Finding, _ effect: inout Effect, _ because: inout [Reason])
  {
    let scope = settings.scope ?? .all
    let isJudged =
      switch scope {
      case .all, .changedFiles: true
      case .changedLines: finding.novelty != .existing
      case .new: state != .existing && state != .moved
      }
    guard !isJudged, effect == .deny else { return }
    effect = .warn
    because.append(.outOfScope(stage: gate.stage.name, scope: scope.rawValue, effect: effect))
  }

  private func applyGrace(
    _ state: FindingState, _ facts: FindingFacts, _ effect: inout Effect, _ because: inout [Reason]
  ) {
    guard effect > .audit else { return }
    var end: Day??
    if state == .ruleNew, let new = grace.ruleNew {
      end = .some(new.from?.adding(new.days))
    } else if let days = grace.days[facts.severity], let firstSeen = facts.firstSeen {
      end = .some(firstSeen.adding(days))
    }
    guard let end else { return }
    if let end, gate.asOf > end {
      because.append(.graceOver(since: end))
    } else {
      effect = effect.lowered
      because.append(.grace(until: end, effect: effect))
    }
  }
}
