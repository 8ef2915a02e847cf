/// Why a finding does not count: somebody said so, with a reason.
public struct Suppression: Hashable, Sendable {
  /// Where it was said (SARIF 2.1.0, 3.35.2).
  public enum Kind: String, Sendable {
    case inSource, external
  }

  public var kind: Kind
  /// Never empty.
  public var reason: String
  /// The tool whose comment it is, such as `gitleaks`; `nil` for our own.
  public var tool: String?
  /// The exception of a policy that says so: it holds for one day's verdict, and every gate looks at it anew.
  public var exceptionID: String?

  public init(kind: Kind, reason: String, tool: String? = nil, exceptionID: String? = nil) {
    self.kind = kind
    self.reason = reason
    self.tool = tool
    self.exceptionID = exceptionID
  }
}
