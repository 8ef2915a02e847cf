import Documents
import Expressions
import Testing
import Views

@Suite("A document as a value of expressions")
struct NodeValueTests {
  private static func evaluate(_ expression: String, _ yaml: String) throws -> Value {
    let environment = Environment(variables: ["self"])
    var bindings = Bindings(environment)
    bindings["self"] = try #require(try YAMLReader.read(Array(yaml.utf8)).roots.first).value
    return try Program(parsing: expression, in: environment).evaluate(with: bindings)
  }

  @Test(
    "has members, elements, keys and types",
    arguments: [
      ("self.a.b == 1", "a: {b: 1}", true),
      ("has(self.a.c)", "a: {b: 1}", false),
      ("'b' in self.a && !('x' in self.a)", "a: {b: 1}", true),
      ("self.list[1] == 'y' && size(self.list) == 2", "list: [x, y]", true),
      ("self.list.exists(i, i.startsWith('y'))", "list: [x, y]", true),
      ("self.all(k, k.size() == 1) && size(self) == 3", "a: 1\nb: 2\nc: 3", true),
      ("self.t == true && self.n == null && self.d == 1.5 && self.s == '1'", "{t: true, n: ~, d: 1.5, s: '1'}", true),
      ("self.on == 'push'", "on: push", true),
      (
        "self.job.image == 'x' && self.job.stage == 'own'", "d: &d {image: x, stage: s}\njob: {<<: *d, stage: own}",
        true
      ),
      ("self.b == self.a", "a: &a [1, {x: 2}]\nb: *a", true),
      ("self == 'text'", "text", true),
      ("self.a == self.b", "a: {x: 1, y: 2}\nb: {y: 2, x: 1}", true),
    ])
  func values(expression: String, yaml: String, expected: Bool) throws {
    guard case .bool(let value) = try Self.evaluate(expression, yaml) else {
      Issue.record("\(expression) gives no bool")
      return
    }
    #expect(value == expected, "\(expression) over \(yaml)")
  }

  @Test("has no member that is not there")
  func absent() {
    #expect(throws: ExpressionError.self) { try Self.evaluate("self.a.b.c == 1", "a: {}") }
    #expect(throws: ExpressionError.self) { try Self.evaluate("self.list[2] == 1", "list: [1]") }
  }
}
