internal import Findings

// Several tools over one tree say the same thing several times. Two findings of different tools are one problem when they
// name the same advisory, when one tool's rule is an alias of the other's at the same place, or when both are about the
// credential that stands there. Nothing is joined on a place alone: a query and the password in it share a line.

/// Which findings of a report of several tools are about the same problem.
struct FindingJoin {
  /// For each finding the first one of its group; itself where it stands alone.
  private(set) var leaders: [Int]
  /// The groups of more than one finding, each in the order of the report.
  private(set) var groups: [[Int]] = []

  private let findings: [Finding]
  private let rules: [String: RuleFacts]
  let sources: [String]
  /// The tools that speak in the group of a leader: what one tool says twice is two findings, and they stay two.
  private var tools: [Int: Set<String>] = [:]
  private var hasJoined = false

  /// - Parameter rules: what is known of the rules, by id.
  init(_ report: Report, rules: [String: RuleFacts]) {
    findings = report.findings
    self.rules = rules
    let own = Set(report.packs.map(\.name))
    sources = findings.map { finding in
      let pack = rules[finding.ruleID]?.metadata?.pack ?? ""
      // Rules of our own packs are one tool.
      return own.contains(pack) || pack == "tollgate" ? "tollgate" : pack
    }
    leaders = Array(findings.indices)
    // Where nothing is there twice, which is nearly always so, the rest need not be compared.
    if Set(findings.lazy.map(\.fingerprint)).count < findings.count { joinByFingerprint() }
    guard Set(sources).count > 1 else {
      collect()
      return
    }
    joinByAdvisory()
    joinByPlace()
    collect()
  }

  // MARK: What joins

  /// A report that was given twice, or whose results another tool took over.
  private mutating func joinByFingerprint() {
    var first: [Sameness: Int] = [:]
    for (index, finding) in findings.enumerated() {
      let key = Sameness(
        fingerprint: finding.fingerprint, ruleID: finding.ruleID, severity: finding.severity, location: finding.location
      )
      if let other = first[key] { join(other, index, isSure: true) } else { first[key] = index }
    }
  }

  /// The same vulnerability in the same file, under whichever of its names (CVE, GHSA, …).
  private mutating func joinByAdvisory() {
    // Rules that name several say that they are the same.
    var canonical: [String: String] = [:]
    func root(_ name: String) -> String {
      var name = name
      while let next = canonical[name], next != name { name = next }
      return name
    }
    var names: [String: [String]] = [:]
    for (id, facts) in rules {
      let found = Set(
        ([id] + (facts.metadata.map { [$0.title] + $0.tags + $0.aliases } ?? [])).flatMap(Self.advisories))
      names[id] = found.sorted()
    }
    for id in names.keys.sorted() {
      guard let all = names[id], let first = all.first else { continue }
      for other in all.dropFirst() { canonical[root(other)] = root(first) }
    }
    struct Key: Hashable {
      var name: String
      var path: SourcePath
    }
    var first: [Key: Int] = [:]
    for (index, finding) in findings.enumerated() {
      guard let name = names[finding.ruleID]?.first ?? Self.onlyAdvisory(in: finding.message) else { continue }
      let key = Key(name: root(name), path: finding.location.path)
      if let other = first[key] { join(other, index) } else { first[key] = index }
    }
  }

  private mutating func joinByPlace() {
    let byPath = Dictionary(grouping: findings.indices) { findings[$0].location.path }
    for path in byPath.keys.sorted() {
      let indexes = (byPath[path] ?? []).sorted {
        (findings[$0].location.region.start.line, $0) < (findings[$1].location.region.start.line, $1)
      }
      for (place, index) in indexes.enumerated() {
        let end = findings[index].location.region.end.line
        // A tool that points at a whole file would be held against all of it: so many neighbours are enough.
        for other in indexes[(place + 1)...].prefix(200) {
          if findings[other].location.region.start.line > end { break }
          if sources[index] != sources[other], isSame(index, other) { join(index, other) }
        }
      }
    }
  }

