public import Findings

extension Baseline {
  /// What differs between a baseline and what is found today.
  public struct Difference: Hashable, Sendable {
    /// Findings that it does not hold: new ones, copies of known values, ones that came back.
    public var added: [Finding]
    /// Known findings that are no longer there, with their number.
    public var gone: [Gone]
    /// Known findings that are in another file now.
    public var moved: [Finding]

    public var isEmpty: Bool { added.isEmpty && gone.isEmpty && moved.isEmpty }
  }

  /// A known finding that is no longer there.
  public struct Gone: Hashable, Sendable {
    public var ruleID: String
    public var path: SourcePath
    public var digest: String
    public var count: Int
  }

  /// Compares with a report on the same tree.
  ///
  /// - Parameter key: see ``Fingerprint``.
  public func difference(to report: Report, reach: ScanReach = .whole, key: [UInt8]) -> Difference {
    let findings = report.findings.filter { $0.suppression == nil || $0.suppression?.exceptionID != nil }
    let matching = BaselineMatching(findings, self, reach: reach, key: key)
    var difference = Difference(added: [], gone: [], moved: [])
    for (finding, match) in zip(findings, matching.matches) {
      switch match?.state {
      case .existing?: break
      case .moved?: difference.moved.append(finding)
      default: difference.added.append(finding)
      }
    }
    difference.gone = matching.gone(reach: reach).map {
      Gone(ruleID: $0.entry.ruleID, path: $0.entry.path, digest: $0.entry.digest, count: $0.count)
    }
    return difference
  }

  /// The baseline after today's findings: new ones are added with today as their day, moved ones get their new path and keep
  /// their day, and those that are gone are kept as fixed, so that they are known when they come back.
  public func updated(with report: Report, reach: ScanReach = .whole, on day: Day, key: [UInt8]) -> Baseline {
    let findings = report.findings.filter { $0.suppression == nil || $0.suppression?.exceptionID != nil }
    let matching = BaselineMatching(findings, self, reach: reach, key: key)
    var counts: [Entry: Int] = [:]
    func add(_ entry: Entry, _ count: Int) {
      var entry = entry
      entry.count = 1
      counts[entry, default: 0] += count
    }
    for (finding, match) in zip(findings, matching.matches) {
      var since: Day? = day
      if let match, match.state == .existing || match.state == .moved { since = entries[match.entry].since }
      add(Self.entry(of: finding, since: since, key: key), 1)
    }
    let present = Set(findings.map(\.fingerprint.digest))
    for (index, entry) in entries.enumerated() {
      var rest = entry
      if entry.isFixed {
        // What came back is open again, and no longer fixed.
        if !present.contains(entry.digest) { add(rest, entry.count) }
      } else if matching.left[index] > 0 {
        rest.isFixed = reach.includes(entry.path)
        // A value that is still somewhere is not fixed because one of its copies is gone.
        if !rest.isFixed || !present.contains(entry.digest) { add(rest, matching.left[index]) }
      }
    }
    var baseline = Baseline()
    baseline.knownRules = knownRules.union(report.rules.map(\.id))
    baseline.entries = counts.map { entry, count in
      var entry = entry
      entry.count = count
      return entry
    }
    baseline.entries.sort { BaselineFile.precedes($0, $1) }
    return baseline
  }

  /// The baseline without what is fixed, and without what is not found today.
  public func pruned(with report: Report, reach: ScanReach = .whole, key: [UInt8]) -> Baseline {
    let matching = BaselineMatching(report.findings, self, reach: reach, key: key)
    var baseline = self
    baseline.input = nil
    baseline.entries = entries.enumerated().compactMap { index, entry in
      if entry.isFixed { return nil }
      guard matching.left[index] > 0, reach.includes(entry.path) else { return entry }
      var entry = entry
      entry.count -= matching.left[index]
      return entry.count > 0 ? entry : nil
    }
    return baseline
  }

  /// How many findings are known and open.
  public var openCount: Int { entries.reduce(0) { $0 + ($1.isFixed ? 0 : $1.count) } }
}
