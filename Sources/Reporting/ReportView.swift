internal import Findings

// What every format asks of a report is computed here, once and the same for all: which rule a finding belongs to, what
// it is called, what counts and in which order. A writer then only knows its format.

/// A report made ready for a writer.
struct ReportView {
  let report: Report
  let options: RenderOptions
  /// The rules, each id once, by id.
  let rules: [Rule]
  private let ruleIndices: [String: Int]

  init(_ report: Report, options: RenderOptions = RenderOptions()) {
    self.report = report
    self.options = options
    var indices: [String: Int] = [:]
    var rules = report.rules
    // Nearly every report comes with its rules in order.
    let isSorted = zip(rules, rules.dropFirst()).allSatisfy { $0.id < $1.id }
    if !isSorted {
      var byID: [String: Rule] = [:]
      for rule in rules where byID[rule.id] == nil { byID[rule.id] = rule }
      rules = byID.values.sorted { $0.id < $1.id }
    }
    for (index, rule) in rules.enumerated() { indices[rule.id] = index }
    self.rules = rules
    ruleIndices = indices
  }

  // MARK: Findings

  /// All findings in the order of the report, suppressed ones included.
  var findings: [Finding] { report.findings }

  /// The findings that count, in the order of the report.
  var active: [Finding] { report.findings.filter { !$0.isSuppressed } }

  /// The findings that count, the most severe first, those of one severity in the order of the report.
  var worstFirst: [Finding] { Self.worstFirst(report.findings).filter { !$0.isSuppressed } }

  /// `findings` with the most severe first, those of one severity as they stand.
  static func worstFirst(_ findings: [Finding]) -> [Finding] {
    Severity.allCases.reversed().flatMap { severity in findings.filter { $0.severity == severity } }
  }

  /// How many findings of each severity count; no entry for none.
  var counts: [(severity: Severity, count: Int)] {
    var counts: [Severity: Int] = [:]
    for finding in report.findings where !finding.isSuppressed { counts[finding.severity, default: 0] += 1 }
    return Severity.allCases.reversed().compactMap { severity in counts[severity].map { (severity, $0) } }
  }

  /// `2 critical, 1 medium`; empty when nothing counts.
  var countText: String { counts.map { "\($0.count) \($0.severity.rawValue)" }.joined(separator: ", ") }

  var suppressedCount: Int { report.findings.count(where: \.isSuppressed) }

  /// Whether Tollgate made the report, and not another tool whose report was read.
  var isOwn: Bool { report.tool.lowercased() == "tollgate" }

  // MARK: Rules

  func ruleIndex(of finding: Finding) -> Int? { ruleIndices[finding.ruleID] }

  /// `nil` where a report of another tool does not describe the rule.
  func rule(of finding: Finding) -> Rule? { ruleIndices[finding.ruleID].map { rules[$0] } }

  /// The rules that have findings, by id.
  var firedRules: [Rule] {
    var hasFired = [Bool](repeating: false, count: rules.count)
    for finding in report.findings {
      if let index = ruleIndices[finding.ruleID] { hasFired[index] = true }
    }
    return rules.indices.lazy.filter { hasFired[$0] }.map { rules[$0] }
  }

  /// The weaknesses by which GitLab tells a secret from other findings
  /// (https://docs.gitlab.com/user/application_security/detect/sarif/).
  private static let credentialWeaknesses: Set<Int> = [256, 257, 259, 312, 319, 321, 522, 540, 798]

  /// Whether a finding is about a credential; a report that was read no longer holds its value.
  func isCredential(_ finding: Finding) -> Bool {
    finding.secret != nil || finding.proof != nil
      || rule(of: finding)?.weaknesses.contains(where: Self.credentialWeaknesses.contains) == true
  }

  // MARK: Texts that are never empty

  /// What the finding is, in a few words.
  func title(of finding: Finding) -> String {
    if let title = rule(of: finding)?.title, !title.isEmpty { return title }
    return message(of: finding)
  }

  func title(of rule: Rule) -> String { rule.title.isEmpty ? rule.id : rule.title }

  func message(of finding: Finding) -> String { finding.message.isEmpty ? finding.ruleID : finding.message }

  /// The page that says most about a rule.
  func page(of rule: Rule?) -> String? { rule?.references.first(where: WebAddress.isValid) }
}

extension RenderOptions.Verdict {
  /// What a report alone says: whether it is complete, and whether anything in it counts.
  init(of view: ReportView) {
    let count = view.active.count
    let found = count == 0 ? "No findings" : count == 1 ? "1 finding" : "\(count) findings"
    if let reason = view.report.incompleteReason {
      self.init(outcome: .incomplete, headline: "Incomplete: \(found.lowercased())", details: [reason])
    } else {
      self.init(outcome: count == 0 ? .pass : .fail, headline: found, details: count == 0 ? [] : [view.countText])
    }
  }
}

extension Finding {
  /// Whether it is about a file; one of the whole repository, or of another tool, need not be.
  var hasFile: Bool { !location.path.bytes.isEmpty }
}

/// Addresses that services accept as links.
enum WebAddress {
  /// Whether it is an http address none of whose characters need encoding.
  static func isValid(_ text: String) -> Bool {
    (text.hasPrefix("https://") || text.hasPrefix("http://")) && text.utf8.count <= SARIFLimit.uri
      && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !#"<>"{}|\^`"#.utf8.contains($0) }
  }
}
