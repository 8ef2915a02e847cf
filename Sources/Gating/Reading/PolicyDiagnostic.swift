public import Findings

/// Something that is wrong with a policy, an exception or a baseline file, and where.
public struct PolicyDiagnostic: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file as it is named to people.
  public var file: String
  public var position: Position
  /// What is wrong and, where it is not plain, what to write instead.
  public var message: String

  public init(file: String, position: Position = Position(line: 1, column: 1), message: String) {
    self.file = file
    self.position = position
    self.message = message
  }

  /// `file:line:column: message`.
  public var description: String { "\(file):\(position.line):\(position.column): \(message)" }
}

/// Files of the gate that cannot be used: everything that is wrong with them, in the order of the files.
public struct PolicyError: Error, Hashable, Sendable, CustomStringConvertible {
  public var diagnostics: [PolicyDiagnostic]

  public init(diagnostics: [PolicyDiagnostic]) {
    self.diagnostics = diagnostics
  }

  public init(file: String, position: Position = Position(line: 1, column: 1), _ message: String) {
    diagnostics = [PolicyDiagnostic(file: file, position: position, message: message)]
  }

  public var description: String { diagnostics.map(\.description).joined(separator: "\n") }
}

/// Collects what is wrong with one file.
final class PolicyComplaints {
  let file: String
  private(set) var all: [PolicyDiagnostic] = []

  init(file: String) {
    self.file = file
  }

  func add(_ message: String, at position: Position) {
    all.append(PolicyDiagnostic(file: file, position: position, message: message))
  }
}
