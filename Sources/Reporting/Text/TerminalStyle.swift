internal import Findings

/// Colours of a terminal (ECMA-48, 8.3.117, SGR); with colour off every function gives its text back.
struct TerminalStyle {
  let isColored: Bool

  func path(_ text: String) -> String { styled(text, "1") }
  func faint(_ text: String) -> String { styled(text, "2") }

  func severity(_ severity: Severity, _ text: String) -> String {
    switch severity {
    case .critical: styled(text, "1;31")
    case .high: styled(text, "31")
    case .medium: styled(text, "33")
    case .low: styled(text, "36")
    case .note: styled(text, "34")
    }
  }

  func level(_ level: Notification.Level, _ text: String) -> String {
    switch level {
    case .error: styled(text, "1;31")
    case .warning: styled(text, "33")
    case .note: styled(text, "34")
    }
  }

  /// A link that the terminal opens (OSC 8: https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda). The
  /// address is a URI: nothing in it could end the sequence.
  func link(_ text: String, to address: String) -> String {
    "\u{1B}]8;;\(address)\u{1B}\\\(text)\u{1B}]8;;\u{1B}\\"
  }

  private func styled(_ text: String, _ codes: String) -> String {
    isColored && !text.isEmpty ? "\u{1B}[\(codes)m\(text)\u{1B}[0m" : text
  }
}
