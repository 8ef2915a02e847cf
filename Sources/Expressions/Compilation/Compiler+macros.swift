extension Compiler {
  /// Expands a macro; `nil` when the call is none. A name with another number of arguments is a function.
  /// https://github.com/google/cel-spec/blob/master/doc/langdef.md#macros
  mutating func macro(
    _ name: String, target: Syntax?, _ arguments: [Syntax], at syntax: Syntax
  ) throws(ExpressionError) -> (any Node)? {
    guard let target else {
      return name == "has" && arguments.count == 1 ? try has(arguments[0], at: syntax) : nil
    }
    if case .name("cel", _) = target.kind, !isLocal("cel") { return try celMacro(name, arguments, at: syntax) }
    switch (name, arguments.count) {
    case ("all", 2), ("all", 3), ("exists", 2), ("exists", 3):
      return try loop(over: target, arguments, at: syntax, bodies: 1) {
        QuantifierNode($0, condition: $1[0], deciding: name == "exists")
      }
    case ("exists_one", 2), ("existsOne", 2), ("exists_one", 3), ("existsOne", 3):
      return try loop(over: target, arguments, at: syntax, bodies: 1) { ExistsOneNode($0, condition: $1[0]) }
    case ("map", 2):
      return try loop(over: target, arguments, at: syntax, bodies: 1) {
        CollectNode($0, condition: nil, transform: $1[0], result: .list)
      }
    case ("map", 3):
      return try loop(over: target, arguments, at: syntax, bodies: 2) {
        CollectNode($0, condition: $1[0], transform: $1[1], result: .list)
      }
    case ("filter", 2):
      return try loop(over: target, arguments, at: syntax, bodies: 1) {
        CollectNode($0, condition: $1[0], transform: LocalNode(slot: $0.firstSlot), result: .list)
      }
    case ("transformList", 3), ("transformMap", 3), ("transformMapEntry", 3), ("transformList", 4),
      ("transformMap", 4), ("transformMapEntry", 4):
      let hasFilter = arguments.count == 4
      let result: CollectNode.Result =
        name == "transformList" ? .list : name == "transformMap" ? .map : .entries
      return try loop(over: target, arguments, at: syntax, bodies: hasFilter ? 2 : 1) {
        CollectNode($0, condition: hasFilter ? $1[0] : nil, transform: $1[hasFilter ? 1 : 0], result: result)
      }
    case ("sortBy", 2): return try sortBy(target, arguments, at: syntax)
    case ("optMap", 2), ("optFlatMap", 2):
      let operand = try compile(target)
      let variable = try variable(arguments[0])
      let position = position(syntax)
      return try withLocals([variable]) { (compiler, slots) throws(ExpressionError) in
        OptionalMapNode(
          operand, slot: slots[0], transform: try compiler.compile(arguments[1]), flattens: name == "optFlatMap",
          position: position)
      }
    case ("or", 1), ("orValue", 1):
      let nodes = try compile([target, arguments[0]])
      return OptionalOrNode(nodes[0], nodes[1], unwraps: name == "orValue", position: position(syntax))
    default: return nil
    }
  }

  private mutating func has(_ argument: Syntax, at syntax: Syntax) throws(ExpressionError) -> any Node {
    guard case .select(let operand, let name, _) = argument.kind else {
      throw failure(.syntax, "has() takes the selection of a field: has(a.b)", at: syntax)
    }
    let isTolerant = environment.hasToleratesMissingParents
    return SelectNode(
      try isTolerant ? tolerant(operand) : compile(operand), name: name, mode: isTolerant ? .tolerantTest : .test,
      position: position(argument))
  }

  /// The operand of a tolerant `has`: each field on the way may be absent.
  private mutating func tolerant(_ syntax: Syntax) throws(ExpressionError) -> any Node {
    guard case .select(let operand, let name, _) = syntax.kind, !isVariable(syntax) else { return try compile(syntax) }
    return SelectNode(try tolerant(operand), name: name, mode: .tolerantOptional, position: position(syntax))
  }

  /// A macro with one or two variables and then `bodies` expressions over them.
  private mutating func loop(
    over target: Syntax, _ arguments: [Syntax], at syntax: Syntax, bodies: Int,
    _ make: (LoopRange, [any Node]) -> any Node
  ) throws(ExpressionError) -> any Node {
    let range = try compile(target)
    var names: [String] = []
    for argument in arguments.dropLast(bodies) { names.append(try variable(argument)) }
    if names.count == 2 && names[0] == names[1] {
      throw failure(.syntax, "the two variables of a macro need different names", at: arguments[1])
    }
    let position = position(syntax)
    return try withLocals(names) { (compiler, slots) throws(ExpressionError) in
      let loop = LoopRange(
        range: range, firstSlot: slots[0], secondSlot: slots.count == 2 ? slots[1] : nil, position: position)
      return make(loop, try compiler.compile(Array(arguments.suffix(bodies))))
    }
  }

  private mutating func sortBy(
    _ target: Syntax, _ arguments: [Syntax], at syntax: Syntax
  ) throws(ExpressionError) -> any Node {
    let list = "@sorted"
    let definition = try compile(target)
    let variable = try variable(arguments[0])
    let position = position(syntax)
    return try withLocals([]) { (compiler, _) throws(ExpressionError) in
      let slot = compiler.declare(list, definition)
      let range = LazyLocalNode(slot: slot, definition: definition)
      let keys = try compiler.withLocals([variable]) { (compiler, slots) throws(ExpressionError) -> any Node in
        let loop = LoopRange(range: range, firstSlot: slots[0], secondSlot: nil, position: position)
        let key = try compiler.compile(arguments[1])
        return CollectNode(loop, condition: nil, transform: key, result: .list)
      }
      let sort = BinaryCallNode(ListFunctions.sorted, range, keys, position: position)
      return BindNode(slots: [slot], definitionWeight: definition.weight, body: sort)
    }
  }

  // MARK: cel.bind, cel.block

  private mutating func celMacro(
    _ name: String, _ arguments: [Syntax], at syntax: Syntax
  ) throws(ExpressionError) -> (any Node)? {
    switch (name, arguments.count) {
    case ("bind", 3):
      let definition = try compile(arguments[1])
      let variable = try variable(arguments[0])
      return try withLocals([]) { (compiler, _) throws(ExpressionError) in
        let slot = compiler.declare(variable, definition)
        return BindNode(
          slots: [slot], definitionWeight: definition.weight, body: try compiler.compile(arguments[2]))
      }
    case ("block", 2):
      guard case .list(let elements) = arguments[0].kind else {
        throw failure(.syntax, "cel.block() takes a list and an expression", at: syntax)
      }
      return try withLocals([]) { (compiler, _) throws(ExpressionError) in
        var slots: [Int] = []
        var weight = 0
        for (index, element) in elements.enumerated() {
          let definition = try compiler.compile(element.value)
          slots.append(compiler.declare("@index\(index)", definition))
          weight += definition.weight
        }
        return BindNode(slots: slots, definitionWeight: weight, body: try compiler.compile(arguments[1]))
      }
    case ("index", 1), ("iterVar", 2), ("accuVar", 2):
      let variable = try variable(syntax)
      let name = Syntax(kind: .name(variable, isRooted: false), range: syntax.range, offset: syntax.offset, depth: 1)
      return try compile(name)
    default: return nil
    }
  }

  /// The name of a variable of a macro; `cel.iterVar(0, 0)` is one in the output of optimisers.
  /// https://github.com/google/cel-spec/blob/master/tests/simple/testdata/block_ext.textproto
  private func variable(_ syntax: Syntax) throws(ExpressionError) -> String {
    if case .name(let name, isRooted: false) = syntax.kind { return name }
    if case .call(let name, .some(let target), let arguments, _) = syntax.kind, case .name("cel", _) = target.kind {
      var numbers: [String] = []
      for argument in arguments {
        if case .literal(.int(let number)) = argument.kind { numbers.append("\(number)") }
      }
      if name == "index" && numbers.count == 1 { return "@index\(numbers[0])" }
      if name == "iterVar" || name == "accuVar", numbers.count == 2 {
        return "@\(name)\(numbers.joined(separator: ":"))"
      }
    }
    throw failure(.syntax, "expected the name of a variable", at: syntax)
  }
}
