import Findings
import TestSupport
import Testing

@testable import Tollgate

@Suite("Expectations in comments")
struct ExpectationTests {
  struct Case: Sendable {
    var text: String
    var expected: [String]
  }

  static let cases = [
    Case(text: "x # expect: a-b", expected: ["1 a-b"]), Case(text: "x\ny // expect: a\n", expected: ["2 a"]),
    Case(text: "<!-- expect: a-b -->", expected: ["1 a-b"]), Case(text: "<!-- expect: a--->", expected: ["1 a"]),
    Case(text: "/* expect: a, b */", expected: ["1 a", "1 b"]), Case(text: "# expect@+1: a\nx", expected: ["2 a"]),
    Case(text: "x\n; expect@-1: a", expected: ["1 a"]), Case(text: "#expect:a", expected: ["1 a"]),
    Case(text: "# expect: a # expect@+2: b", expected: ["1 a", "3 b"]),
    Case(text: "expect: a", expected: []), Case(text: "we # really expect: a", expected: []),
    Case(text: "# expect@1: a", expected: []), Case(text: "# expect@+99999999999999999999: a", expected: []),
    Case(text: "# expect:", expected: []), Case(text: "# expected: a", expected: []), Case(text: "", expected: []),
  ]

  @Test("are read", arguments: cases)
  func reading(row: Case) {
    #expect(Expectation.all(in: Array(row.text.utf8)).map { "\($0.line) \($0.rule)" } == row.expected)
  }

  @Test("cost no more than the length of a line")
  func hostile() {
    let line = Array(String(repeating: "# expect: a ", count: 20_000).utf8)
    #expect(Expectation.all(in: line).count == 20_000)
  }
}
