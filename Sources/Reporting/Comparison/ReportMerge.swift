public import Findings

/// Several reports as one: the same whatever order they come in.
///
/// A pipeline that scans in shards gives the shards' reports, one that runs several tools gives theirs.
public enum ReportMerge {
  /// One report for each tool, by its name. Within each the findings stand by path, place and rule, and what several
  /// reports tell alike is told once.
  public static func byTool(_ reports: [Report]) -> [Report] {
    let groups = Dictionary(grouping: reports, by: \.tool)
    return groups.keys.sorted().map { merged(groups[$0] ?? []) }
  }

  private static func merged(_ reports: [Report]) -> Report {
    // Where two reports differ on the same rule or version the choice must not depend on their order.
    let ordered = reports.sorted { ($0.version, $0.findings.count) < ($1.version, $1.findings.count) }
    var report = Report(merging: ordered)
    report.version = ordered.map(\.version).max() ?? ""
    report.packs = Array(Set(report.packs)).sorted { ($0.name, $0.digest) < ($1.name, $1.digest) }
    var rules: [String: Rule] = [:]
    for rule in ordered.flatMap(\.rules) {
      if let known = rules[rule.id], !precedes(rule, known) { continue }
      rules[rule.id] = rule
    }
    report.rules = rules.values.sorted { $0.id < $1.id }
    report.findings = numbered(union(ordered.map(\.findings)).sorted(by: precedes))
    report.notifications = Array(Set(report.notifications)).sorted { left, right in
      let paths = (left.path?.bytes ?? [], right.path?.bytes ?? [])
      if paths.0 != paths.1 { return paths.0.precedes(paths.1) }
      return (left.kind.rawValue, left.message) < (right.kind.rawValue, right.message)
    }
    return report
  }

  private static func precedes(_ left: Rule, _ right: Rule) -> Bool {
    (left.title, left.why, left.fix, left.tags.joined(separator: " "))
      < (right.title, right.why, right.fix, right.tags.joined(separator: " "))
  }

  private static func precedes(_ left: Finding, _ right: Finding) -> Bool {
    let (first, second) = (left.location, right.location)
    if first.path != second.path { return first.path < second.path }
    if first.region.start != second.region.start { return first.region.start < second.region.start }
    if first.region.end != second.region.end { return first.region.end < second.region.end }
    if left.ruleID != right.ruleID { return left.ruleID < right.ruleID }
    if left.fingerprint != right.fingerprint { return left.fingerprint < right.fingerprint }
    if left.isSuppressed != right.isSuppressed { return !left.isSuppressed }
    return (left.message, left.severity.rawValue) < (right.message, right.severity.rawValue)
  }

  /// What several reports tell alike once; what one tells twice stays twice. A finding that one report suppresses and another
  /// does not counts.
  private static func union(_ reports: [[Finding]]) -> [Finding] {
    struct Key: Hashable {
      var ruleID: String
      var location: Location
      var digest: String
      /// Counts what is alike in one report.
      var number: Int
    }
    if reports.count == 1 { return reports[0] }
    var places: [Key: Int] = [:]
    var union: [Finding] = []
    for findings in reports {
      var counts: [Key: Int] = [:]
      for finding in findings.sorted(by: precedes) {
        var location = finding.location
        location.region.byteRange = nil
        var key = Key(ruleID: finding.ruleID, location: location, digest: finding.fingerprint.digest, number: 0)
        counts[key, default: 0] += 1
        key.number = counts[key] ?? 1
        if let place = places[key] {
          if precedes(finding, union[place]) { union[place] = finding }
        } else {
          places[key] = union.count
          union.append(finding)
        }
      }
    }
    return union
  }

  /// Reports count equal digests each from 1; where two then share a number they are counted anew.
  private static func numbered(_ findings: [Finding]) -> [Finding] {
    var seen: Set<Fingerprint> = []
    var colliding: Set<String> = []
    for finding in findings where !seen.insert(finding.fingerprint).inserted {
      colliding.insert(finding.fingerprint.digest)
    }
    if colliding.isEmpty { return findings }
    var counts: [String: Int] = [:]
    return findings.map { finding in
      guard colliding.contains(finding.fingerprint.digest) else { return finding }
      var numbered = finding
      counts[finding.fingerprint.digest, default: 0] += 1
      numbered.fingerprint.ordinal = counts[finding.fingerprint.digest] ?? 1
      return numbered
    }
  }
}

/// Writes several reports in one format: as SARIF each tool keeps a run of its own, in other formats they become one.
public func render(
  _ reports: [Report], as format: ReportFormat, options: RenderOptions = RenderOptions()
) -> [UInt8] {
  if format == .sarif, reports.count > 1 { return SARIFWriter.log(of: reports, options: options) }
  return render(reports.count == 1 ? reports[0] : Report(merging: reports), as: format, options: options)
}
