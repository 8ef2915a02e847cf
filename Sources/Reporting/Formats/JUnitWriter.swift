internal import Findings

// There is no specification of JUnit's XML. Jenkins' and GitLab's readers agree on what is written here: suites of cases
// that passed, failed, were skipped or had an error (https://github.com/testmoapp/junitxml). Jenkins keeps one failure of a
// case and takes class and name as its identity, so every finding is a case of its own.

/// Writes JUnit XML: a suite for each rule pack, a case for each finding, and one that passed for each rule without any.
struct JUnitWriter: ReportWriter {
  let view: ReportView

  init(_ view: ReportView) { self.view = view }

  private enum Outcome {
    case passed
    case failed(kind: String, message: String, text: String)
    case skipped(reason: String)
    case broken(kind: String, message: String)
  }

  private struct Case {
    var rule: String
    var name: String
    var place: Location?
    var outcome: Outcome
  }

  private struct Suite {
    var name: String
    var cases: [Case] = []
  }

  func written() -> [UInt8] {
    let suites = suites()
    var writer = XMLWriter()
    writer.element("testsuites", [("name", view.report.tool)] + counts(of: suites.flatMap(\.cases))) { root in
      for suite in suites {
        root.element("testsuite", [("name", suite.name)] + counts(of: suite.cases)) { element in
          for testCase in suite.cases { write(testCase, in: &element) }
        }
      }
    }
    return writer.bytes
  }

  private func suites() -> [Suite] {
    var suites: [Suite] = []
    var places: [String: Int] = [:]
    func add(_ testCase: Case, to name: String) {
      if places[name] == nil {
        places[name] = suites.count
        suites.append(Suite(name: name))
      }
      suites[places[name] ?? 0].cases.append(testCase)
    }
    for pack in view.report.packs where places[pack.name] == nil {
      places[pack.name] = suites.count
      suites.append(Suite(name: pack.name))
    }
    var names: [String: Int] = [:]
    for finding in view.findings {
      let start = finding.location.region.start
      let place = finding.hasFile ? " at \(finding.location.path):\(start.line):\(start.column)" : ""
      var name = PlainText.line(view.title(of: finding)) + place
      names[finding.ruleID + name, default: 0] += 1
      if let count = names[finding.ruleID + name], count > 1 { name += " (\(count))" }
      let testCase = Case(rule: finding.ruleID, name: name, place: finding.location, outcome: outcome(of: finding))
      add(testCase, to: pack(of: view.rule(of: finding)))
    }
    let fired = Set(view.findings.map(\.ruleID))
    for rule in view.rules where !fired.contains(rule.id) {
      add(Case(rule: rule.id, name: PlainText.line(view.title(of: rule)), outcome: .passed), to: pack(of: rule))
    }
    for notification in view.report.notifications where notification.level == .error {
      let place = notification.path.map { " at \($0)" } ?? ""
      let kind = notification.kind.rawValue
      let outcome = Outcome.broken(kind: kind, message: PlainText.line(notification.message))
      add(Case(rule: "scan", name: PlainText.line(kind) + place, outcome: outcome), to: "scan")
    }
    return suites
  }

  private func pack(of rule: Rule?) -> String {
    rule.flatMap { $0.pack.isEmpty ? nil : $0.pack } ?? view.report.tool
  }

  /// What can fail a gate fails; the rest is shown as skipped, with the reason.
  private func outcome(of finding: Finding) -> Outcome {
    if let suppression = finding.suppression { return .skipped(reason: "suppressed: \(suppression.reason)") }
    if finding.level == .audit { return .skipped(reason: "advice: \(view.message(of: finding))") }
    if finding.novelty == .existing { return .skipped(reason: "not of this change: \(view.message(of: finding))") }
    let rule = view.rule(of: finding)
    let paragraphs = [finding.snippet?.text ?? "", rule?.why ?? "", rule?.fix ?? "", view.page(of: rule) ?? ""]
    return .failed(
      kind: finding.severity.rawValue, message: view.message(of: finding),
      text: paragraphs.filter { !$0.isEmpty }.joined(separator: "\n"))
  }

  private func counts(of cases: [Case]) -> [XMLWriter.Attribute] {
    var (failures, errors, skipped) = (0, 0, 0)
    for testCase in cases {
      switch testCase.outcome {
      case .passed: break
      case .failed: failures += 1
      case .broken: errors += 1
      case .skipped: skipped += 1
      }
    }
    return [
      ("tests", String(cases.count)), ("failures", String(failures)), ("errors", String(errors)),
      ("skipped", String(skipped)),
    ]
  }

  private func write(_ testCase: Case, in writer: inout XMLWriter) {
    var attributes = [("name", testCase.name), ("classname", testCase.rule)]
    if let place = testCase.place, !place.path.bytes.isEmpty {
      attributes += [("file", place.path.exactText), ("line", String(place.region.start.line))]
    }
    switch testCase.outcome {
    case .passed: writer.element("testcase", attributes)
    case .failed(let kind, let message, let text):
      writer.element("testcase", attributes) {
        $0.element("failure", [("type", kind), ("message", PlainText.line(message))], text: text)
      }
    case .broken(let kind, let message):
      writer.element("testcase", attributes) { $0.element("error", [("type", kind), ("message", message)]) }
    case .skipped(let reason):
      writer.element("testcase", attributes) { $0.element("skipped", [("message", PlainText.line(reason))]) }
    }
  }
}
