import Documents
import Findings
import TestSupport
import Testing

@Suite("Embedded texts")
struct EmbeddedTextTests {
  /// Each lower-case letter of the text must stand at its place in the file; escapes make other characters.
  private static func check(_ node: Node, in bytes: [UInt8]) throws {
    let text = try #require(node.embeddedText)
    #expect(String(decoding: text.bytes, as: UTF8.self) == node.text)
    for (offset, byte) in text.bytes.enumerated() where (0x61...0x7A).contains(byte) {
      let place = text.fileOffset(of: offset)
      #expect(bytes[place] == byte, "byte \(offset) of \(node.text ?? "")")
      if bytes[place] != byte { return }
    }
  }

  @Test(
    "know where each byte of a YAML scalar stands",
    arguments: [
      "a: |\n  one\n  two\n", "a: |\r\n  one\r\n  two\r\n", "a: |-\n    one\n\n      two\n    three\n\n\nb: 1",
      "a: |+\n  one\n\n\nb: 1", "a: |2\n   one\n  two\n", "a: >\n  one\n  two\n\n  three\n    four\n  five\n",
      "a: >-\n  one two\n\n\n  three\n", "a: \"one \\\"two\\\" \\x41~ three\"",
      "a: \"one\n  two\n\n  three \\\n  four\"",
      "a: 'it''s\n  two'", "a: one\n  two\n\n  three\nb: 1", "a: |\n\n  one\n", "a: x", "a: |\n  ~é one\n  two",
      "- |\n  one\n- >\n  one\n  two",
    ])
  func yaml(text: String) throws {
    let bytes = Array(text.utf8)
    let root = try #require(try YAMLReader.read(bytes).root)
    for node in root.entries?.map(\.value) ?? root.elements ?? [] where node.kind == .scalar {
      try Self.check(node, in: bytes)
    }
  }

  @Test("know where each byte of a JSON string stands")
  func json() throws {
    let bytes = Array(#"{"a": "x\n\u0041~y \ud83d\ude00 z\\\"q", "b": "plain"}"#.replacing(#"\u0041"#, with: "~").utf8)
    let root = try #require(try JSONReader.read(bytes).root)
    for entry in root.entries ?? [] { try Self.check(entry.value, in: bytes) }
  }

  @Test("are exact for generated blocks")
  func generated() throws {
    var generator = SeededGenerator(seed: 7)
    let words = ["run", "make all", "x: y", "# no comment", "é", "'q'", "tab\there"]
    for _ in 0..<400 {
      let indent = String(repeating: " ", count: Int.random(in: 1...4, using: &generator))
      var lines: [String] = []
      for index in 0..<Int.random(in: 1...8, using: &generator) {
        if index > 0, Bool.random(using: &generator), Bool.random(using: &generator) {
          lines.append("")
        } else {
          let more = index > 0 && Int.random(in: 0...3, using: &generator) == 0 ? "  " : ""
          lines.append(indent + more + (words.randomElement(using: &generator) ?? ""))
        }
      }
      let style = ["|", "|-", "|+", ">", ">-", ">+"].randomElement(using: &generator) ?? "|"
      let text = "a: \(style)\n" + lines.joined(separator: "\n") + "\nb: 1\n"
      let bytes = Array(text.utf8)
      let node = try #require(try YAMLReader.read(bytes).root?["a"])
      let embedded = try #require(node.embeddedText)
      let starts = Set((0..<embedded.bytes.count).map { embedded.fileOffset(of: $0) })
      #expect(starts.count == embedded.bytes.count, "each byte has a place of its own in \(text)")
      try Self.check(node, in: bytes)
    }
  }

  @Test("give ranges and parts")
  func parts() throws {
    let text = "a: |\n    one two\n    three\n"
    let bytes = Array(text.utf8)
    let embedded = try #require(try YAMLReader.read(bytes).root?["a"]?.embeddedText)
    func shown(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
    #expect(shown(embedded.fileRange(of: 4..<7)) == "two")
    #expect(shown(embedded.fileRange(of: 4..<13)) == "two\n    three")
    let part = embedded.part(4..<13)
    #expect(String(decoding: part.bytes, as: UTF8.self) == "two\nthree")
    #expect(shown(part.fileRange(of: 4..<9)) == "three")
  }
}
