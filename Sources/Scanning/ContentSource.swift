package import Sources

/// Where the bytes of a scan come from.
package enum ContentSource: Sendable {
  case tree(FileTree)
  /// Files that the caller holds.
  case memory(MemoryFiles)
  /// A part of a git repository.
  case git(GitSource)
  /// The same, when it is known what there is to read.
  case blobs(GitBlobs)
}
