/// Makes nodes from syntax: expands macros, finds what names mean, folds constants.
struct Compiler {
  /// A variable of a macro.
  private struct Local {
    let name: String
    let slot: Int
    /// Of `cel.bind`; macros that loop set their variables themselves.
    let definition: (any Node)?
  }

  let environment: Environment
  let positions: PositionIndex
  private let isTracing: Bool
  private var locals: [Local] = []
  /// Each variable of each macro has a slot of its own: a definition that is evaluated late must not find its slots in
  /// use by the body around it.
  private(set) var localCount = 0
  private(set) var usedVariables: Set<String> = []

  init(_ environment: Environment, _ positions: PositionIndex, isTracing: Bool = false) {
    self.environment = environment
    self.positions = positions
    self.isTracing = isTracing
  }

  func position(_ syntax: Syntax) -> SourcePosition { positions.position(at: syntax.offset) }

  func failure(_ code: ExpressionError.Code, _ message: String, at syntax: Syntax) -> ExpressionError {
    ExpressionError(code, message, at: position(syntax))
  }

  /// An error that a strict environment reports now, a deferred one when it is reached.
  func missing(_ message: String, at syntax: Syntax) throws(ExpressionError) -> any Node {
    let error = failure(.undeclared, message, at: syntax)
    if environment.checking == .strict { throw error }
    return FailureNode(error)
  }

  // Depth: the parser bounds that of the tree.
  mutating func compile(_ syntax: Syntax) throws(ExpressionError) -> any Node {
    let node = try node(syntax)
    // A constant says nothing that the text does not, and stays visible for folding.
    return isTracing && !(node is ConstantNode) ? TraceNode(node, range: syntax.range) : node
  }

  private mutating func node(_ syntax: Syntax) throws(ExpressionError) -> any Node {
    let position = position(syntax)
    switch syntax.kind {
    case .literal(let value): return ConstantNode(value)
    case .name, .select(_, _, isOptional: false):
      if let node = resolve(syntax) { return node }
      guard case .select(let operand, let name, _) = syntax.kind else {
        let name = syntax.qualifiedName?.names.joined(separator: ".") ?? ""
        return try missing("there is no variable '\(name)'", at: syntax)
      }
      return SelectNode(try compile(operand), name: name, mode: .required, position: position)
    case .select(let operand, let name, isOptional: true):
      return SelectNode(try compile(operand), name: name, mode: .optional, position: position)
    case .index(let operand, let index, let isOptional):
      let operand = try compile(operand)
      return IndexNode(operand, index: try compile(index), isOptional: isOptional, position: position)
    case .call: return try call(syntax)
    case .list(let elements):
      var nodes: [(node: any Node, isOptional: Bool)] = []
      for element in elements { nodes.append((try compile(element.value), element.isOptional)) }
      return fold(ListNode(nodes, position: position), of: nodes.map(\.node))
    case .map(let entries):
      var nodes: [MapNode.Entry] = []
      for entry in entries {
        let key = try compile(entry.key)
        nodes.append(MapNode.Entry(key: key, value: try compile(entry.value), isOptional: entry.isOptional))
      }
      return fold(MapNode(nodes, position: position), of: nodes.flatMap { [$0.key, $0.value] })
    case .message(let name): return try missing("there is no message type '\(name)'", at: syntax)
    case .logic(let operands, let isOr):
      return LogicNode(try compile(operands), deciding: isOr, position: position)
    case .not(let operand): return NotNode(try compile(operand), position: position)
    case .negate(let operand, let count): return NegateNode(try compile(operand), count: count, position: position)
    case .binary(let kind, let left, let right):
      let nodes = try compile([left, right])
      return fold(BinaryNode(kind, nodes[0], nodes[1], position: position), of: nodes)
    case .conditional(let condition, let first, let second):
      let nodes = try compile([condition, first, second])
      return ConditionalNode(nodes[0], nodes[1], nodes[2], position: position)
    }
  }

  mutating func compile(_ parts: [Syntax]) throws(ExpressionError) -> [any Node] {
    var nodes: [any Node] = []
    for part in parts { nodes.append(try compile(part)) }
    return nodes
  }

  /// Evaluates a node whose parts are constants. What fails or is costly is left to fail or to cost where it is reached.
  func fold(_ node: any Node, of parts: [any Node]) -> any Node {
    guard parts.allSatisfy({ $0 is ConstantNode }) else { return node }
    var evaluation = Evaluation(variables: [], localCount: 0, steps: 1_000)
    guard let value = try? node.evaluate(&evaluation) else { return node }
    return ConstantNode(value)
  }

  // MARK: Names

  /// Whether a name means a variable of a macro here.
  func isLocal(_ name: String) -> Bool { locals.contains { $0.name == name } }

  /// The longest variable or type that a name begins with is taken by the innermost call, since `node` asks for the whole
  /// name first and then for ever shorter ones.
  private mutating func resolve(_ syntax: Syntax) -> (any Node)? {
    guard let (names, isRooted) = syntax.qualifiedName else { return nil }
    if !isRooted, let local = locals.last(where: { $0.name == names[0] }) {
      guard names.count == 1 else { return nil }
      return local.definition.map { LazyLocalNode(slot: local.slot, definition: $0) } ?? LocalNode(slot: local.slot)
    }
    let name = names.joined(separator: ".")
    for candidate in environment.candidates(name, isRooted: isRooted) {
      if let slot = environment.slot(of: candidate) {
        usedVariables.insert(candidate)
        return VariableNode(slot: slot, name: candidate, position: position(syntax))
      }
      if let type = ValueType.named[candidate] { return ConstantNode(.type(type)) }
    }
    return nil
  }

  /// Whether a whole name is a variable or a type, so that its dots select nothing.
  mutating func isVariable(_ syntax: Syntax) -> Bool { resolve(syntax) != nil }

  /// Gives a slot to a variable for as long as `body` compiles.
  mutating func withLocals<Result>(
    _ names: [String], _ body: (inout Compiler, [Int]) throws(ExpressionError) -> Result
  ) throws(ExpressionError) -> Result {
    let outer = locals.count
    defer { locals.removeSubrange(outer...) }
    let slots = names.map { declare($0, nil) }
    return try body(&self, slots)
  }

  /// Declares a variable until the end of the enclosing `withLocals`.
  @discardableResult
  mutating func declare(_ name: String, _ definition: (any Node)?) -> Int {
    locals.append(Local(name: name, slot: localCount, definition: definition))
    localCount += 1
    return localCount - 1
  }
}
