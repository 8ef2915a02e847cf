package import Findings

/// The blobs that a scan of a repository is to read, and what is known of where they come from.
package struct GitBlobs: Sendable {
  /// One path for each of ``objects``; what is left out, and what went wrong.
  package internal(set) var listing = FileListing()
  /// The reason for which a scan of no file is complete; `nil` when it is not.
  package internal(set) var nothing: String?
  /// Parallel to the files of the listing.
  var objects: [GitObjectID] = []
  /// Where the blobs are a change.
  var change: GitChange?
  /// Where they are a history.
  var history: History?
  let database: GitDatabase

  /// Where blobs stand in a history.
  struct History: Sendable {
    /// Parents before children.
    var commits: [GitObjectID]
    /// Parallel to the objects: the index of the commit that brought the blob in; -1: none did.
    var origins: [Int32]
    /// The blobs of HEAD.
    var inHead: Set<GitObjectID>
  }

  init(database: GitDatabase) {
    self.database = database
  }

  /// Nothing can be read.
  init(database: GitDatabase, failure: String) {
    self.database = database
    listing.notifications.append(Notification(kind: .gitUnavailable, level: .error, message: failure))
  }

  /// There is nothing to read, and that is as it should be.
  init(database: GitDatabase, nothing: String) {
    self.database = database
    self.nothing = nothing
  }

  /// How many workers are worth their process of git.
  package func workers(_ limit: Int) -> Int { objects.count < 64 ? 1 : limit }

  /// The shares in which workers take the blobs, each with a process of git: some for each worker, so that none is left
  /// with much when the others are done, and long ones, because git builds a blob on what it unpacked before.
  package func parts(workers: Int) -> Int { max(workers, min(4 * workers, objects.count / 1_000)) }

  /// The indexes of the blobs of a share.
  package func indexes(ofPart part: Int, of parts: Int) -> Range<Int> {
    objects.count * part / max(1, parts)..<objects.count * (part + 1) / max(1, parts)
  }

  package func reader(_ indexes: Range<Int>, limit: Int) throws(GitFailure) -> GitBlobReader {
    try GitBlobReader(database, objects: Array(objects[indexes]), limit: limit)
  }

  /// Less for what came earlier.
  package func rank(at index: Int) -> Int { history.map { Int($0.origins[index]) } ?? -1 }

  package var isHistory: Bool { history != nil }

  /// What is known of a blob while it is scanned.
  package func provenance(at index: Int) -> Provenance {
    var provenance = Provenance(blob: objects[index].text)
    if let history {
      let origin = Int(history.origins[index])
      if origin >= 0 { provenance.commit = history.commits[origin].text }
      provenance.isInHead = history.inHead.contains(objects[index])
    }
    return provenance
  }

  /// Completes the findings by what is asked of git only where there is one: the lines that a change adds, and the
  /// dates of commits.
  ///
  /// - Throws: when git cannot say; findings are then as they were, and count as new.
  package func complete(_ findings: inout [Finding]) throws(GitFailure) {
    if findings.isEmpty { return }
    if let change { try change.mark(&findings) }
    guard let history else { return }
    let commits = Set(findings.compactMap { $0.provenance?.commit })
    var order: [String: Int] = [:]
    for (index, commit) in history.commits.enumerated() where order.count < commits.count {
      let text = commit.text
      if commits.contains(text) { order[text] = index }
    }
    var collapsed = HistoryFindings()
    for finding in findings {
      collapsed.add(finding, rank: finding.provenance?.commit.flatMap { order[$0] } ?? -1)
    }
    findings = collapsed.findings
    let dates = try dates(of: Array(Set(findings.compactMap { $0.provenance?.commit })).sorted())
    for index in findings.indices {
      guard let commit = findings[index].provenance?.commit else { continue }
      findings[index].provenance?.authorDate = dates[commit]
    }
  }

  /// When the commits were written, as ISO 8601.
  private func dates(of commits: [String]) throws(GitFailure) -> [String: String] {
    if commits.isEmpty { return [:] }
    let input = Array((commits.joined(separator: "\n") + "\n").utf8)
    var dates: [String: String] = [:]
    for line in try database.lines(
      ["rev-list", "--no-walk=unsorted", "--format=%H %aI", "--no-color", "--stdin"], input: input)
    {
      let words = line.split(separator: " ")
      if words.count == 2, words[0] != "commit" { dates[String(words[0])] = String(words[1]) }
    }
    return dates
  }
}
