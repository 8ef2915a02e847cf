import Findings
import TestSupport
import Testing

@testable import Documents

@Suite("TOMLReader: errors and limits")
struct TOMLErrorTests {
  @Test(
    "says what is wrong and where",
    arguments: [
      ("a", "1:2: expected = after the key"), ("= 1", "1:1: expected a key"), ("a.=1", "1:3: expected a key"),
      ("a..b=1", "1:3: expected a key"), ("é=1", "1:1: expected a key"), ("a b=1", "1:3: expected = after the key"),
      ("\"\"\"a\"\"\"=1", "1:3: expected = after the key"), ("\"a\nb\"=1", "1:1: the string has no end in its line"),
      ("a=", "1:3: expected a value"), ("a=\n1", "1:3: expected a value"),
      ("a=1 b=2", "1:5: expected the end of the line"),
      ("a=1\r", "1:4: expected the end of the line"), ("[a]b=1", "1:4: expected the end of the line"),
      ("[a", "1:3: expected . or ] in the header"), ("[]", "1:2: expected a key"), ("[[]]", "1:3: expected a key"),
      ("[a.]", "1:4: expected a key"), ("[[a] ]", "1:5: expected ]] after the header"),
      ("[ [a]]", "1:3: expected a key"),
      ("[a\n]", "1:3: expected . or ] in the header"), ("a=[1 2]", "1:6: expected , or ]"),
      ("a=[1,,2]", "1:6: expected a value"),
      ("a=[,]", "1:4: expected a value"), ("a=[1", "1:5: expected , or ]"), ("a=[1}", "1:5: expected , or ]"),
      ("a={b=1", "1:7: expected , or }"), ("a={b=1,}", "1:8: expected a key"), ("a={\n}", "1:4: expected a key"),
      ("a={b=1\n}", "1:7: expected , or }"), ("a={b}", "1:5: expected = after the key"),
      ("a={b=1 # c\n}", "1:8: expected , or }"),
      ("a='b", "1:3: the string has no end"), ("a='b\nc'", "1:3: the string has no end in its line"),
      ("a=\"\"\"b\"\"", "1:3: the string has no end"), ("a=\"b\\\"", "1:3: the string has no end"),
      ("a=\"\"\"\"\"\"\"\"\"", "1:11: expected the end of the line"),
      ("a=\"\\e\"", "1:4: not an escape that TOML has"), ("a=\"\\ \"", "1:4: not an escape that TOML has"),
      ("a=\"\"\"\\ b\"\"\"", "1:6: not an escape that TOML has"),
      ("a=\"\\u12g4\"", "1:4: \\u needs four hexadecimal digits"),
      ("a=\"\\U0000123\"", "1:4: \\U needs eight hexadecimal digits"),
      ("a=\"\\ud800\"", "1:4: not a character of Unicode"),
      ("a=\"\\U00110000\"", "1:4: not a character of Unicode"),
      ("a=\"\u{7F}\"", "1:4: a control character in a string"),
      ("a='\u{0}'", "1:4: a control character in a string"), ("a='''\r'''", "1:6: a control character in a string"),
      ("a=\"\"\"\u{1F}\"\"\"", "1:6: a control character in a string"),
      ("# \u{1}", "1:3: a control character in a comment"),
      ("# \u{7F}", "1:3: a control character in a comment"), ("# \r#", "1:3: a control character in a comment"),
    ])
  func syntax(text: String, message: String) throws {
    let error = try #require(throws: DocumentError.self) { try TOMLReader.read(text.bytes) }
    #expect("\(error)" == message)
  }

  @Test(
    "refuses scalars that are nearly numbers, dates or words",
    arguments: [
      "_1", "1_", "1__0", "01", "-01", "+-1", "0x", "0x_1", "0x1_", "+0x1", "0X1", "0o8", "0b2", "0xg", "1.", ".5",
      "1.e5",
      "1._5", "1_.5", "1e", "1e+", "1e_5", "1.5.5", "00e0", "01.5", "Inf", "infx", "+ 1", "nana", "True", "truefalse",
      "yes",
      "null", "1979-5-27", "1979-13-01", "1979-00-01", "1979-02-29", "1900-02-29", "1979-04-31", "1979-05-00",
      "1979-05-27T",
      "1979-05-27T07:32", "1979-05-27 07:32", "1979-05-27  07:32:00", "07:32", "24:00:00", "00:60:00", "00:00:61",
      "00:00:00.",
      "1979-05-27T00:00:00.Z", "1979-05-27T00:00:00+24:00", "1979-05-27T00:00:00+00:60", "1979-05-27T00:00:00+0000",
      "1979-05-27Z", "07:32:00Z", "7:32:00", "1979-05-27x00:00:00", "197-05-27", "12345-05-27", "12:", "1979-",
    ])
  func scalars(text: String) {
    #expect(throws: DocumentError.self) { try TOMLReader.read("a=\(text)".bytes) }
    #expect(throws: DocumentError.self) { try TOMLReader.read("a=[\(text)]".bytes) }
  }

