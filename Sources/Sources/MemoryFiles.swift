package import Findings

/// Files that the caller holds.
package struct MemoryFiles: Sendable {
  /// The files that are to be scanned, in the order of the listing.
  package let files: [(path: SourcePath, bytes: [UInt8])]
  package let listing: FileListing

  package init(_ files: [(path: SourcePath, bytes: [UInt8])], excludes: [PathGlob] = []) {
    var listing = FileListing()
    var kept: [(path: SourcePath, bytes: [UInt8])] = []
    for file in files {
      if excludes.contains(where: { $0.matches(file.path) }) { listing.exclude(file.path) } else { kept.append(file) }
    }
    listing.files = kept.map(\.path)
    self.files = kept
    self.listing = listing
  }
}
