internal import Findings

// How the settings of several layers become one. Rules are put together where findings are judged; here are all others.
// The outermost layer comes first, and a setting that it makes stands unless the next one is stricter or the first says
// that it may be overridden.

extension Policy {
  /// The settings of a stage.
  package func settings(of stage: Stage) -> StageSettings {
    var merged = StageSettings(
      scope: Self.usualScope(of: stage), policyFrom: stage.readsPolicyFromBase ? .base : .head, isOverridable: true)
    for layer in layers {
      merged.requirements.add(layer.requirements)
      merged.budgets += layer.budgets.filter { budget in
        budget.stages.isEmpty || budget.stages.contains { $0.matches(Array(stage.name.utf8)) }
      }
      if let origin = layer.trust.policyFrom {
        merged.policyFrom = merged.isOverridable || origin == .base ? origin : merged.policyFrom
      }
      guard let own = layer.stages[stage.name] else { continue }
      if let scope = own.scope {
        merged.scope = merged.isOverridable ? scope : max(scope, merged.scope ?? scope)
      }
      if let origin = own.policyFrom {
        merged.policyFrom = merged.isOverridable || origin == .base ? origin : merged.policyFrom
      }
      merged.budgets += own.budgets
      merged.requirements.add(own.requirements)
      merged.isOverridable = own.isOverridable
    }
    return merged
  }

  private static func usualScope(of stage: Stage) -> StageScope {
    switch stage {
    case .preCommit: .changedLines
    case .prePush, .preReceive, .pullRequest, .mergeQueue: .new
    default: .all
    }
  }

  var grace: Grace {
    var merged = Grace(isOverridable: true)
    for layer in layers {
      let own = layer.grace
      for (severity, days) in own.days {
        merged.days[severity] = merged.isOverridable ? days : min(days, merged.days[severity] ?? 0)
      }
      if let new = own.ruleNew {
        if merged.isOverridable {
          merged.ruleNew = new
        } else if let outer = merged.ruleNew, new.days < outer.days {
          merged.ruleNew = (new.days, outer.from)
        }
      }
      if !own.days.isEmpty || own.ruleNew != nil { merged.isOverridable = own.isOverridable }
    }
    return merged
  }

  /// Caps, warnings and what happens to unused exceptions.
  package var exceptionSettings: ExceptionSettings {
    var merged = ExceptionSettings(isOverridable: true)
    for layer in layers {
      let own = layer.exceptions
      for (severity, days) in own.caps {
        merged.caps[severity] = merged.isOverridable ? days : min(days, merged.caps[severity] ?? days)
      }
      if let days = own.warnBefore {
        merged.warnBefore = merged.isOverridable ? days : max(days, merged.warnBefore ?? 0)
      }
      if let unused = own.unused { merged.unused = merged.isOverridable ? unused : max(unused, merged.unused ?? .off) }
      merged.files += own.files
      if !own.caps.isEmpty { merged.isOverridable = own.isOverridable }
    }
    return merged
  }

  /// Where the known findings are: as the innermost layer that says so has it; `nil` where none does.
  package var baselineSettings: BaselineSettings? { layers.last { $0.baseline != nil }?.baseline }

  /// What is scanned, and with which rules.
  package var scanSettings: ScanSettings {
    var merged = ScanSettings()
    for layer in layers {
      merged.rulePaths += layer.scan.rulePaths
      merged.excludes += layer.scan.excludes
      // Once a layer has said that the built-in rules are used, no other one takes them away.
      if let uses = layer.scan.usesBuiltInRules { merged.usesBuiltInRules = uses || merged.usesBuiltInRules == true }
    }
    return merged
  }

  package var trust: TrustSettings {
    var merged = TrustSettings()
    for layer in layers {
      merged.protected += layer.trust.protected
      if let weakening = layer.trust.weakening {
        // What the built-in policy has is a proposal.
        let isProposal = layers.first.map { $0.trust.weakening == merged.weakening } ?? true
        merged.weakening = isProposal ? weakening : max(weakening, merged.weakening ?? .off)
      }
      if let inline = layer.trust.inlineSuppressions {
        merged.inlineSuppressions = max(inline, merged.inlineSuppressions ?? .allow)
      }
    }
    return merged
  }

  package var report: ReportSettings {
    var merged = ReportSettings()
    for layer in layers {
      merged.limit = layer.report.limit ?? merged.limit
      merged.contact = layer.report.contact ?? merged.contact
    }
    return merged
  }
}
