public import Findings

/// What happens during a scan, as it happens: in no fixed order.
public enum ScanEvent: Sendable {
  /// The files are listed; the count of those that will be read.
  case started(fileCount: Int)
  /// A rule fired. The ordinal of its fingerprint counts within the file; the report's count over all files.
  case finding(Finding)
  /// Something was not scanned, or went wrong.
  case notification(Notification)
  /// A file was looked at, or skipped.
  case fileDone(SourcePath)
  /// The last event: all of the above, in order.
  case finished(Report)
}
