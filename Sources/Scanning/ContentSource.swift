package import Sources

/// Where the bytes of a scan come from.
package enum ContentSource: Sendable {
  case tree(FileTree)
  /// Files that the caller holds.
  case memory(MemoryFiles)
}
