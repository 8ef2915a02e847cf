package import Findings

/// Asks a scan to tell how it came to what it found.
package struct FileTracing: Sendable {
  /// The lines that are asked about, counted from 1; `nil`: all.
  package var lines: ClosedRange<Int>?
  /// Is called by the workers for each file that was looked at, before the next one.
  package var onTrace: @Sendable (SourcePath, FileTrace) -> Void

  package init(lines: ClosedRange<Int>?, onTrace: @escaping @Sendable (SourcePath, FileTrace) -> Void) {
    self.lines = lines
    self.onTrace = onTrace
  }
}
