/// Why a report could not be read.
public struct ReportError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of fault it is. An open set: later versions add to it.
  public struct Code: RawRepresentable, Hashable, Sendable {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The bytes are not JSON.
    public static let notJSON = Code(rawValue: "not-json")
    /// It is JSON, but no SARIF log.
    public static let notSARIF = Code(rawValue: "not-sarif")
    /// A version of SARIF other than 2.1.0.
    public static let unsupportedVersion = Code(rawValue: "unsupported-version")
    /// Something in the log has not the type that SARIF gives it.
    public static let malformed = Code(rawValue: "malformed")
  }

  public var code: Code
  /// What is wrong and what to do, in one line.
  public var message: String

  public init(code: Code, message: String) {
    self.code = code
    self.message = message
  }

  public var description: String { message }
}
