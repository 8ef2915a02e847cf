package import Findings

/// The findings of a history, one for each credential and path however many versions of the file hold it: the earliest
/// one stays, and knows whether any version of HEAD's still holds it.
package struct HistoryFindings: Sendable {
  package private(set) var findings: [Finding] = []
  private var places: [Key: (index: Int, rank: Int)] = [:]

  private struct Key: Hashable {
    var fingerprint: Fingerprint
    var path: SourcePath
  }

  package init() {}

  /// - Parameters:
  ///   - finding: with the ordinal of its fingerprint within its file.
  ///   - rank: less for what came earlier.
  package mutating func add(_ finding: Finding, rank: Int) {
    let key = Key(fingerprint: finding.fingerprint, path: finding.location.path)
    guard let place = places[key] else {
      places[key] = (findings.count, rank)
      findings.append(finding)
      return
    }
    let isInHead = finding.provenance?.isInHead == true || findings[place.index].provenance?.isInHead == true
    // Equal ranks: two versions of one commit, under one path only by a merge; the name decides, not the timing.
    let known = findings[place.index]
    if (rank, finding.provenance?.blob ?? "") < (place.rank, known.provenance?.blob ?? "") {
      findings[place.index] = finding
      places[key] = (place.index, rank)
    }
    findings[place.index].provenance?.isInHead = isInHead
  }
}
