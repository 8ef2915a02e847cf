import Glibc
import Tollgate

/// One line on standard error that says how far a scan is: only in a terminal, only when it takes long.
struct ProgressLine {
  private let progress: ScanProgress
  private let isShown: Bool

  private static let delay = Duration.milliseconds(500)
  private static let interval = Duration.milliseconds(100)

  init(_ progress: ScanProgress, isQuiet: Bool) {
    self.progress = progress
    isShown = !isQuiet && Terminal.isTerminal(STDERR_FILENO) && Terminal.variable("TERM") != "dumb"
  }

  /// Shows the line until the task is cancelled, and takes it away.
  func show() async {
    guard isShown, (try? await Task.sleep(for: Self.delay)) != nil else { return }
    repeat {
      let total = progress.fileCount
      let text = total == 0 ? "listing files" : "scanned \(progress.filesDone) of \(total) files"
      // Carriage return, text, erase to the end of the line (ECMA-48, EL).
      Terminal.writeError("\r\(text)\u{1B}[K")
    } while (try? await Task.sleep(for: Self.interval)) != nil
    Terminal.writeError("\r\u{1B}[K")
  }
}
