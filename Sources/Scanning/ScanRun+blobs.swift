internal import Findings
internal import Sources
internal import Synchronization

extension ScanRun {
  /// Reads shares of the blobs of a repository until none is left. Each share has a git of its own, which answers in order.
  func read(_ blobs: GitBlobs, with analyzer: inout FileAnalyzer, into result: inout Result) {
    let parts = blobs.parts(workers: workers)
    while !Task.isCancelled {
      let number = next.add(1, ordering: .relaxed).oldValue
      guard number < parts else { return }
      read(blobs, blobs.indexes(ofPart: number, of: parts), with: &analyzer, into: &result)
    }
  }

  private func read(
    _ blobs: GitBlobs, _ indexes: Range<Int>, with analyzer: inout FileAnalyzer, into result: inout Result
  ) {
    if indexes.isEmpty { return }
    var history = HistoryFindings()
    do throws(GitFailure) {
      var reader = try blobs.reader(indexes, limit: options.maxFileBytes)
      for index in indexes {
        if Task.isCancelled { break }
        switch try reader.read(files[index]) {
        case .skipped(let notification):
          note(notification, in: &result)
          finish(index)
        case .read(let range):
          let first = result.findings.count
          let isComparable = reader.withContents(range) { bytes in
            analyze(bytes, at: index, with: &analyzer, into: &result)
            return result.findings.count == first || Self.hasLinesOfGit(bytes) && ArchiveFormat(bytes) == nil
          }
          if result.findings.count == first { continue }
          let provenance = blobs.provenance(at: index)
          for place in first..<result.findings.count {
            result.findings[place].provenance = provenance
            // Where lines are counted in another way the change is taken to have brought all.
            if !blobs.isHistory, !isComparable { result.findings[place].novelty = .new }
          }
          guard blobs.isHistory else { continue }
          for finding in result.findings[first...] { history.add(finding, rank: blobs.rank(at: index)) }
          result.findings.removeSubrange(first...)
        }
      }
    } catch {
      note(Notification(kind: .gitUnavailable, level: .error, message: "\(error)"), in: &result)
    }
    result.findings += history.findings
  }

  /// Whether lines end at line feeds alone, as git sees them: not at a lone carriage return, and in no bytes of UTF-16.
  private static func hasLinesOfGit(_ bytes: Span<UInt8>) -> Bool {
    if bytes.count >= 2, bytes[0] >= 0xFE, bytes[1] >= 0xFE { return false }
    for index in bytes.indices where bytes[index] == 13 {
      if index + 1 == bytes.count || bytes[index + 1] != 10 { return false }
    }
    return true
  }
}
