import Findings
import Reporting
import TestSupport
import Testing

@Suite("JSON")
struct JSONTests {
  @Test(
    "escapes what must be escaped and nothing else",
    arguments: [
      ("plain é 漢 👍", "plain é 漢 👍"), ("\"\\/", "\\\"\\\\/"), ("\n\r\t\u{8}\u{C}", "\\n\\r\\t\\b\\f"),
      ("\0\u{1}\u{1B}\u{1F}\u{7F}", "\\u0000\\u0001\\u001b\\u001f\u{7F}"), ("\u{2028}\u{2029}", "\u{2028}\u{2029}"),
      ("\r\n", "\\r\\n"),
    ])
  func escaping(text: String, written: String) throws {
    var writer = JSONWriter(isPretty: false)
    writer.object { $0.member("k", text) }
    #expect(String(decoding: writer.bytes, as: UTF8.self) == "{\"k\":\"\(written)\"}")
    #expect(try JSONValue(writer.bytes)["k"].text == text)
  }

  @Test("keeps the order of keys and indents by two spaces")
  func layout() {
    var writer = JSONWriter(isPretty: true)
    writer.object { object in
      object.member("z", 1)
      object.member("a", true)
      object.array("none") { _ in }
      object.member("absent", ifPresent: nil)
      object.member("empty", ifPresent: "")
      object.array("list") { list in
        list.element(-1)
        list.element("x")
        list.object { _ in }
      }
    }
    writer.endLine()
    #expect(
      String(decoding: writer.bytes, as: UTF8.self) == """
        {
          "z": 1,
          "a": true,
          "none": [],
          "list": [
            -1,
            "x",
            {}
          ]
        }

        """)
  }

  @Test("a report is as its schema says", arguments: Sample.reports.keys.sorted())
  func schema(name: String) throws {
    let report = try #require(Sample.reports[name])
    let schema = JSONSchema(try JSONValue(#require(Repository.bytes("docs/report.schema.json"))))
    #expect(schema.errors(in: try JSONValue(render(report, as: .json))) == [])
  }

  @Test("JSON lines are objects of a known type, the summary last")
  func lines() throws {
    let lines = render(Sample.hostile, as: .jsonLines).split(separator: UInt8(ascii: "\n"))
    let types = try lines.map { try JSONValue(Array($0))["type"].text }
    #expect(types == Array(repeating: "finding", count: 5) + ["notification", "notification", "summary"])
  }
}
