internal import Findings
internal import RulePacks

/// One credential, one finding: of matches whose values overlap the most specific stays, and the halves of one credential
/// become one.
struct MatchMerging {
  /// A match that becomes a finding, and those that gave way to it.
  struct Merged {
    var match: TextRuleSet.Match
    /// Matches of the same value, or a part of it; the most specific first.
    var overlapped: [TextRuleSet.Match] = []
    /// Matches of its other halves, and of what those overlapped.
    var joined: [TextRuleSet.Match] = []

    /// The ids of the rules that gave way.
    func alsoMatched(_ rules: [TextRule]) -> [String] {
      var seen: Set<Int> = [match.rule]
      return (overlapped + joined).filter { seen.insert($0.rule).inserted }.map { rules[$0.rule].metadata.id }
    }
  }

  private let rules: [TextRule]
  /// Whether a comment excepts a match by itself: then it stays a finding of its own, and suppressed.
  private let isExcepted: (TextRuleSet.Match) -> Bool

  init(rules: [TextRule], isExcepted: @escaping (TextRuleSet.Match) -> Bool) {
    self.rules = rules
    self.isExcepted = isExcepted
  }

  func merge(_ matches: [TextRuleSet.Match]) -> [Merged] { join(withoutOverlaps(matches)) }

  /// How specific a match is: a proof that holds, then the confidence of its rule (more where its other half is there);
  /// what stands there as it is before what can be decoded from it, as a web token before its own payload; then a prefix of
  /// the provider's own, then the severity. What is left is decided by the order of the packs.
  private func rank(_ match: TextRuleSet.Match) -> (Int, Confidence, Int, Int, Severity, Int) {
    let rule = rules[match.rule].metadata
    return (
      match.proof == .proved ? 1 : 0, match.parts.isEmpty ? rule.confidence : rule.confidence.raised,
      -(match.decoding?.encodings.count ?? 0), match.publicPrefixLength > 0 ? 1 : 0, rule.severity, -match.rule
    )
  }

  private func withoutOverlaps(_ matches: [TextRuleSet.Match]) -> [Merged] {
    var merged: [Merged] = []
    // Only what lies together can overlap: a file may hold a hundred thousand matches.
    var cluster: [TextRuleSet.Match] = []
    var clusterEnd = 0
    func keepBestOfCluster() {
      guard cluster.count > 1 else {
        merged += cluster.map { Merged(match: $0) }
        return
      }
      merged += Self.best(of: cluster.sorted { rank($0) > rank($1) })
    }
    for match in matches.sorted(by: { ($0.secret.lowerBound, $0.rule) < ($1.secret.lowerBound, $1.rule) }) {
      if match.secret.lowerBound >= clusterEnd {
        keepBestOfCluster()
        cluster = []
      }
      cluster.append(match)
      clusterEnd = max(clusterEnd, match.secret.upperBound)
    }
    keepBestOfCluster()
    return merged
  }

  /// Bytes of the file that are looked up together.
  private static let blockBytes = 64

  /// The first match that stands anywhere keeps its place, and has the later ones that overlap it.
  ///
  /// A hostile file may chain very many; so what is kept is found by blocks of bytes, and not by comparing all with all.
  private static func best(of ranked: [TextRuleSet.Match]) -> [Merged] {
    var kept: [Merged] = []
    var keptInBlock: [Int: [Int]] = [:]
    for match in ranked {
      let blocks =
        match.secret.lowerBound / blockBytes...max(match.secret.lowerBound, match.secret.upperBound - 1) / blockBytes
      var winner: Int?
      for block in blocks where winner == nil {
        // Of several the first by place has it: any would do, but always the same one.
        winner = keptInBlock[block]?.filter { kept[$0].match.secret.overlaps(match.secret) }
          .min { kept[$0].match.secret.lowerBound < kept[$1].match.secret.lowerBound }
      }
      if let winner {
        kept[winner].overlapped.append(match)
      } else {
        for block in blocks { keptInBlock[block, default: []].append(kept.count) }
        kept.append(Merged(match: match))
      }
    }
    return kept.sorted { $0.match.secret.lowerBound < $1.match.secret.lowerBound }
  }

  /// - Parameter merged: in the order of the file, without overlap.
  private func join(_ merged: [Merged]) -> [Merged] {
    guard merged.contains(where: { !$0.match.parts.isEmpty }) else { return merged }
    var merged = merged
    var isAbsorbed = [Bool](repeating: false, count: merged.count)
    for owner in merged.indices where !merged[owner].match.parts.isEmpty && !isAbsorbed[owner] {
      for part in merged[owner].match.parts {
        var low = 0
        var high = merged.count
        while low < high {
          let middle = (low + high) / 2
          if merged[middle].match.secret.upperBound <= part.secret.lowerBound {
            low = middle + 1
          } else {
            high = middle
          }
        }
        guard low < merged.count, low != owner, !isAbsorbed[low], merged[low].match.secret.overlaps(part.secret),
          merged[low].joined.isEmpty, !isExcepted(merged[low].match)
        else { continue }
        isAbsorbed[low] = true
        merged[owner].joined.append(merged[low].match)
        merged[owner].joined += merged[low].overlapped
      }
    }
    return merged.indices.filter { !isAbsorbed[$0] }.map { merged[$0] }
  }
}

extension Confidence {
  /// One step more.
  var raised: Confidence {
    switch self {
    case .low: .medium
    case .medium, .high: .high
    }
  }
}
