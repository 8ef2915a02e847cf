internal import Findings
internal import Gating

/// Writes a verdict for people: what blocks and the one next step, what was excused by whom and until when, and what ends
/// next.
struct VerdictText {
  private let verdict: Verdict

  init(_ verdict: Verdict) {
    self.verdict = verdict
  }

  func written() -> String {
    var lines = ["gate \(verdict.outcome): \(verdict.reasons.joined(separator: "; "))"]
    lines += denied + excused + exceptions + budgets
    if let step = verdict.nextStep { lines.append(step) }
    return lines.joined(separator: "\n") + "\n"
  }

  private var denied: [String] {
    let denied = verdict.decisions.filter { $0.effect == .deny }
    var lines: [String] = []
    // What a rule of the policy says to people is said once.
    var said: Set<String> = []
    for decision in denied.prefix(verdict.listLimit) {
      let state = decision.state == .new ? "" : " (\(decision.state.rawValue))"
      lines.append(
        "  \(Self.place(of: decision.finding))  \(decision.finding.ruleID)\(state)  \(Self.short(decision.finding.fingerprint))"
      )
      for text in [decision.message, decision.fix].compactMap({ $0 }) where said.insert(text).inserted {
        lines.append("      \(Self.line(text))")
      }
    }
    return lines + more(denied.count)
  }

  private var excused: [String] {
    let excused = verdict.decisions.filter { $0.isExcused && $0.unexcused == .deny }
    if excused.isEmpty { return [] }
    var lines = ["excused: \(excused.count) of what would be denied"]
    for decision in excused.prefix(verdict.listLimit) {
      lines.append("  \(Self.place(of: decision.finding))  \(decision.finding.ruleID): \(Self.excuse(decision))")
    }
    return lines + more(excused.count)
  }

  private var exceptions: [String] {
    var lines: [String] = []
    let usable = verdict.exceptions.filter { $0.status == .used || $0.status == .expiring }
    if let next = usable.min(by: { ($0.until, $0.id) < ($1.until, $1.id) }) {
      let days = next.until.number - verdict.asOf.number
      let time = days == 0 ? "today" : days == 1 ? "tomorrow" : "in \(days) days"
      lines.append("ends next: exception \(next.id) of \(Self.line(next.owner)) on \(next.until), \(time)")
    }
    for exception in verdict.exceptions {
      let place = "\(exception.file):\(exception.line): exception \(exception.id) of \(Self.line(exception.owner))"
      switch exception.status {
      case .used: break
      case .expiring: lines.append("warning: \(place) ends on \(exception.until)")
      case .unused: lines.append("warning: \(place) is not needed: take it out")
      case .duplicate: lines.append("warning: \(place) accepts nothing that another one does not: take it out")
      case .expired:
        lines.append(
          "warning: \(place) has ended: \(Self.line(exception.detail.isEmpty ? "\(exception.until)" : exception.detail))"
        )
      case .void: lines.append("warning: \(place) does not hold: \(Self.line(exception.detail))")
      }
    }
    return lines
  }

  private var budgets: [String] {
    verdict.budgets.filter { $0.isBroken && $0.effect == .warn }.map {
      "warning: budget \($0.id): \($0.used) \($0.unit), limit \($0.limit ?? $0.before ?? 0)"
    }
  }

  private func more(_ count: Int) -> [String] {
    count > verdict.listLimit ? ["  … and \(count - verdict.listLimit) more"] : []
  }

  // MARK: Words that other forms use too

  static func place(of finding: Finding) -> String {
    let start = finding.location.region.start
    let path = finding.location.path.bytes.isEmpty ? "-" : finding.location.path.description
    return "\(path):\(start.line):\(start.column)"
  }

  /// As much of a fingerprint as people type.
  static func short(_ fingerprint: Fingerprint) -> String {
    fingerprint.ordinal == 1
      ? String(fingerprint.digest.prefix(12)) : "\(fingerprint.digest.prefix(12)):\(fingerprint.ordinal)"
  }

  /// By whom something was excused, until when and why.
  static func excuse(_ decision: Decision) -> String {
    for reason in decision.because.reversed() {
      switch reason {
      case .exception, .suppressed: return reason.text
      default: continue
      }
    }
    return ""
  }

  /// On one line, without what steers a terminal.
  static func line(_ text: String) -> String {
    var shown = ""
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator:
        shown += scalar == "\n" || scalar == "\t" ? " " : scalar.escaped(asASCII: true)
      default: shown.unicodeScalars.append(scalar)
      }
    }
    return shown
  }
}
