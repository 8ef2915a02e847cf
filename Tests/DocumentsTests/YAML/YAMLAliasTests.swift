import Findings
import Testing

@testable import Documents

@Suite("Aliases and merge keys")
struct YAMLAliasTests {
  private func root(_ text: String) throws -> Node { try #require(try YAMLReader.read(text.bytes).root) }

  @Test("a node is what its alias stands for, at the place of the alias")
  func aliases() throws {
    let root = try root("a: &x [1, 2]\nb: *x\nc: &y word\nd: *y\n*y : key\n")
    let alias = try #require(root["b"])
    #expect(alias.kind == .sequence)
    #expect(alias.isAlias)
    #expect(alias.position == Position(line: 2, column: 4))
    #expect(alias.definition.position == Position(line: 1, column: 4))
    #expect(alias[1]?.position == Position(line: 1, column: 11))
    #expect(root["d"]?.text == "word")
    #expect(root["word"]?.text == "key")
  }

  @Test("an anchor can be set anew")
  func resetting() throws {
    let root = try root("- &a 1\n- *a\n- &a 2\n- *a\n- &a [&a 3, *a]\n- *a\n")
    #expect(outline(root) == "[&a 1 *a=1 &a 2 *a=2 [&a 3 *a=3] *a=3]")
  }

  @Test("merge keys bring entries that the mapping has not itself, nearest first")
  func merging() throws {
    let root = try root(
      """
      base: &base {image: a, ports: [1], x: base}
      more: &more {x: more, y: 1}
      both:
        x: own
        <<: [*more, *base]
        z: 1
      chain: &chain {<<: *base, image: b}
      end: {<<: *chain}
      inline: {<<: {q: 1}, r: 2}
      """)
    let both = try #require(root["both"])
    #expect(both.entries?.compactMap { $0.key.text } == ["x", "z", "y", "image", "ports"])
    #expect(both["x"]?.text == "own")
    #expect(both["image"]?.position == Position(line: 1, column: 21))
    #expect(both["<<"] == nil)
    #expect(both.ownEntries?.compactMap { $0.key.text } == ["x", "<<", "z"])
    #expect(root["end"]?["image"]?.text == "b")
    #expect(root["end"]?["ports"]?[0]?.scalar == .int(1))
    #expect(root["inline"]?.entries?.compactMap { $0.key.text } == ["r", "q"])
    let found = try JSONPath(parsing: "$.end['x']").nodes(in: root)
    #expect(found.map(\.path.description) == ["$['end']['x']"])
  }

  @Test("a merge key in quotes, or one that names no mapping, is a key as any other")
  func noMerging() throws {
    let root = try root("a: {'<<': {b: 1}}\nc: {<<: 1}\nd: {<<: [1]}\n")
    #expect(root["a"]?.entries?.count == 1)
    #expect(root["a"]?["<<"]?.kind == .mapping)
    #expect(root["c"]?.entries?.count == 1)
    #expect(root["d"]?.entries?.count == 1)
  }

  @Test("aliases that stand for billions of values are refused at once", arguments: ["[%]", "{x: [%]}", "{<<: [%]}"])
  func bombs(form: String) throws {
    var text = "a0: &a0 {v: lol}\n"
    for level in 1...9 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
      text += "a\(level): &a\(level) " + form.split(separator: "%").joined(separator: aliases) + "\n"
    }
    let error = try #require(throws: DocumentError.self) { try YAMLReader.read(text.bytes) }
    #expect(error.message == "aliases repeat too many values")
  }

  @Test("aliases cannot nest deeper than values")
  func depth() throws {
    var text = "- &a0 [x]\n"
    for level in 1...110 { text += "- &a\(level) [[[[[[[[[[*a\(level - 1)]]]]]]]]]]\n" }
    let error = try #require(throws: DocumentError.self) { try YAMLReader.read(text.bytes) }
    #expect(error.message == "more than 1000 levels through aliases")
  }

  @Test("many aliases of small things are no bomb")
  func harmless() throws {
    var text = "base: &base {a: 1, b: 2}\nitems:\n"
    for number in 0..<20_000 { text += "  - {<<: *base, n: \(number)}\n" }
    let root = try root(text)
    #expect(root["items"]?.elements?.count == 20_000)
    #expect(root["items"]?[19_999]?["b"]?.scalar == .int(2))
  }
}
