import Expressions
import Testing

/// A view as a module above would write one: it makes its members when they are asked for.
private final class Step: ValueObject {
  let type = ValueType("test.Step")

  func member(_ name: String) -> Value? {
    switch name {
    case "uses": .string("actions/checkout@v4")
    case "with": .map([("fetch-depth", .int(0))])
    case "lines": .list(Lines())
    default: nil
    }
  }
}

private final class Lines: ListProvider {
  let count = 1_000_000_000
  func element(at index: Int) -> Value { .string("line \(index)") }
}

struct ProgramTests {
  @Test(arguments: [
    ("self.uses.startsWith('actions/') && self.with['fetch-depth'] == 0", "true"),
    ("has(self.name) || self.lines[999].endsWith('999')", "true"),
    ("self.lines.exists(l, l == 'line 3')", "true"), ("self.?name.orValue('none')", "\"none\""),
    ("self == self && type(self) != string", "true"),
  ])
  func `provided objects and lists answer when asked`(source: String, expected: String) throws {
    let environment = Environment.tested("self")
    let program = try Program(parsing: source, in: environment)
    var bindings = Bindings(environment)
    bindings["self"] = .object(Step())
    #expect(try program.evaluate(with: bindings).description == expected)
  }

  @Test(arguments: [
    ("self.lenght()", 1, 6, "there is no method 'lenght'"), ("slef.a", 1, 1, "there is no variable 'slef'"),
    ("true &&\n  sice(self)", 2, 3, "there is no function 'sice'"), ("1 +", 1, 4, "expected a value, found the end"),
    ("'a\nb'", 1, 3, "a text of several lines needs three quotes"), ("'é' ==§ 1", 1, 7, "unexpected character '§'"),
    ("size(1, 2)", 1, 1, "the function 'size' takes 1 arguments"), ("'\\q'", 1, 2, "unknown escape"),
    ("maht.abs(1)", 1, 6, "there is no function 'maht.abs'"), ("startsWith('a', 'b')", 1, 1, "is a method"),
    ("self.all(1, true)", 1, 10, "expected the name of a variable"), ("has(self)", 1, 1, "has() takes"),
    ("self.matches('(')", 1, 6, "not a pattern"), ("let + 1", 1, 1, "'let' is a reserved word"),
    ("a.B{c: 1}", 1, 1, "there is no message type 'a.B'"), ("18446744073709551616", 1, 1, "out of range"),
    ("9223372036854775808", 1, 1, "does not fit into an int"), ("[1, 2", 1, 6, "expected ']', found the end"),
  ])
  func `a mistake is found when the program is built`(
    source: String, line: Int, column: Int, message: String
  ) throws {
    let error = try #require(
      #expect(throws: ExpressionError.self) { try Program(parsing: source, in: Environment.tested("self")) })
    #expect(error.position?.line == line && error.position?.column == column, "\(error)")
    #expect(error.message.contains(message), "\(error)")
  }

  @Test func `a deferred environment reports undeclared names when they are reached`() throws {
    let program = try Program(parsing: "nobody || f(1) || true", in: Environment.tested(checking: .deferred))
    #expect(try program.evaluate().description == "true")
    let failing = try Program(parsing: "nobody", in: Environment.tested(checking: .deferred))
    let error = #expect(throws: ExpressionError.self) { try failing.evaluate() }
    #expect(error?.code == .undeclared)
  }

  @Test func `an error of evaluation has the place of the part that failed`() throws {
    let program = try Program(parsing: "true &&\n self.a.b == 1", in: Environment.tested("self"))
    let error = #expect(throws: ExpressionError.self) { try program.evaluate(variables: [.map([("a", .map([]))])]) }
    #expect(error?.description == "2:9: no such key: b")
    #expect(error?.position?.byteOffset == 16)
  }

  @Test(arguments: [
    ("has(x.a)", true), ("has(x.a.b)", true), ("has(x.q.b)", false), ("has(x.q.r.s)", false), ("has(x.a.b.c)", false),
    ("has(x.?q.r)", false), ("has(x.y.z)", true), ("has(x.y.q)", false),
  ])
  func `has can take a missing parent as absent`(source: String, expected: Bool) throws {
    let tolerant = Environment(variables: ["x", "x.y"], functions: .standard, hasToleratesMissingParents: true)
    let x: Value = .map([("a", .map([("b", .int(1))]))])
    let value = try Program(parsing: source, in: tolerant).evaluate(variables: [x, .map([("z", .null)])])
    #expect(value.description == "\(expected)")
    #expect(throws: ExpressionError.self) { try evaluate("has(x.q.b)", [("x", x)]) }
  }

  @Test func `a program says which variables it reads`() throws {
    let program = try Program(parsing: "a.x + [1].map(c, c)[0]", in: .tested("a", "b", "c"))
    #expect(program.usedVariables == ["a"])
  }

  @Test func `a trace shows each part with its value`() throws {
    let environment = Environment.tested("x")
    let program = try Program(parsing: "x > 1 && [1, 2].exists(i, i == x)", in: environment)
    var bindings = Bindings(environment)
    bindings["x"] = .int(2)
    let lines = program.trace(with: bindings).map { part in
      let text = String(decoding: Array(program.source.utf8)[part.range], as: UTF8.self)
      return "\(text) -> \((try? part.result.get())?.description ?? "error")"
    }
    #expect(
      lines == [
        "x -> 2", "x > 1 -> true", "i -> 1", "x -> 2", "i == x -> false", "i -> 2", "x -> 2", "i == x -> true",
        "[1, 2].exists(i, i == x) -> true", "x > 1 && [1, 2].exists(i, i == x) -> true",
      ])
  }

  @Test func `a program is evaluated by many at once`() async throws {
    let program = try Program(parsing: "lists.range(100).filter(i, i % n == 0).size()", in: Environment.tested("n"))
    let results = await withTaskGroup(of: String?.self) { group in
      for number in 1...50 {
        group.addTask { try? program.evaluate(variables: [.int(Int64(number))]).description }
      }
      return await group.reduce(into: [String]()) { if let result = $1 { $0.append(result) } }
    }
    #expect(results.count == 50 && results.contains("100") && results.contains("2"))
  }
}
