public import Findings

/// Something that is wrong with a rule pack, and where.
public struct PackDiagnostic: Error, Hashable, Sendable, CustomStringConvertible {
  /// The pack file as the user named it.
  public var file: String
  public var position: Position
  /// What is wrong and, where it is not plain, what to write instead.
  public var message: String

  public init(file: String, position: Position, message: String) {
    self.file = file
    self.position = position
    self.message = message
  }

  /// `file:line:column: message`.
  public var description: String { "\(file):\(position.line):\(position.column): \(message)" }
}

/// Rule packs that cannot be used: everything that is wrong with them, in the order of the files.
public struct RulePackError: Error, Sendable, CustomStringConvertible {
  public var diagnostics: [PackDiagnostic]

  public init(diagnostics: [PackDiagnostic]) {
    self.diagnostics = diagnostics
  }

  public var description: String { diagnostics.map(\.description).joined(separator: "\n") }
}
