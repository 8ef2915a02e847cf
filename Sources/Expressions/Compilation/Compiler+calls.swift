extension Compiler {
  mutating func call(_ syntax: Syntax) throws(ExpressionError) -> any Node {
    guard case .call(let name, let target, let arguments, let isRooted) = syntax.kind else {
      throw failure(.syntax, "not a call", at: syntax)
    }
    if let node = try macro(name, target: target, arguments, at: syntax) { return node }
    guard let target else {
      return try function(name, isRooted: isRooted, arguments, at: syntax)
    }
    // `math.abs(x)`: a function with a namespace, unless `math` is a variable of a macro.
    if let (names, isRooted) = target.qualifiedName, isRooted || !isLocal(names[0]) {
      let qualified = (names + [name]).joined(separator: ".")
      if environment.candidates(qualified, isRooted: isRooted).contains(where: environment.functions.hasFunction) {
        return try function(qualified, isRooted: isRooted, arguments, at: syntax)
      }
    }
    let receiver = try receiver(target, name, count: arguments.count, at: syntax)
    let nodes = [receiver] + (try compile(arguments))
    return try overload(name, isMethod: true, nodes, at: syntax)
  }

  /// Compiles what a method is called on. In a deferred environment an unknown method hides an unknown receiver.
  private mutating func receiver(
    _ target: Syntax, _ name: String, count: Int, at syntax: Syntax
  ) throws(ExpressionError) -> any Node {
    do throws(ExpressionError) {
      return try compile(target)
    } catch  where error.code == .undeclared && environment.functions.arities(name, isMethod: true).isEmpty {
      // `maht.abs(1)`: the function is what the author meant to name.
      guard let names = target.qualifiedName?.names else { throw error }
      return try missing("there is no function '\((names + [name]).joined(separator: "."))'", at: syntax)
    }
  }

  private mutating func function(
    _ name: String, isRooted: Bool, _ arguments: [Syntax], at syntax: Syntax
  ) throws(ExpressionError) -> any Node {
    let nodes = try compile(arguments)
    let found = environment.candidates(name, isRooted: isRooted).first(where: environment.functions.hasFunction)
    return try overload(found ?? name, isMethod: false, nodes, at: syntax)
  }

  private func overload(
    _ name: String, isMethod: Bool, _ nodes: [any Node], at syntax: Syntax
  ) throws(ExpressionError) -> any Node {
    let overloads = environment.functions.overloads(name, isMethod: isMethod, count: nodes.count)
    guard let first = overloads.first else { return try missing(explanation(name, isMethod: isMethod), at: syntax) }
    let position = position(syntax)
    let constants = nodes.map { ($0 as? ConstantNode)?.value }
    let bodies = try overloads.map { function throws(ExpressionError) in
      do throws(ExpressionError) {
        return try function.specialization?(constants) ?? function.body
      } catch {
        throw error.positioned(at: position)
      }
    }
    let node: any Node
    if overloads.count == 1 {
      switch (bodies[0], nodes.count) {
      case (.unary(let body), 1): node = UnaryCallNode(body, nodes[0], position: position)
      case (.binary(let body), 2): node = BinaryCallNode(body, nodes[0], nodes[1], position: position)
      case (.variadic(let body), _): node = CallNode(body, nodes, position: position)
      default: throw failure(.undeclared, "'\(first.name)' is registered with a wrong arity", at: syntax)
      }
    } else {
      node = CallNode(Self.firstFitting(bodies), nodes, position: position)
    }
    return fold(node, of: nodes)
  }

  private static func firstFitting(_ bodies: [Function.Body]) -> Function.Variadic {
    { (arguments, evaluation) throws(ExpressionError) in
      var error: ExpressionError?
      for body in bodies {
        do throws(ExpressionError) {
          switch (body, arguments.count) {
          case (.unary(let body), 1): return try body(arguments[0], &evaluation)
          case (.binary(let body), 2): return try body(arguments[0], arguments[1], &evaluation)
          case (.variadic(let body), _): return try body(arguments, &evaluation)
          default: break
          }
        } catch let failure where failure.code == .noSuchOverload {
          error = error ?? failure
        }
      }
      throw error ?? ExpressionError(.noSuchOverload, "no such overload")
    }
  }

  private func explanation(_ name: String, isMethod: Bool) -> String {
    let what = isMethod ? "method" : "function"
    let arities = environment.functions.arities(name, isMethod: isMethod)
    guard arities.isEmpty else {
      let counts = arities.map { range in
        let less = isMethod ? 1 : 0
        return range.count == 1
          ? "\(range.lowerBound - less)" : "\(range.lowerBound - less) to \(range.upperBound - less)"
      }
      return "the \(what) '\(name)' takes \(counts.joined(separator: " or ")) arguments"
    }
    if !environment.functions.arities(name, isMethod: !isMethod).isEmpty {
      return isMethod
        ? "'\(name)' is a function, not a method: \(name)(x)" : "'\(name)' is a method, not a function: x.\(name)()"
    }
    return "there is no \(what) '\(name)'"
  }
}
