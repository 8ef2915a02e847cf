import Findings
import TestSupport
import Testing

@testable import Documents

@Suite("Trees of YAML")
struct YAMLTreeTests {
  private func root(_ text: String) throws -> Node { try #require(try YAMLReader.read(text.bytes).root) }

  @Test("gives the byte range of every key and value")
  func ranges() throws {
    let text = "\u{FEFF}é: [a, 'b c', \"d\\te\"]\n😀:\n  - ü: x y\n  - |\n    lines\n"
    let root = try root(text)
    #expect(outline(try #require(root["é"])) == #"[a 'b c' "d\te"]"#)
    #expect(root["é"]?[1]?.text == "b c")
    #expect(root["é"]?[2]?.text == "d\te")
    #expect(root["😀"]?[0]?["ü"]?.text == "x y")
    #expect(root["😀"]?[0]?["ü"]?.position == Position(line: 3, column: 8))
    #expect(root["😀"]?[1]?.text == "lines\n")
    #expect(root.entry("😀")?.key.position == Position(line: 2, column: 1))
  }

  @Test("reads each document of a stream, an empty one as null")
  func documents() throws {
    let document = try YAMLReader.read("a: 1\n---\n- b\n---\n---\nc\n".bytes)
    #expect(document.roots.map(\.kind) == [.mapping, .sequence, .scalar, .scalar])
    #expect(document.roots[2].isNull)
    #expect(try YAMLReader.read([]).root == nil)
    #expect(try YAMLReader.read("# nothing\n".bytes).roots.isEmpty)
  }

  @Test(
    "says what is wrong and where",
    arguments: [
      ("a: b: c", "1:5: mapping values are not allowed in this context"),
      ("é: [a", "1:6: did not find expected ',' or ']'"),
      ("é: \"a\u{1}\"", "1:6: control characters are not allowed"),
      ("a: *b", "1:4: no anchor is named b here"),
      ("a: &a 1\n---\nb: *a", "3:4: no anchor is named a here"),
      ("&a [1, *a]", "1:8: the value of anchor a contains itself"),
      ("a: &a\n  b: {c: *a}", "2:10: the value of anchor a contains itself"),
      ("\t- x", "1:1: found character that cannot start any token"),
    ])
  func errors(text: String, message: String) throws {
    let error = try #require(throws: DocumentError.self) { try YAMLReader.read(text.bytes) }
    #expect("\(error)" == message)
  }

  @Test("refuses bytes that are not UTF-8, with their place")
  func brokenText() throws {
    let error = try #require(throws: DocumentError.self) { try YAMLReader.read("a: é\nb: ".bytes + [0xFF, 0x0A]) }
    #expect(error.position == Position(line: 2, column: 4))
    #expect(throws: DocumentError.self) { try YAMLReader.read([0xFF, 0xFE, 0x61, 0x00]) }
  }

  @Test("refuses what is nested too deep")
  func depth() throws {
    #expect(throws: DocumentError.self) { try YAMLReader.read([UInt8](repeating: 0x5B, count: 100_000)) }
    let flow = String(repeating: "[", count: 1_000) + String(repeating: "]", count: 1_000)
    #expect(try YAMLReader.read(flow.bytes).nodeCount == 1_000)
    let error = try #require(throws: DocumentError.self) { try YAMLReader.read("[\(flow)]".bytes) }
    #expect(error.message == "more than 1000 levels")
    let dashes = String(repeating: "- ", count: 5_000)
    #expect(throws: DocumentError.self) { try YAMLReader.read(dashes.bytes) }
  }

  @Test("keeps explicit tags")
  func tags() throws {
    let root = try root("a: !reference [x, y]\nb: !!str 1\nc: !Ref z\nd: 1\ne: !Sub {k: v}\n")
    #expect(root["a"]?.tag == "!reference")
    #expect(root["b"]?.tag == "tag:yaml.org,2002:str")
    #expect(root["c"]?.tag == "!Ref")
    #expect(root["d"]?.tag == nil)
    #expect(root["e"]?.tag == "!Sub")
    #expect(root["e"]?["k"]?.tag == nil)
  }

  @Test("keeps texts that the file spells out in the file")
  func texts() throws {
    let document = try YAMLReader.read("key: some value\n'quoted': \"as it is\"\n".bytes)
    #expect(document.texts.isEmpty)
    #expect(document.treeBytes <= document.nodeCount * 30)
  }
}
