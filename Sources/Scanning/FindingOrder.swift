internal import Findings

/// The order of findings and notifications in a report, which depends on the input alone.
enum FindingOrder {
  static func sort(_ findings: inout [Finding]) {
    findings.sort { key($0) < key($1) }
  }

  /// Also drops equal ones: each worker tells of what all of them meet, such as a root that has gone.
  static func sort(_ notifications: inout [Notification]) {
    notifications.sort { left, right in
      (left.path ?? SourcePath(""), left.kind.rawValue, left.message)
        < (right.path ?? SourcePath(""), right.kind.rawValue, right.message)
    }
    notifications = notifications.reduce(into: []) { if $0.last != $1 { $0.append($1) } }
  }

  /// Counts equal fingerprints in the order of `findings`.
  static func number(_ findings: inout [Finding]) {
    var counts: [String: Int] = [:]
    for index in findings.indices {
      let digest = findings[index].fingerprint.digest
      counts[digest, default: 0] += 1
      findings[index].fingerprint.ordinal = counts[digest, default: 1]
    }
  }

  private static func key(_ finding: Finding) -> (SourcePath, Position, Position, String, String) {
    // In a history one path has many versions.
    (
      finding.location.path, finding.location.region.start, finding.location.region.end, finding.ruleID,
      finding.provenance?.blob ?? ""
    )
  }
}
