internal import Findings

// A longer text than a service allows makes it drop the result or refuse the file. The limits are those of GitLab and
// GitHub, whichever is lower:
// https://docs.gitlab.com/user/application_security/detect/sarif/
// https://docs.github.com/code-security/code-scanning/troubleshooting-sarif-uploads

/// The lengths that services allow, in UTF-8 bytes: whatever unit a service counts in, there are no more of them.
enum SARIFLimit {
  static let name = 255
  static let description = 1_024
  static let message = 2_048
  static let uri = 2_048
  static let tags = 10

  static func cut(_ text: String, to limit: Int) -> String {
    TextLimit.bytes(text, limit)
  }
}

extension Severity {
  /// The word of SARIF 2.1.0, 3.27.10.
  var sarifLevel: String {
    switch self {
    case .critical, .high: "error"
    case .medium: "warning"
    case .low, .note: "note"
    }
  }

  /// From 0 to 100 (SARIF 2.1.0, 3.27.25).
  var sarifRank: Int { Int(score * 10) }
}
