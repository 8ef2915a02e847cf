internal import Findings

extension JSONWriter {
  /// The same members in every format that has them.
  mutating func members(of provenance: Provenance) {
    member("blob", provenance.blob)
    member("commit", ifPresent: provenance.commit)
    member("authorDate", ifPresent: provenance.authorDate)
    if let isInHead = provenance.isInHead { member("inHead", isInHead) }
  }
}
