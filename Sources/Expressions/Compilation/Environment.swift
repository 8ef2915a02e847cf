/// What a program can name: variables, functions, a container; and how much it may do.
package struct Environment: Sendable {
  /// What happens to a name that nobody declared.
  package enum Checking: Sendable {
    /// It is an error when the program is built.
    case strict
    /// It is an error when the evaluation comes to it, which `||` and `&&` may never do.
    case deferred
  }

  /// The variables, in the order of their slots. A name may have dots.
  package let variables: [String]
  package let functions: FunctionTable
  /// The namespace in which names are looked up first: in `com.example`, `x` is `com.example.x`, `com.x` or `x`.
  /// https://github.com/google/cel-spec/blob/master/doc/langdef.md#name-resolution
  package let container: String
  package let checking: Checking
  /// Whether `has(a.b.c)` is false when `a.b` is absent or has no fields. The specification makes that an error; a rule
  /// about documents would have to write `has(a.b) && has(a.b.c)` everywhere.
  package let hasToleratesMissingParents: Bool
  private let slots: [String: Int]

  package init(
    variables: [String] = [], functions: FunctionTable = .standard, container: String = "",
    checking: Checking = .strict, hasToleratesMissingParents: Bool = false
  ) {
    self.hasToleratesMissingParents = hasToleratesMissingParents
    self.variables = variables
    self.functions = functions
    self.container = container
    self.checking = checking
    slots = Dictionary(variables.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Where `Bindings` keep a variable; `nil` when there is none of that name.
  package func slot(of variable: String) -> Int? { slots[variable] }

  /// The full names that a name can mean, in the order in which they are tried.
  func candidates(_ name: String, isRooted: Bool) -> [String] {
    if isRooted || container.isEmpty { return [name] }
    var candidates: [String] = []
    var prefix = container.split(separator: ".")
    while !prefix.isEmpty {
      candidates.append(prefix.joined(separator: ".") + "." + name)
      prefix.removeLast()
    }
    return candidates + [name]
  }
}

/// Values for the variables of an environment.
///
///     var bindings = Bindings(environment)
///     bindings["self"] = .object(step)
///     let fires = try program.evaluate(with: bindings)
package struct Bindings: Sendable {
  private let environment: Environment
  /// In the order of the environment's variables.
  package private(set) var values: [Value?]

  package init(_ environment: Environment) {
    self.environment = environment
    values = Array(repeating: nil, count: environment.variables.count)
  }

  /// By name; names that the environment does not have are ignored.
  package subscript(name: String) -> Value? {
    get { environment.slot(of: name).flatMap { values[$0] } }
    set { if let slot = environment.slot(of: name) { values[slot] = newValue } }
  }

  /// By slot, without a look-up.
  ///
  /// - Precondition: A slot that the environment gave.
  package subscript(slot slot: Int) -> Value? {
    get { values[slot] }
    set { values[slot] = newValue }
  }
}
