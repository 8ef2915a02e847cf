/// A point on the way of a change where a gate stands. An open set: a policy may have stages of its own.
public struct Stage: Hashable, Sendable, CustomStringConvertible {
  public let name: String

  /// `nil` for a name that is not lower-case letters, digits and dashes.
  public init?(_ name: String) {
    guard Self.isName(name) else { return nil }
    self.name = name
  }

  private init(known name: String) {
    self.name = name
  }

  public static let preCommit = Stage(known: "pre-commit")
  public static let prePush = Stage(known: "pre-push")
  public static let preReceive = Stage(known: "pre-receive")
  public static let pullRequest = Stage(known: "pull-request")
  public static let mergeQueue = Stage(known: "merge-queue")
  public static let main = Stage(known: "main")
  public static let release = Stage(known: "release")
  public static let scheduled = Stage(known: "scheduled")

  /// Those that every policy knows.
  public static let known = [preCommit, prePush, preReceive, pullRequest, mergeQueue, main, release, scheduled]

  public var description: String { name }

  /// Whether what a change brings is judged by the policy of the side that it starts from, unless a policy says
  /// otherwise.
  package var readsPolicyFromBase: Bool { self == .pullRequest || self == .preReceive || self == .mergeQueue }

  static func isName(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 60 && text.utf8.first != 0x2D
      && text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
  }
}