  @Test(
    "refuses what is defined twice or added to what is complete",
    arguments: [
      ("a=1\na=2", "2:1: the key is defined already"), ("a=1\n\"a\"=2", "2:1: the key is defined already"),
      ("'\\u0061'=0\na=1\n\"\\u0061\"=2", "3:1: the key is defined already"),
      ("a.b=1\na.b=2", "2:3: the key is defined already"),
      ("a={b=1,b=2}", "1:8: the key is defined already"), ("a={b.c=1,b=2}", "1:10: the key is defined already"),
      ("a=1\na.b=2", "2:1: the key has a value already, which cannot be added to"),
      ("a={}\na.b=2", "2:1: the key has a value already, which cannot be added to"),
      ("a.b={}\na.b.c=1", "2:3: the key has a value already, which cannot be added to"),
      ("a=[{}]\na.b=2", "2:1: the key has a value already, which cannot be added to"),
      ("a={b={c=1},b.d=1}", "1:12: the key has a value already, which cannot be added to"),
      ("[a]\n[a]", "2:2: the table is defined already"), ("[a]\n[b]\n[ 'a' ]", "3:3: the table is defined already"),
      ("[a.b]\n[a]\n[a.b]", "3:4: the table is defined already"), ("a.b=1\n[a]", "2:2: the table is defined already"),
      ("[a]\nb.c=1\n[a.b]", "3:4: the table is defined already"), ("[[a]]\n[a]", "2:2: the table is defined already"),
      ("a=1\n[a]", "2:2: the table is defined already"), ("a={}\n[a]", "2:2: the table is defined already"),
      ("a=1\n[a.b]", "2:2: the key has a value, which is no table"),
      ("a={}\n[a.b]", "2:2: the key has a value, which is no table"),
      ("a=[{}]\n[a.b]", "2:2: the key has a value, which is no table"),
      ("a=[]\n[[a]]", "2:3: the key is defined already, but not as an array of tables"),
      ("[a]\n[[a]]", "2:3: the key is defined already, but not as an array of tables"),
      ("[a.b]\n[[a]]", "2:3: the key is defined already, but not as an array of tables"),
      ("[a]\nb.c=1\n[[a.b]]", "3:5: the key is defined already, but not as an array of tables"),
      ("[a.b]\n[a]\nb.c=1", "3:1: the table is defined already, by its header"),
      ("[[a.b]]\n[a]\nb.c=1", "3:1: the table is defined already, by its header"),
      ("[a]\nb=1\n[a.b]", "3:4: the table is defined already"),
      ("[[a]]\nb=1\nb=2", "3:1: the key is defined already"),
      ("[x.y.z]\n[x]\ny.k=1\n[x.y]", "4:4: the table is defined already"),
    ])
  func definitions(text: String, message: String) throws {
    let error = try #require(throws: DocumentError.self) { try TOMLReader.read(text.bytes) }
    #expect("\(error)" == message)
  }

  @Test(
    "refuses what is not UTF-8",
    arguments: [[0x80], [0xC0, 0x80], [0xC3], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFF]] as [[UInt8]])
  func brokenText(bytes: [UInt8]) throws {
    for (before, after) in [
      ("a=\"", "\""), ("a='", "'"), ("a='''", "'''"), ("#  ", ""), ("\"ab", "\"=1"), ("a=[#", "\n]"),
    ] {
      let error = try #require(throws: DocumentError.self) { try TOMLReader.read(before.bytes + bytes + after.bytes) }
      #expect(error.message == "not UTF-8")
      #expect(error.position.column == before.utf8.count + 1)
    }
  }

  @Test("refuses what is nested too deep, and stands what is not")
  func depth() throws {
    func arrays(_ depth: Int) -> [UInt8] {
      "a=".bytes + [UInt8](repeating: 0x5B, count: depth) + [UInt8](repeating: 0x5D, count: depth)
    }
    #expect(try TOMLReader.read(arrays(9_999)).nodeCount == 10_001)
    let error = try #require(throws: DocumentError.self) { try TOMLReader.read(arrays(10_000)) }
    #expect("\(error)" == "1:10002: more than 10000 levels")
    for text in ["a.b.c=1", "[a.b.c]", "[[a]]", "a={b.c=1}", "a={b={}}", "a=[{}]"] {
      let levels = text == "a.b.c=1" || text == "[[a]]" || text.contains("=") ? 3 : 4
      #expect(throws: Never.self, "\(text)") { try TOMLReader.read(text.bytes, maxDepth: levels) }
      let error = try #require(throws: DocumentError.self) { try TOMLReader.read(text.bytes, maxDepth: levels - 1) }
      #expect(error.message == "more than \(levels - 1) levels", "\(text)")
    }
    let parts = String(repeating: "a.", count: 100_000)
    #expect(throws: DocumentError.self) { try TOMLReader.read("\(parts)b=1".bytes) }
    #expect(throws: DocumentError.self) { try TOMLReader.read("[\(parts)b]".bytes) }
    #expect(try TOMLReader.read("\(parts)b=1".bytes, maxDepth: 200_000).nodeCount == 200_003)
  }

  @Test("takes time in proportion to the file", .endsInTheEnd)
  func time() throws {
    let elements = try TOMLReader.read(String(repeating: "[[a]]\n", count: 300_000).bytes).root?["a"]
    #expect(elements?.elementCount == 300_000)
    let keys = (0..<200_000).map { "k\($0)=1\n" }.joined()
    #expect(try TOMLReader.read(keys.bytes).root?["k199999"]?.scalar == .int(1))
    // Many entries below a long header, and many headers below one table.
    let header = "[" + String(repeating: "a.", count: 9_000) + "a]\n"
    #expect(try TOMLReader.read((header + keys).bytes).nodeCount == 418_003)
    let tables = (0..<100_000).map { "[t.t\($0)]\n" }.joined()
    #expect(try TOMLReader.read(tables.bytes).root?["t"]?.entries?.count == 100_000)
    #expect(throws: DocumentError.self) { try TOMLReader.read(String(repeating: "a={b=[", count: 200_000).bytes) }
  }
}
