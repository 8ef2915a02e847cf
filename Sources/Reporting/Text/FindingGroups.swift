internal import Findings

/// Findings by file, and those of loud rules as counts.
struct FindingGroups {
  /// What is left of the findings of one rule and severity.
  struct Fold {
    /// The first of them.
    var finding: Finding
    var count = 0
    var paths: Set<SourcePath> = []
  }

  private struct Kind: Hashable {
    var ruleID: String
    var severity: Severity
  }

  /// Each file once, in the order of the findings.
  private(set) var files: [(path: SourcePath, findings: [Finding])] = []
  private(set) var folds: [Fold] = []

  /// - Parameter limit: how many findings of one rule and one severity are kept. Those that are graded apart are not hidden
  ///   behind each other: a proved credential, behind many that are disproved.
  init(_ findings: [Finding], limit: Int) {
    var places: [SourcePath: Int] = [:]
    var counts: [Kind: Int] = [:]
    var foldPlaces: [Kind: Int] = [:]
    for finding in findings {
      let kind = Kind(ruleID: finding.ruleID, severity: finding.severity)
      let path = finding.location.path
      counts[kind, default: 0] += 1
      if counts[kind, default: 0] > limit {
        let place = foldPlaces[kind] ?? folds.count
        if place == folds.count {
          foldPlaces[kind] = place
          folds.append(Fold(finding: finding))
        }
        folds[place].count += 1
        folds[place].paths.insert(path)
      } else if let place = places[path] {
        files[place].findings.append(finding)
      } else {
        places[path] = files.count
        files.append((path, [finding]))
      }
    }
  }
}