  private func isSame(_ left: Int, _ right: Int) -> Bool {
    guard let first = rules[findings[left].ruleID], let second = rules[findings[right].ruleID] else { return false }
    if names(first, sources[left], second) || names(second, sources[right], first) { return true }
    return isAboutCredential(left, first) && isAboutCredential(right, second)
  }

  /// Whether a rule is an alias of another: `zizmor/unpinned-uses`, or the id alone.
  private func names(_ rule: RuleFacts, _ source: String, _ other: RuleFacts) -> Bool {
    let full = source.lowercased().utf8 + [UInt8(ascii: "/")] + rule.id
    return other.aliases.contains { alias in alias == rule.id || alias == full }
  }

  private func isAboutCredential(_ index: Int, _ rule: RuleFacts) -> Bool {
    if findings[index].proof != nil || findings[index].secret != nil { return true }
    if sources[index] == "tollgate" { return false }
    // Hard-coded credentials, passwords and keys (https://cwe.mitre.org/data/definitions/798.html).
    if !rule.weaknesses.isDisjoint(with: [259, 321, 798]) { return true }
    let words = [rule.metadata?.id ?? "", rule.metadata?.title ?? "", sources[index]].joined(separator: " ")
      .lowercased()
    return Self.credentialWords.contains { words.contains($0) }
  }

  private static let credentialWords = [
    "secret", "credential", "password", "passwd", "token", "api-key", "api_key", "api key", "apikey", "private-key",
    "private key", "access-key", "access key", "gitleaks", "kingfisher", "trufflehog", "detect-secrets",
  ]

  // MARK: Names of advisories

  /// `CVE-2021-44228` and `GHSA-jfh8-c2jp-5v3q` in a text, in capitals.
  static func advisories(_ text: String) -> [String] {
    guard text.utf8.count < 4_000 else { return [] }
    let bytes = Array(text.uppercased().utf8)
    var found: [String] = []
    for prefix in ["CVE-", "GHSA-"] {
      var start = 0
      while let place = bytes.firstOffset(of: Array(prefix.utf8), from: start) {
        start = place + prefix.utf8.count
        let rest = bytes[start...].prefix {
          $0 == 0x2D || (0x30...0x39).contains($0) || (prefix == "GHSA-" && (0x41...0x5A).contains($0))
        }
        let parts = rest.split(separator: 0x2D, omittingEmptySubsequences: false)
        let isCVE = prefix == "CVE-" && parts.count == 2 && parts[0].count == 4 && (4...10).contains(parts[1].count)
        let isGHSA = prefix == "GHSA-" && parts.count == 3 && parts.allSatisfy { $0.count == 4 }
        if isCVE || isGHSA { found.append(prefix + String(decoding: rest, as: UTF8.self)) }
      }
    }
    return found
  }

  private static func onlyAdvisory(in text: String) -> String? {
    let found = Set(advisories(text))
    return found.count == 1 ? found.first : nil
  }

  // MARK: Groups

  private func leader(of index: Int) -> Int {
    var index = index
    while leaders[index] != index { index = leaders[index] }
    return index
  }

  private mutating func join(_ left: Int, _ right: Int, isSure: Bool = false) {
    let (one, two) = (leader(of: left), leader(of: right))
    let (first, second) = (min(one, two), max(one, two))
    let (own, others) = (tools[first] ?? [sources[first]], tools[second] ?? [sources[second]])
    guard first != second, isSure || own.isDisjoint(with: others) else { return }
    leaders[second] = first
    tools[first] = own.union(others)
    hasJoined = true
  }

  private mutating func collect() {
    if !hasJoined { return }
    var members: [Int: [Int]] = [:]
    for index in leaders.indices {
      let first = leader(of: index)
      leaders[index] = first
      members[first, default: []].append(index)
    }
    groups = members.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
  }
}

/// What makes two results the same.
private struct Sameness: Hashable {
  var fingerprint: Fingerprint
  var ruleID: String
  var severity: Severity
  var location: Location
}
