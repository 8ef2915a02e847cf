internal import Findings

/// Which findings a SARIF log holds, run by run, and what of the report it does not.
struct SARIFSelection {
  /// How many results a service takes.
  struct Limit {
    var resultsPerRun: Int
    var results: Int
    /// The size of the file.
    var bytes = Int.max

    init(resultsPerRun: Int, results: Int, bytes: Int = .max) {
      self.resultsPerRun = resultsPerRun
      self.results = results
      self.bytes = bytes
    }

    init(_ profile: SARIFProfile) {
      switch profile {
      case .generic, .azure: self.init(resultsPerRun: 5_000, results: 25_000)
      // One run: GitHub refuses several of one tool and category. Of more results it keeps 5,000.
      case .github: self.init(resultsPerRun: 5_000, results: 5_000)
      case .gitlab: self.init(resultsPerRun: 5_000, results: 5_000, bytes: 10_000_000)
      }
    }
  }

  private(set) var runs: [[Finding]]
  /// What the reader of the log must know of the rest.
  private(set) var notes: [Notification] = []

  init(_ view: ReportView, limit: Limit) {
    let profile = view.options.sarifProfile
    var findings = view.findings
    // GitHub shows a suppressed result like any other, and at GitLab it takes the place of one that counts.
    if profile == .github || profile == .gitlab {
      findings = view.active
      let count = view.findings.count - findings.count
      if count > 0 {
        notes.append(
          Notification(
            kind: .suppressedLeftOut, level: .note,
            message: "\(count) suppressed findings are left out: this service would show them as open."))
      }
    }
    let total = findings.count
    guard total > min(limit.results, limit.resultsPerRun) else {
      runs = [findings]
      return
    }
    let kept = Array(ReportView.worstFirst(findings).prefix(limit.results))
    if total > kept.count {
      notes.append(
        Notification(
          kind: .findingsLeftOut, level: .warning,
          message:
            "\(total - kept.count) of the findings, the least severe, are left out: services take \(kept.count). "
            + "The json format holds all."))
    }
    runs = stride(from: 0, to: max(1, kept.count), by: limit.resultsPerRun).map { start in
      Array(kept[start..<min(start + limit.resultsPerRun, kept.count)])
    }
  }
}

extension Notification.Kind {
  /// A service takes fewer findings than there are.
  static let findingsLeftOut = Notification.Kind(rawValue: "findings-left-out")
  /// A service does not know of suppression.
  static let suppressedLeftOut = Notification.Kind(rawValue: "suppressed-left-out")
}
