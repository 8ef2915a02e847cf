/// Whom a SARIF log is written for. Services differ in what they take, what they refuse and what they do with the rest;
/// see `docs/reports.md`.
public enum SARIFProfile: String, CaseIterable, Sendable {
  /// Everything that Tollgate knows, in a form that all of them accept: for gates, archives and tools.
  case generic
  /// GitHub code scanning.
  case github
  /// GitLab's `artifacts:reports:sarif`.
  case gitlab
  /// Azure DevOps: the Scans tab, and GitHub Advanced Security for Azure DevOps.
  case azure
}
