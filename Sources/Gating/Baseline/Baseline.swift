public import Findings

/// The findings that were known before, as far as they can be told again without saying what they are.
///
/// An entry holds the keyed digest of the finding's fingerprint, its rule, its path and a keyed digest of the line that it
/// stands on: no line number, no absolute path, and nothing from which a value could be read.
public struct Baseline: Sendable {
  /// One known finding, or several that nothing tells apart.
  package struct Entry: Hashable, Sendable {
    /// ``Fingerprint/digest``
    package var digest: String
    package var ruleID: String
    package var path: SourcePath
    /// ``Baseline/context(of:key:)``; empty where the finding is about no line.
    package var context: String
    /// How many there are.
    package var count = 1
    /// When it was first written down.
    package var since: Day?
    /// Whether it was gone when the baseline was last updated.
    package var isFixed = false
  }

  package var entries: [Entry] = []
  /// The rules that had looked when the entries were made; empty: unknown.
  package var knownRules: Set<String> = []
  /// The file; `nil` where no file was read.
  package var input: GateInput?

  package init() {}

  /// The findings of a report, suppressed ones left out.
  ///
  /// - Parameters:
  ///   - since: the day that is written down as the one on which they were first seen.
  ///   - key: of the contexts; see ``Fingerprint``.
  public init(_ report: Report, since: Day? = nil, key: [UInt8] = []) {
    var counts: [Entry: Int] = [:]
    for finding in report.findings where finding.suppression == nil || finding.suppression?.exceptionID != nil {
      counts[Self.entry(of: finding, since: since, key: key), default: 0] += 1
    }
    entries = counts.map { entry, count in
      var entry = entry
      entry.count = count
      return entry
    }
    entries.sort { BaselineFile.precedes($0, $1) }
    knownRules = Set(report.rules.map(\.id))
  }

  static func entry(of finding: Finding, since: Day?, key: [UInt8]) -> Entry {
    Entry(
      digest: finding.fingerprint.digest, ruleID: finding.ruleID, path: finding.location.path,
      context: context(of: finding, key: key), since: since)
  }

  /// A keyed digest of the line that a finding stands on, blanks left out, and of what follows it: 12 hexadecimal digits.
  ///
  /// It is the same after the line has moved, was indented anew or got other line endings.
  package static func context(of finding: Finding, key: [UInt8]) -> String {
    guard let hash = finding.lineHash else { return "" }
    // The number behind the colon counts equal lines: it changes when another one is inserted.
    let line = hash.prefix { $0 != ":" }
    let message = Array("tollgate/context".utf8) + [0] + Array(line.utf8)
    return Digest.hex(Digest.hmac(message, key: key).prefix(6))
  }
}
