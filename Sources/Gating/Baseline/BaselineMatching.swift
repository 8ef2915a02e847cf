public import Findings

// Within one digest the value is the same, so what is left to decide is which of several equal findings is which entry. The
// passes go from the surest to the least sure sign, each takes what it can, and each costs one look-up for a finding: a file
// may repeat a value a hundred thousand times.

/// Tells the findings of a report by the entries of a baseline.
package struct BaselineMatching: Sendable {
  /// What became of one finding.
  package struct Match: Sendable {
    package var state: FindingState
    /// The index of the entry.
    package var entry: Int
    package var basis: String
  }

  /// Parallel to the findings; `nil`: nothing known is like it.
  package private(set) var matches: [Match?]
  /// How many findings each entry still stands for that were not there.
  private(set) var left: [Int]
  private let baseline: Baseline

  /// - Parameter reach: which part of the tree was scanned.
  package init(_ findings: [Finding], _ baseline: Baseline, reach: ScanReach = .whole, key: [UInt8] = []) {
    self.baseline = baseline
    matches = Array(repeating: nil, count: findings.count)
    left = baseline.entries.map(\.count)
    var entries: [String: [Int]] = [:]
    for (index, entry) in baseline.entries.enumerated() { entries[entry.digest, default: []].append(index) }
    var groups: [String: [Int]] = [:]
    var unknown: [Int] = []
    for (index, finding) in findings.enumerated() {
      if entries[finding.fingerprint.digest] != nil {
        groups[finding.fingerprint.digest, default: []].append(index)
      } else {
        unknown.append(index)
      }
    }
    for (digest, group) in groups {
      unknown += match(group, of: findings, with: entries[digest] ?? [], reach: reach, key: key)
    }
    matchByLine(unknown, of: findings, key: key)
  }

  /// The known findings that are gone: entries with how many of each.
  func gone(reach: ScanReach) -> [(entry: Baseline.Entry, count: Int)] {
    zip(baseline.entries, left).compactMap { entry, count in
      count > 0 && !entry.isFixed && reach.includes(entry.path) ? (entry, count) : nil
    }
  }

  // MARK: One digest

  private struct Place: Hashable {
    var path: SourcePath
    var context: String
  }

  /// - Returns: the findings of the group that are like nothing known.
  private mutating func match(
    _ group: [Int], of findings: [Finding], with entries: [Int], reach: ScanReach, key: [UInt8]
  ) -> [Int] {
    let open = entries.filter { !baseline.entries[$0].isFixed }
    var rest = group
    // One finding and one entry in one file is the usual case.
    if rest.count > 1 || open.count > 1 {
      let contexts = Dictionary(uniqueKeysWithValues: group.map { ($0, Baseline.context(of: findings[$0], key: key)) })
      rest = take(rest, from: open, .existing, "in the baseline: the same line of the same file") { finding in
        Place(path: findings[finding].location.path, context: contexts[finding] ?? "")
      } of: {
        Place(path: $0.path, context: $0.context)
      }
    }
    rest = take(rest, from: open, .existing, "in the baseline: the same file") {
      findings[$0].location.path
    } of: {
      $0.path
    }
    if rest.isEmpty { return [] }
    // What was not scanned is where it was: what is found elsewhere is one more.
    let gone = open.filter { left[$0] > 0 && reach.includes(baseline.entries[$0].path) }
    if gone.count > 1 {
      rest = take(rest, from: gone, .moved, "in the baseline: the same line, which was in another file") {
        Baseline.context(of: findings[$0], key: key)
      } of: {
        $0.context
      }
    }
    rest = take(rest, from: gone, .moved, "in the baseline: it was in another file") { _ in
      0
    } of: { _ in
      0
    }
    return rest.filter { index in
      let finding = findings[index]
      if let entry = open.first {
        // Findings that are about no value may be alike without having to do with each other.
        guard finding.proof != nil || finding.secret != nil else { return true }
        matches[index] = Match(state: .spread, entry: entry, basis: "the same value is known in another place")
        return false
      }
      guard let entry = entries.first else { return true }
      matches[index] = Match(state: .reopened, entry: entry, basis: "the baseline knew it as fixed")
      return false
    }
  }

  /// Gives each finding an entry with the same sign, as long as there are any.
  private mutating func take<Sign: Hashable>(
    _ findings: [Int], from entries: [Int], _ state: FindingState, _ basis: String, _ sign: (Int) -> Sign,
    of entrySign: (Baseline.Entry) -> Sign
  ) -> [Int] {
    if findings.isEmpty || entries.isEmpty { return findings }
    var bySign: [Sign: [Int]] = [:]
    for entry in entries.reversed() where left[entry] > 0 {
      bySign[entrySign(baseline.entries[entry]), default: []].append(entry)
    }
    return findings.filter { finding in
      let sign = sign(finding)
      guard let entry = bySign[sign]?.last else { return true }
      matches[finding] = Match(state: state, entry: entry, basis: basis)
      left[entry] -= 1
      if left[entry] == 0 { bySign[sign]?.removeLast() }
      return false
    }
  }

  // MARK: Other digests

  private struct Line: Hashable {
    var ruleID: String
    var place: Place
  }

  /// A finding about a setting gets another digest when a name in its identity changes; its line is the same still. Never
  /// so for a value: two of them may stand on lines that look alike.
  private mutating func matchByLine(_ unknown: [Int], of findings: [Finding], key: [UInt8]) {
    var entries: [Line: [Int]] = [:]
    var paths: Set<SourcePath> = []
    for (index, entry) in baseline.entries.enumerated()
    where left[index] > 0 && !entry.isFixed && !entry.context.isEmpty {
      entries[Line(ruleID: entry.ruleID, place: Place(path: entry.path, context: entry.context)), default: []].append(
        index)
      paths.insert(entry.path)
    }
    if entries.isEmpty { return }
    for index in unknown.sorted() {
      let finding = findings[index]
      guard finding.proof == nil, finding.secret == nil, paths.contains(finding.location.path) else { continue }
      let place = Place(path: finding.location.path, context: Baseline.context(of: finding, key: key))
      let line = Line(ruleID: finding.ruleID, place: place)
      guard let entry = entries[line]?.last else { continue }
      matches[index] = Match(state: .existing, entry: entry, basis: "in the baseline: the same rule on the same line")
      left[entry] -= 1
      if left[entry] == 0 { entries[line]?.removeLast() }
    }
  }
}

/// Which part of a tree a scan looked at.
public enum ScanReach: Sendable {
  /// All of it: what is not found is not there.
  case whole
  /// These files, those that are gone among them.
  case files(Set<SourcePath>)
  /// Nobody knows.
  case unknown

  func includes(_ path: SourcePath) -> Bool {
    switch self {
    case .whole: true
    case .files(let paths): paths.contains(path)
    case .unknown: false
    }
  }

  var isWhole: Bool { if case .whole = self { true } else { false } }
}
