import Expressions
import Testing

/// https://github.com/google/cel-spec/blob/master/proto/cel/expr/eval.proto (ExprValue.unknown)
struct UnknownTests {
  private func result(_ source: String) throws -> String {
    let list: Value = .list([.int(1), .unknown(Unknown("element"))])
    return try evaluate(
      source,
      [
        ("u", .unknown(Unknown("var.u"))), ("v", .unknown(Unknown("var.v"))), ("list", list),
        ("map", .map([("known", .int(1)), ("hole", .unknown(Unknown("hole")))])),
      ]
    ).description
  }

  @Test(arguments: [
    ("u && false", "false"), ("false && u", "false"), ("u || true", "true"), ("u && true", "unknown(var.u)"),
    ("u || v", "unknown(var.u, var.v)"), ("u || 1 / 0 > 0", "unknown(var.u)"), ("1 / 0 > 0 && u", "unknown(var.u)"),
    ("(u || true) && v", "unknown(var.v)"), ("!u", "unknown(var.u)"), ("u ? 1 : 2", "unknown(var.u)"),
  ])
  func `logic decides where it can`(source: String, expected: String) throws {
    #expect(try result(source) == expected)
  }

  @Test(arguments: [
    ("u.a.b[0]", "unknown(var.u)"), ("has(u.a)", "unknown(var.u)"), ("size(u)", "unknown(var.u)"),
    ("u + v", "unknown(var.u, var.v)"), ("u == 1", "unknown(var.u)"), ("[u]", "unknown(var.u)"),
    ("{'a': u}", "unknown(var.u)"), ("u in [1]", "unknown(var.u)"), ("u.exists(x, true)", "unknown(var.u)"),
    ("map.hole", "unknown(hole)"), ("has(map.hole)", "unknown(hole)"), ("has(map.known)", "true"),
    ("map.?hole", "unknown(hole)"), ("has(map.other)", "false"),
  ])
  func `what depends on an unknown is unknown`(source: String, expected: String) throws {
    #expect(try result(source) == expected)
  }

  @Test(arguments: [
    ("list.exists(x, x == 1)", "true"), ("list.exists(x, x == 2)", "unknown(element)"),
    ("list.all(x, x == 2)", "false"), ("list.all(x, x == 1)", "unknown(element)"),
    ("list.map(x, x)", "unknown(element)"), ("list.filter(x, x == 1)", "unknown(element)"),
    ("list.exists_one(x, x == 1)", "unknown(element)"), ("1 in list", "true"), ("3 in list", "unknown(element)"),
    ("list == [1, 2]", "unknown(element)"), ("list == [2, 2]", "false"), ("size(list)", "2"),
    ("list.sort()", "unknown(element)"), ("sets.contains(list, [1])", "true"), ("list[1]", "unknown(element)"),
    ("list.map(x, 0)", "[0, 0]"),
  ])
  func `an unknown element only counts where it matters`(source: String, expected: String) throws {
    #expect(try result(source) == expected)
  }

  @Test(arguments: ["u + 1 / 0", "size(u) + size(1)", "[u, 1 / 0]"])
  func `an error wins where no value could decide`(source: String) {
    #expect(throws: ExpressionError.self) { try result(source) }
  }
}
