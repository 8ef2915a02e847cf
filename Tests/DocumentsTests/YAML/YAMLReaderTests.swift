import Documents
import Findings
import Testing

@Suite("YAMLReader")
struct YAMLReaderTests {
  /// What a value is and where: `kind line:column bytes text`.
  private static func describe(_ node: Node, in bytes: [UInt8]) -> String {
    let place = "\(node.position.line):\(node.position.column)"
    let text = node.text.map { " \($0.debugDescription)" } ?? ""
    return "\(node.kind) \(place) \(node.byteRange)\(text)"
  }

  private static func read(_ text: String) throws -> Node {
    try #require(try YAMLReader.read(Array(text.utf8)).roots.first)
  }

  /// The bytes that a value stands in, as text.
  private static func source(_ node: Node, in text: String) -> String {
    String(decoding: Array(text.utf8)[node.byteRange], as: UTF8.self)
  }

  @Test("gives line, column and bytes of each key and value")
  func positions() throws {
    let text = "a: one\nlong key:   'two'\nlist:\n  - x\n  - \"y\"\n"
    let entries = try #require(try Self.read(text).entries)
    let bytes = Array(text.utf8)
    #expect(
      entries.map { Self.describe($0.key, in: bytes) } == [
        #"scalar 1:1 0..<1 "a""#, #"scalar 2:1 7..<15 "long key""#, #"scalar 3:1 25..<29 "list""#,
      ])
    #expect(Self.describe(entries[0].value, in: bytes) == #"scalar 1:4 3..<6 "one""#)
    #expect(Self.describe(entries[1].value, in: bytes) == #"scalar 2:13 19..<24 "two""#)
    let elements = try #require(entries[2].value.elements)
    #expect(elements.map { Self.describe($0, in: bytes) } == [#"scalar 4:5 35..<36 "x""#, #"scalar 5:5 41..<44 "y""#])
    #expect(entries[2].value.position == Position(line: 4, column: 3))
    #expect(entries.map(\.value.isPlain) == [true, false, false])
    #expect(elements.map(\.isPlain) == [true, false])
  }

  @Test(
    "counts columns in UTF-16 and places in bytes, whatever stands before",
    arguments: [
      ("key: value", 6, 5..<10), ("é: value", 4, 4..<9), ("😀: value", 5, 6..<11), ("\"a😀é\": value", 9, 11..<16),
      ("漢字: value", 5, 8..<13), ("? 😀😀\n: value", 3, 13..<18), ("{é: x, ü: value}", 11, 12..<17),
    ])
  func nonASCII(text: String, column: Int, range: Range<Int>) throws {
    let value = try #require(try Self.read(text).entries?.last?.value)
    #expect(value.text == "value")
    #expect(value.position.column == column)
    #expect(value.byteRange == range)
  }

  @Test("skips a byte order mark but counts its bytes", arguments: ["key: value\n", "é: value\n", "# é\nkey: value\n"])
  func byteOrderMark(text: String) throws {
    let plain = try #require(try Self.read(text).entries?.first)
    let bytes = [0xEF, 0xBB, 0xBF] + Array(text.utf8)
    let marked = try #require(try YAMLReader.read(bytes).roots.first?.entries?.first)
    #expect(marked.key.text == plain.key.text)
    #expect(marked.value.byteRange == plain.value.byteRange.lowerBound + 3..<plain.value.byteRange.upperBound + 3)
    #expect(String(decoding: bytes[marked.value.byteRange], as: UTF8.self) == "value")
    #expect(marked.value.position.line == plain.value.position.line)
  }

  @Test("takes LF, CR LF and CR for line ends", arguments: ["\n", "\r\n", "\r"])
  func lineEnds(end: String) throws {
    let text = "é: 1" + end + "b:" + end + "  - x" + end + "  - 'y" + end + "    z'" + end
    let entries = try #require(try Self.read(text).entries)
    let elements = try #require(entries[1].value.elements)
    #expect(elements.map(\.text) == ["x", "y z"])
    #expect(elements.map(\.position) == [Position(line: 3, column: 5), Position(line: 4, column: 5)])
    #expect(elements.map { Self.source($0, in: text) } == ["x", "'y\(end)    z'"])
  }

  @Test("reads block scalars with their place, chomping and folding")
  func blockScalars() throws {
    let text = "a: |\n  one\n  twö\nb: >-\n  one\n  two\n\nc: |+\n  x\n\nd: |2\n    y\n"
    let entries = try #require(try Self.read(text).entries)
    #expect(entries.map(\.value.text) == ["one\ntwö\n", "one two", "x\n\n", "  y\n"])
    #expect(entries.map(\.key.position.line) == [1, 4, 8, 11])
    #expect(entries.map(\.value.position) == entries.map { Position(line: $0.key.position.line, column: 4) })
    #expect(Self.source(entries[0].value, in: text).hasPrefix("|\n  one\n  twö\n"))
    #expect(entries.allSatisfy { !$0.value.isPlain })
  }

  @Test("reads flow style over several lines")
  func flow() throws {
    let text = "a: {b: [1, \"é\",\n  {c: d}], e: }\n"
    let outer = try #require(try Self.read(text).entries?.first?.value)
    #expect(Self.source(outer, in: text) == "{b: [1, \"é\",\n  {c: d}], e: }")
    let list = try #require(outer.entries?.first?.value)
    #expect(Self.source(list, in: text) == "[1, \"é\",\n  {c: d}]")
    #expect(list.elements?.map(\.kind) == [.scalar, .scalar, .mapping])
    #expect(list.elements?.last?.position == Position(line: 2, column: 3))
    #expect(outer.entries?.last?.value.text == "")
    #expect(outer.entries?.last?.value.isPlain == true)
  }

  @Test("gives one root for each document of a stream")
  func documents() throws {
    let roots = try YAMLReader.read(Array("--- a\n--- {b: c}\n...\n---\n- d\n".utf8)).roots
    #expect(roots.map(\.kind) == [.scalar, .mapping, .sequence])
    #expect(roots.map(\.position.line) == [1, 2, 5])
    #expect(try YAMLReader.read([]).roots.isEmpty)
    #expect(try YAMLReader.read(Array(" \n# only a comment\n".utf8)).roots.isEmpty)
    #expect(try YAMLReader.read([0xEF, 0xBB, 0xBF]).roots.isEmpty)
    #expect(try YAMLReader.read(Array("---\n".utf8)).roots.map(\.text) == [""])
  }

  @Test("gives entries in the order of the file, doubles included")
  func order() throws {
    let entries = try #require(try Self.read("b: 1\na: 2\nb: 3\n? [x]\n: 4\n").entries)
    #expect(entries.map(\.key.text) == ["b", "a", "b", nil])
    #expect(entries.map(\.value.text) == ["1", "2", "3", "4"])
    #expect(entries[0].key.entries.map(\.count) == nil && entries[0].key.elements == nil)
  }
}
