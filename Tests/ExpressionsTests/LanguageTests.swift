import Expressions
import Testing

/// The facts of the specification that rules lean on, without `../shared`.
struct LanguageTests {
  @Test(arguments: [
    // Operators
    ("1 + 2 * 3 == 7 && 7 % 4 == 3 && -7 / 2 == -3", "true"),
    ("10 - 3 - 2", "5"),
    ("-9223372036854775808", "-9223372036854775808"),
    ("1 == 1u && 1u == 1.0 && 1 < 1.5 && 2u > -1", "true"),
    ("1 == '1'", "false"),
    ("0.0 / 0.0 == 0.0 / 0.0", "false"),
    ("'e\\u0301' == '\\u00e9'", "false"),
    ("'a' < 'b' && b'a' < b'b' && false < true", "true"),
    ("true ? 1 : 1 / 0", "1"),
    ("[1, 2] + [3] == [1, 2, 3] && {'a': [1]} == {'a': [1.0]}", "true"),
    ("2 in [1, 2.0] && 'a' in {'a': 1} && !('b' in {'a': 1})", "true"),
    ("{1: 'a'}[1u] + {'k': 'b'}.k + ['c'][0]", "\"abc\""),
    ("{'content-type': 1}.`content-type`", "1"),
    // Literals
    ("'\\x41\\u00e9\\U0001F431\\101' + r'\\n' + '''a'b'''", "\"A\u{e9}\u{1F431}A\\\\na'b\""),
    ("b'\\xff\\101' == b'\\377A'", "true"),
    ("0x1F + 0x1", "32"),
    ("1e3 + .5 // comment", "1000.5"),
    // Macros
    ("has({'a': 1}.a) && !has({}.a)", "true"),
    ("[1, 2, 3].all(x, x > 0) && [1, 2].exists(x, x == 2) && [1, 2].exists_one(x, x > 1)", "true"),
    ("[1, 2, 3].map(x, x > 1, x * 2) == [4, 6] && [1, 2].filter(x, x != 1) == [2]", "true"),
    ("['a', 'b'].transformMap(i, v, v + string(i)) == {0: 'a0', 1: 'b1'}", "true"),
    ("{'a': 1}.transformMapEntry(k, v, {v: k}) == {1: 'a'}", "true"),
    ("cel.bind(x, [1, 2], x + x) == [1, 2, 1, 2] && cel.bind(x, 1 / 0, true)", "true"),
    ("[1, 2].map(x, cel.bind(y, x * 10, [3].map(z, y + z)))", "[[13], [23]]"),
    ("optional.of(1).optMap(x, x + 1).orValue(0) + {}.?a.orValue(5)", "7"),
    ("[?optional.none(), ?optional.of(1)] == [1] && {?'a': optional.none()} == {}", "true"),
    // Conversions and types
    ("type(1) == int && type(type(1)) == type && type(null) == null_type", "true"),
    ("string(1.0) + string(1.5) + string(-2) + string(true)", "\"11.5-2true\""),
    ("int('12') + int(3.9) + int(4u)", "19"),
    ("double('1e3') == 1000.0 && bool('true') && uint(3) == 3u", "true"),
  ])
  func `an expression gives what the specification says`(source: String, expected: String) throws {
    #expect(try evaluate(source).description == expected)
  }

  @Test(arguments: [
    ("9223372036854775807 + 1", ExpressionError.Code.overflow), ("0u - 1u", .overflow),
    ("-(-9223372036854775808)", .overflow), ("1 / 0", .divisionByZero), ("1 % 0", .divisionByZero),
    ("1 + 1u", .noSuchOverload), ("'a' + 1", .noSuchOverload), ("[1][1]", .noSuchKey), ("{}.a", .noSuchKey),
    ("!1", .noSuchOverload), ("-'a'", .noSuchOverload), ("--'a'", .noSuchOverload), ("!!1", .noSuchOverload),
    ("int('x')", .invalidArgument), ("{1: 1, 1u: 2}", .invalidArgument), ("optional.none().value()", .invalidArgument),
    ("timestamp('9999-12-31T23:59:59Z') + duration('1s')", .overflow), ("[1, 'a'].sort()", .noSuchOverload),
  ])
  func `what cannot be computed is an error`(source: String, code: ExpressionError.Code) {
    let error = #expect(throws: ExpressionError.self) { try evaluate(source) }
    #expect(error?.code == code)
    #expect(error?.position != nil)
  }

  @Test(arguments: [
    ("false && 1 / 0 > 0", "false"), ("1 / 0 > 0 && false", "false"), ("1 / 0 > 0 || true", "true"),
    ("[1, 0].exists(x, 1 / x == 1)", "true"), ("[0, 1].all(x, 1 / x != 1)", "false"), ("1 && false", "false"),
  ])
  func `an operand that decides makes up for the error of another`(source: String, expected: String) throws {
    #expect(try evaluate(source).description == expected)
  }

  @Test func `a deciding operand does not make up for a limit`() {
    let loop = "lists.range(400).all(x, lists.range(400).all(y, x + y >= 0)) || true"
    let error = #expect(throws: ExpressionError.self) { try evaluate(loop, steps: 10_000) }
    #expect(error?.code == .costExceeded)
  }

  @Test func `names are looked up in the container first, and a macro's variables before that`() throws {
    func value(_ source: String) throws -> String {
      let environment = Environment(variables: ["x", "a.b.x", "a.b.c"], functions: .standard, container: "a.b")
      return try Program(parsing: source, in: environment).evaluate(variables: [.int(1), .int(2), .int(3)]).description
    }
    #expect(try value("x") == "2")
    #expect(try value(".x") == "1")
    #expect(try value("c + a.b.c") == "6")
    #expect(try value("[9].map(x, x + .x)") == "[10]")
  }

  @Test(arguments: [
    ("timestamp('2009-02-13T23:31:30Z').getFullYear()", "2009"),
    ("timestamp('2009-02-13T23:31:30.5+01:00')", "2009-02-13T22:31:30.5Z"),
    ("timestamp('2024-02-29T00:00:00Z').getDayOfYear()", "59"),
    ("timestamp('1969-12-31T23:59:59Z').getDayOfWeek()", "3"),
    ("timestamp('2009-02-13T23:31:30Z').getHours('+05:45')", "5"),
    ("timestamp('0001-01-01T00:00:00Z') < timestamp(0)", "true"),
    ("duration('1h30m1.5s')", "5401.5s"), ("duration('-1ms')", "-0.001s"), ("duration('90m').getHours()", "1"),
    ("timestamp(10) - timestamp(4) == duration('6s')", "true"),
    ("timestamp(0) - duration('1ns')", "1969-12-31T23:59:59.999999999Z"),
  ])
  func `times have the parts that a calendar shows`(source: String, expected: String) throws {
    #expect(try evaluate(source).description == expected)
  }

  @Test(arguments: ["x", "../../etc/passwd", "/etc/passwd", "+25:00", "Europe/Nowhere"])
  func `an unknown time zone is an error`(zone: String) {
    let error = #expect(throws: ExpressionError.self) { try evaluate("timestamp(0).getHours('\(zone)')") }
    #expect(error?.code == .invalidArgument)
  }
}
