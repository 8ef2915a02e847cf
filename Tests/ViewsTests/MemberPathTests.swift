import Testing
import Views

@Suite("Ways to members")
struct MemberPathTests {
  @Test(
    "are names, indices and quoted names",
    arguments: [
      ("uses", [.name("uses")]), ("with.token", [.name("with"), .name("token")]),
      ("steps[0].run", [.name("steps"), .index(0), .name("run")]),
      ("env['MY-NAME']", [.name("env"), .name("MY-NAME")]),
      ("runs-on", [.name("runs-on")]), ("['a.b'].c", [.name("a.b"), .name("c")]),
    ] as [(String, [MemberPath.Step])])
  func parse(text: String, steps: [MemberPath.Step]) {
    #expect(MemberPath(text)?.steps == steps)
  }

  @Test(
    "are refused in any other form", arguments: ["", "a..b", "a.", ".a", "a[", "a[x]", "a['b", "a b", "a.[0]", "a]"])
  func refuse(text: String) {
    #expect(MemberPath(text) == nil)
  }
}
