internal import Expressions
internal import Findings
internal import Glibc

/// Writes exceptions of a policy: who accepts what, why, and until when.
struct ImportedExceptionWriter {
  private let owner: String
  private let reason: String
  private let created: String
  private let expires: String

  /// How long an exception holds unless the caller says otherwise, in days.
  private static let days: Int64 = 90

  init(_ options: ImportOptions) throws(ImportUsageError) {
    guard let owner = options.owner, !owner.isEmpty else {
      throw ImportUsageError("an exception has an owner: say with --owner who answers for them")
    }
    let today = options.created ?? Self.day(Int64(time(nil)) / 86_400)
    guard let first = Self.number(today) else {
      throw ImportUsageError("\(today) is no day; write one such as 2026-11-25")
    }
    let last = options.expires ?? Self.day(first + Self.days)
    guard let end = Self.number(last) else { throw ImportUsageError("\(last) is no day; write one such as 2026-11-25") }
    guard end >= first else { throw ImportUsageError("--expires is before the first day") }
    self.owner = owner
    reason = options.reason ?? "taken over from another tool, to be looked at again"
    (created, expires) = (today, last)
  }

  private static func day(_ number: Int64) -> String {
    (try? Timestamp(seconds: number * 86_400)).map { String($0.text.prefix(10)) } ?? ""
  }

  private static func number(_ day: String) -> Int64? {
    guard day.utf8.count == 10, let moment = try? Timestamp(day + "T00:00:00Z") else { return nil }
    return moment.seconds / 86_400
  }

  /// - Parameter accepted: findings, each with the place where it was accepted; those of one rule and file become one
  ///   exception.
  func text(_ accepted: [(finding: Finding, origin: String)]) -> String {
    var text =
      "# Made by tollgate import. Look at each, and delete what need not be accepted.\nversion: 1\nexceptions:\n"
    var groups: [(rule: String, path: SourcePath, fingerprints: [String], origins: [String])] = []
    for (finding, origin) in accepted {
      // Without the number among equals, which other files of a whole scan would change.
      let fingerprint = finding.fingerprint.digest
      if let index = groups.firstIndex(where: { $0.rule == finding.ruleID && $0.path == finding.location.path }) {
        if !groups[index].fingerprints.contains(fingerprint) { groups[index].fingerprints.append(fingerprint) }
        if !groups[index].origins.contains(origin) { groups[index].origins.append(origin) }
      } else {
        groups.append((finding.ruleID, finding.location.path, [fingerprint], [origin]))
      }
    }
    for group in groups {
      let id = "imported-\(Digest.hex(Digest.sha256(Array("\(group.rule) \(group.path.uri)".utf8)).prefix(6)))"
      let reason = "\(reason) (\(group.origins.joined(separator: "; ")))"
      text +=
        "  - id: \(id)\n    match:\n      rules: [\(group.rule)]\n      paths: [\(YAMLText.quoted(group.path.description))]\n"
      text += "      fingerprints: [\(group.fingerprints.map(YAMLText.quoted).joined(separator: ", "))]\n"
      text += "    reason: \(YAMLText.quoted(reason))\n    owner: \(YAMLText.quoted(owner))\n"
      text += "    created: '\(created)'\n    expires: '\(expires)'\n"
    }
    return text
  }
}
