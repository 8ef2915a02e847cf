import Findings
import TestSupport
import Testing

@testable import Documents

@Suite("JSONReader")
struct JSONReaderTests {
  @Test("gives the byte range of every key and value")
  func ranges() throws {
    let text = "\u{FEFF}{ \"a\" : [1, -2.5e3 ,\"x\\ny\"],\r\n\"é\":{}, \"n\":null}"
    let root = try #require(try JSONReader.read(text.bytes).root)
    #expect(outline(root) == #"{"a":[1 -2.5e3 "x\ny"] "é":{} "n":null}"#)
    #expect(root.byteRange == 3..<text.utf8.count)
    #expect(root["a"]?[2]?.text == "x\ny")
    #expect(root["é"]?.position == Position(line: 2, column: 5))
    #expect(root.entry("n")?.key.position == Position(line: 2, column: 9))
    #expect(root["a"]?.byteRange == 11..<30)
  }

  @Test(
    "gives scalars their types",
    arguments: [
      ("null", ScalarValue.null), ("true", .bool(true)), ("false", .bool(false)), ("0", .int(0)), ("-0", .int(0)),
      ("9223372036854775807", .int(.max)), ("-9223372036854775808", .int(.min)),
      ("9223372036854775808", .double(9_223_372_036_854_775_808)), ("1.0", .double(1)), ("1e2", .double(100)),
      ("\"null\"", .string("null")), ("\"\"", .string("")),
    ])
  func types(text: String, value: ScalarValue) throws {
    #expect(try JSONReader.read(text.bytes).root?.scalar == value)
  }

