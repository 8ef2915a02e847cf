extension Report {
  /// One report out of several, as if one program had written it: for a gate over the reports of many tools.
  ///
  /// The findings keep the order of the reports. Coverage adds up only where all reports tell it.
  public init(merging reports: [Report]) {
    let names = reports.map(\.tool)
    self.init(
      tool: Set(names).count == 1 ? names.first ?? "" : names.joined(separator: ", "),
      version: reports.count == 1 ? reports[0].version : "")
    var rules: [String: Rule] = [:]
    for report in reports {
      for pack in report.packs where !packs.contains(pack) { packs.append(pack) }
      for rule in report.rules where rules[rule.id] == nil { rules[rule.id] = rule }
      findings += report.findings
      notifications += report.notifications
    }
    self.rules = rules.values.sorted { $0.id < $1.id }
    let coverages = reports.compactMap(\.coverage)
    if coverages.count == reports.count, !reports.isEmpty {
      coverage = coverages.reduce(into: Coverage()) { sum, one in
        sum.files += one.files
        sum.bytes += one.bytes
      }
    }
  }
}
