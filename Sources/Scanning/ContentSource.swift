package import Findings
package import Sources

/// Where the bytes of a scan come from.
package enum ContentSource: Sendable {
  case tree(FileTree)
  /// Files that the caller holds.
  case memory([(path: SourcePath, bytes: [UInt8])])
}
