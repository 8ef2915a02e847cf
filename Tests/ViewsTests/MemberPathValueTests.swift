import Expressions
import Testing
import Views

@Suite("Member paths")
struct MemberPathValueTests {
  static let value = Value.map([
    ("a", .map([("b-c", .list([.int(1), .map([("d", .string("x"))])]))])), ("e", .optional(.map([("f", .bool(true))]))),
  ])

  @Test(
    "lead to the member, or to nothing where it is absent",
    arguments: [
      ("a['b-c'][0]", "1"), ("a.b-c[1].d", "\"x\""), ("e.f", "true"), ("a.x", nil), ("a['b-c'][2]", nil), ("a[0]", nil),
      ("a.b-c.d", nil),
    ] as [(String, String?)])
  func values(path: String, value: String?) throws {
    #expect(try #require(MemberPath(path)).value(in: Self.value)?.description == value)
  }
}
