internal import Documents
internal import Expressions
internal import Synchronization

/// The values of inputs and variables in one job, or outside of all jobs.
final class GitLabScope: Sendable {
  /// The longest text with variables in it that is worked out, and the longest value that a variable may have there:
  /// texts that name each other grow fast.
  private static let maxLength = 1_024
  private static let maxDepth = 8

  private let inputs: [ObjectIdentifier: [String: String?]]
  private let variables: [String: MergedTree]
  /// Variables that rules may set to something else.
  private let changing: Set<String>
  /// Worked out once: variables that name many others would otherwise cost the product of all.
  private let known = Mutex<[String: VariableText.Variable]>([:])

  /// - Parameter variables: as they are written, job over pipeline.
  init(inputs: [ObjectIdentifier: [String: String?]], variables: MergedTree?, changing: Set<String>) {
    self.inputs = inputs
    var all: [String: MergedTree] = [:]
    for entry in variables?.entries ?? [] { all[entry.name] = entry.value }
    self.variables = all
    self.changing = changing
  }

  /// Texts in which `$` is for somebody else (a shell, an expression of rules): only inputs are filled in.
  func verbatim(_ file: OriginFile) -> ScalarReading {
    let values = inputs[ObjectIdentifier(file)] ?? [:]
    return ScalarReading { node in
      guard let text = node.text, text.contains("$[[") else { return nil }
      return GitLabInputs.filled(text, values).map(Value.string) ?? .unknown(Unknown(GitLabInputs.name(in: text)))
    }
  }

  /// Texts with inputs and variables filled in; unknown where one of them is.
  func expanded(_ file: OriginFile) -> ScalarReading {
    ScalarReading { [self] node in
      guard node.withText({ $0.contains(UInt8(ascii: "$")) }) == true, let text = node.text else { return nil }
      return value(text, file, depth: 0)
    }
  }

  /// A text with inputs and variables filled in.
  func value(_ text: String, _ file: OriginFile, depth: Int) -> Value {
    guard let filled = GitLabInputs.filled(text, inputs[ObjectIdentifier(file)] ?? [:]) else {
      return .unknown(Unknown(GitLabInputs.name(in: text)))
    }
    let variables = VariableText(filled, syntax: .gitLab)
    if filled.utf8.count > Self.maxLength, !variables.isConstant { return .unknown(Unknown("variables")) }
    let expansion = variables.expanded { name in
      if let value = known.withLock({ $0[name] }) { return value }
      // Until it is known; so one that names itself stays unknown.
      known.withLock { $0[name] = .unknown }
      let value = variable(name, depth: depth)
      known.withLock { $0[name] = value }
      return value
    }
    if let text = expansion.text { return .string(text) }
    return .unknown(Unknown(expansion.unknowns.first ?? "variables"))
  }

  private func variable(_ name: String, depth: Int) -> VariableText.Variable {
    // One that the file does not set may come from the project, the runner or whoever starts the pipeline.
    guard depth < Self.maxDepth, !changing.contains(name), let tree = variables[name] else { return .unknown }
    guard let (node, file) = Self.scalar(of: tree), let text = node.text else { return .unknown }
    guard text.contains("$") else { return text.utf8.count <= Self.maxLength ? .known(text) : .unknown }
    guard case .string(let value) = self.value(text, file, depth: depth + 1), value.utf8.count <= Self.maxLength else {
      return .unknown
    }
    return .known(value)
  }

  /// A variable is a text, or a mapping with `value`.
  private static func scalar(of variable: MergedTree) -> (node: Node, file: OriginFile)? {
    variable.isMapping ? variable["value"]?.scalar : variable.scalar
  }

  /// The value of a variable as rules see it.
  func text(of variable: MergedTree) -> Value {
    guard let (node, file) = Self.scalar(of: variable) else {
      if case .unknown(let unknown) = variable { return .unknown(unknown) }
      return .string("")
    }
    guard let text = node.text else { return .string("") }
    return text.contains("$") ? value(text, file, depth: 0) : .string(text)
  }
}

extension Span<UInt8> {
  fileprivate func contains(_ byte: UInt8) -> Bool {
    for index in indices where self[index] == byte { return true }
    return false
  }
}
