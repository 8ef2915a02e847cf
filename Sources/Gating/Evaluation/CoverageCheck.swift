internal import Findings

/// Holds what was looked at against what a policy requires.
struct CoverageCheck {
  private let report: Report
  /// How many notifications there are of each kind, by kind.
  let counts: [Verdict.NotificationCount]

  init(_ report: Report) {
    self.report = report
    var counts: [String: Verdict.NotificationCount] = [:]
    for notification in report.notifications {
      let kind = notification.kind.rawValue
      var count = counts[kind] ?? Verdict.NotificationCount(kind: kind, level: notification.level, count: 0)
      count.count += 1
      count.level = max(count.level, notification.level)
      counts[kind] = count
    }
    self.counts = counts.values.sorted { $0.kind < $1.kind }
  }

  func gaps(_ requirements: Requirements) -> [CoverageGap] {
    var gaps: [CoverageGap] = []
    func add(_ requirement: String, _ text: String) {
      gaps.append(CoverageGap(requirement: requirement, text: text))
    }
    let files = report.coverage?.files ?? 0
    let tools = report.tool.split(separator: ",").map { Array($0.drop { $0 == " " }.lowercased().utf8) }
    for tool in requirements.tools where !tools.contains(where: tool.matches) {
      add("tools", "the policy requires a report of \(tool.text), and there is none")
    }
    let packs = report.packs.map { Array($0.name.utf8) }
    for pack in requirements.packs where !packs.contains(where: pack.matches) {
      add("packs", "the policy requires the rule pack \(pack.text), which took no part")
    }
    if let least = requirements.minFiles, files < least {
      add("files", "\(files) files were scanned, and the policy requires \(least)")
    }
    // Images and links are part of every tree; who wants to limit them names their kinds.
    let usual: Set<Notification.Kind> = [.binary, .symbolicLink, .deleted, .gitDirectory]
    let skipped = report.notifications.count { $0.isSkip && !usual.contains($0.kind) }
    for limit in requirements.notScanned where !limit.allows(skipped, of: files) {
      add("notScanned", "\(skipped) things were not scanned, and the policy allows \(limit.text)")
    }
    for (kind, limit) in requirements.limits {
      let count = counts.first { $0.kind == kind }?.count ?? 0
      if !limit.allows(count, of: files) {
        add(kind, "\(count) times \(kind), and the policy allows \(limit.text)")
      }
    }
    return gaps
  }
}