  @Test(
    "resolves escapes",
    arguments: [
      (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""a\u00e9b""#, "aéb"), (#""\uD83D\ude00!""#, "😀!"),
      (#""\ud800""#, "\u{FFFD}"), (#""\udc00x""#, "\u{FFFD}x"), (#""\ud800\ud83d\ude00""#, "\u{FFFD}😀"),
      (#""\ud800\n""#, "\u{FFFD}\n"), (#""\u0000""#, "\0"),
    ])
  func escapes(text: String, value: String) throws {
    #expect(try JSONReader.read(text.bytes).root?.text == value)
  }

  @Test(
    "says what is wrong and where",
    arguments: [
      ("", "1:1: expected a value"), ("[1,\n 2,]", "2:4: expected a value"),
      ("{\"a\" 1}", "1:6: expected : after the key"),
      ("{\"a\":1,}", "1:8: expected a key in double quotes"), ("{a:1}", "1:2: expected a key in double quotes or }"),
      ("[1 2]", "1:4: expected , or ]"), ("{\"é\":1 2}", "1:8: expected , or }"), ("[1}", "1:3: expected , or ]"),
      ("{}x", "1:3: unexpected text after the value"), ("01", "1:1: a number starts with no extra 0"),
      ("-", "1:2: expected a digit"), ("1.", "1:3: expected a digit"), ("1e+", "1:4: expected a digit"),
      ("tru", "1:1: expected a value"), ("\"a", "1:1: the string has no end"), ("\"a\\", "1:3: the string has no end"),
      ("\"\\x\"", "1:2: not an escape that JSON has"), ("\"\\u12g4\"", "1:2: \\u needs four hexadecimal digits"),
      ("\"a\tb\"", "1:3: a control character in a string"), ("[", "1:2: expected a value or ]"),
      ("// x\n1", "1:1: expected a value"), ("{\"a\":1", "1:7: expected , or }"), ("'a'", "1:1: expected a value"),
    ])
  func errors(text: String, message: String) throws {
    let error = try #require(throws: DocumentError.self) { try JSONReader.read(text.bytes) }
    #expect("\(error)" == message)
  }

  @Test(
    "refuses what is not UTF-8",
    arguments: [
      [0x80], [0xC0, 0x80], [0xC3], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xE2, 0x82], [0xF0, 0x80, 0x80, 0x80],
      [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF],
    ] as [[UInt8]])
  func brokenText(bytes: [UInt8]) throws {
    for prefix in 0..<20 {
      let text = [0x22] + [UInt8](repeating: 0x61, count: prefix) + bytes + [0x22]
      let error = try #require(throws: DocumentError.self) { try JSONReader.read(text) }
      #expect(error.message == "not UTF-8")
      #expect(error.position.column == prefix + 2)
    }
  }

  @Test("finds the end of a string wherever it stands in a word of eight bytes")
  func stringEnds() throws {
    for length in 0..<40 {
      let plain = String(repeating: "a", count: length)
      #expect(
        try JSONReader.read("[\"\(plain)\",\"é\(plain)é\"]".bytes).root?.elements?.map(\.text) == [plain, "é\(plain)é"])
      #expect(try JSONReader.read("\"\(plain)\\\"\(plain)\"".bytes).root?.text == "\(plain)\"\(plain)")
      // Each byte that must be noticed, and each that must not.
      for byte in UInt8(0)..<0x80 {
        let text = [0x22] + plain.bytes + [byte] + "bcdefgh".bytes + [0x22]
        let document = try? JSONReader.read(text)
        let isWhole = document?.root?.text == String(decoding: text.dropFirst().dropLast(), as: UTF8.self)
        #expect(isWhole == (byte >= 0x20 && byte != 0x22 && byte != 0x5C), "\(byte) after \(length)")
      }
    }
  }

  @Test("keeps keys that are written twice, and finds the last")
  func doubles() throws {
    let root = try #require(try JSONReader.read(#"{"a":1,"b":2,"a":3}"#.bytes).root)
    #expect(root.entries?.map { $0.key.text } == ["a", "b", "a"])
    #expect(root["a"]?.scalar == .int(3))
  }

  @Test("takes comments and last commas only as JSONC")
  func comments() throws {
    let text = """
      // first
      {"a": [1, /* two */ 2,], // é
       "b": {"c": 3,}, /**/ }
      //
      """
    let root = try #require(try JSONReader.read(text.bytes, dialect: .jsonc).root)
    #expect(outline(root) == #"{"a":[1 2] "b":{"c":3}}"#)
    #expect(throws: DocumentError.self) { try JSONReader.read(text.bytes) }
    for wrong in ["[,]", "{,}", "[1,,]", "[1 /*]", "/1", "[1]/", "{\"a\":,}", "// \u{0}\n"] {
      #expect(throws: DocumentError.self, "\(wrong)") { try JSONReader.read(wrong.bytes, dialect: .jsonc) }
    }
  }

  @Test("refuses what is nested too deep, and stands what is not")
  func depth() throws {
    func nested(_ depth: Int) -> [UInt8] {
      [UInt8](repeating: 0x5B, count: depth) + [UInt8](repeating: 0x5D, count: depth)
    }
    let deep = try JSONReader.read(nested(10_000))
    #expect(deep.nodeCount == 10_000)
    let error = try #require(throws: DocumentError.self) { try JSONReader.read(nested(10_001)) }
    #expect("\(error)" == "1:10001: more than 10000 levels")
    #expect(throws: DocumentError.self) { try JSONReader.read("[[[]]]".bytes, maxDepth: 2) }
    #expect(throws: DocumentError.self) { try JSONReader.read([UInt8](repeating: 0x5B, count: 1_000_000)) }
    let path = try JSONPath(parsing: "$..[0]")
    #expect(try path.nodes(in: try #require(deep.root)).count == 9_999)
  }

  @Test("needs at most 24 bytes for a value")
  func memory() throws {
    let text = "[" + (0..<5_000).map { "{\"id\": \($0), \"name\": \"n\\t\"}" }.joined(separator: ",") + "]"
    let document = try JSONReader.read(text.bytes)
    #expect(document.nodeCount == 25_001)
    #expect(document.treeBytes <= document.nodeCount * 28)
  }
}
