import Testing

@testable import Documents

@Suite("YAML scalars")
struct YAMLScalarTests {
  private func node(_ text: String) throws -> Node { try #require(try YAMLReader.read("- \(text)".bytes).root?[0]) }

  @Test(
    "have the type that go-yaml v3 gives them",
    arguments: [
      ("", ScalarValue.null), ("~", .null), ("null", .null), ("Null", .null), ("NULL", .null),
      ("nUll", .string("nUll")),
      ("true", .bool(true)), ("True", .bool(true)), ("TRUE", .bool(true)), ("False", .bool(false)),
      ("yes", .string("yes")), ("no", .string("no")), ("on", .string("on")), ("Off", .string("Off")),
      ("y", .string("y")), ("0", .int(0)), ("-1", .int(-1)), ("+7", .int(7)), ("1_000", .int(1_000)),
      ("014", .int(12)), ("0o14", .int(12)), ("-0o14", .int(-12)), ("08", .double(8)), ("0x1F", .int(31)),
      ("0XfF", .int(255)), ("0b101", .int(5)), ("0x", .string("0x")), ("0b2", .string("0b2")), ("0o8", .string("0o8")),
      ("-0x10", .int(-16)), ("9223372036854775807", .int(.max)), ("-9223372036854775808", .int(.min)),
      ("9223372036854775808", .double(9_223_372_036_854_775_808)),
      ("0xFFFFFFFFFFFFFFFFFF", .string("0xFFFFFFFFFFFFFFFFFF")),
      ("99999999999999999999", .double(1e20)), ("1.5", .double(1.5)), ("1.", .double(1)), (".5", .double(0.5)),
      ("-.5", .double(-0.5)), ("1e3", .double(1_000)), ("1E-2", .double(0.01)), ("1_0.5", .double(10.5)),
      (".inf", .double(.infinity)), ("-.Inf", .double(-.infinity)), ("+.INF", .double(.infinity)),
      ("._5", .string("._5")),
      (".", .string(".")), ("-", .string("-")), ("1.2.3", .string("1.2.3")), ("1e", .string("1e")),
      ("12h", .string("12h")),
      ("2001-01-01", .string("2001-01-01")), ("1:30", .string("1:30")), ("inf", .string("inf")),
      ("nan", .string("nan")),
      ("0777", .int(511)), ("'1'", .string("1")), ("\"true\"", .string("true")), ("''", .string("")),
      ("!!str 1", .string("1")), ("! 1", .string("1")), ("!!int '1'", .int(1)), ("!!float 1", .double(1)),
      ("!!bool yes", .bool(true)), ("!!null x", .null), ("!Ref 1", .string("1")), ("1_", .int(1)),
    ])
  func types(text: String, value: ScalarValue) throws {
    // "-" alone would be a list in a list.
    let node = text == "-" ? try #require(try YAMLReader.read("a: -x".bytes).root?["a"]) : try node(text)
    #expect(node.scalar == (text == "-" ? .string("-x") : value))
  }

  @Test("not a number is not a number")
  func notANumber() throws {
    for text in [".nan", ".NaN", ".NAN"] {
      guard case .double(let value)? = try node(text).scalar else {
        Issue.record("\(text)")
        continue
      }
      #expect(value.isNaN)
    }
  }

  @Test("the keys on and yes stay texts")
  func keys() throws {
    let root = try #require(try YAMLReader.read("on: push\nyes: 1\n1: x\n".bytes).root)
    #expect(root.entries?.map { $0.key.text } == ["on", "yes", "1"])
    #expect(root["on"]?.text == "push")
  }

  @Test("a field of truth reads YAML 1.1's words")
  func truth() throws {
    #expect(try node("yes").bool == true)
    #expect(try node("Off").bool == false)
    #expect(try node("true").bool == true)
    #expect(try node("'yes'").bool == nil)
    #expect(try node("1").bool == nil)
    #expect(try JSONReader.read("[\"on\"]".bytes).root?[0]?.bool == nil)
  }
}
