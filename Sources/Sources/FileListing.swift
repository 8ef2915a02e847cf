package import Findings

/// The files that a scan is to read.
package struct FileListing: Sendable {
  /// Relative to the root; sorted, each once.
  package var files: [SourcePath] = []
  /// What is left out, and what went wrong while listing.
  package var notifications: [Notification] = []

  package init() {}

  /// Notes that a file or directory is left out because of one of the patterns.
  mutating func exclude(_ path: SourcePath) {
    notifications.append(
      Notification(kind: .excluded, level: .note, message: "left out by an exclude pattern", path: path))
  }
}
