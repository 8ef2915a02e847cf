import Documents
import Findings
import TestSupport
import Testing

@Suite("YAMLReader with what is not YAML")
struct YAMLErrorTests {
  @Test(
    "says what is wrong and where",
    arguments: [
      ("a: [1, 2", "1:9: did not find expected ',' or ']'"),
      ("a: {b", "1:6: did not find expected ',' or '}'"),
      ("a:\n\t- b\n", "2:1: found character that cannot start any token"),
      ("a: 'x\n", "2:1: found unexpected end of stream"),
      ("a: b: c\n", "1:5: mapping values are not allowed in this context"),
      ("a: 1\n b: 2\n", "2:3: mapping values are not allowed in this context"),
      ("- a\nb\n", "3:1: could not find expected ':'"),
      ("a: &b 1\nc: *b\n *", "3:3: did not find expected alphabetic or numeric character"),
      ("a: @b", "1:4: found character that cannot start any token"),
      ("%YAML 3.0\n---\na", "1:1: found incompatible YAML document"),
      (#"a: "\q""#, "1:5: found unknown escape character"),
      // Columns count UTF-16 code units, in messages as in positions.
      ("é: [1, 2", "1:9: did not find expected ',' or ']'"),
      ("😀: [1, 2", "1:10: did not find expected ',' or ']'"),
      ("\"é😀\": b: c\n", "1:9: mapping values are not allowed in this context"),
      ("x: é\r\ny: 😀 @b: c: d", "2:9: mapping values are not allowed in this context"),
      // Only LF, CR and CR LF end lines: editors and the rest of the program know no others.
      ("# \u{2028}\n\u{85}# \u{2029}\na: @b", "3:4: found character that cannot start any token"),
    ])
  func errors(text: String, expected: String) {
    let error = #expect(throws: DocumentError.self) { try YAMLReader.read(Array(text.utf8)) }
    #expect(error?.description == expected)
  }

  @Test(
    "says where a byte is that is not UTF-8, or a character that YAML does not allow",
    arguments: [
      (Array("a: b\nc: ".utf8) + [0xFF, 0x0A], 2, 4), (Array("é: ".utf8) + [0xC3, 0x28], 1, 5),
      (Array("a: b\n\n".utf8) + [0x00], 3, 1), ([0x80], 1, 1), ([0xED, 0xA0, 0x80], 1, 1),
      (Array("é😀: ".utf8) + [0x07], 1, 6),
    ])
  func badBytes(bytes: [UInt8], line: Int, column: Int) {
    let error = #expect(throws: DocumentError.self) { try YAMLReader.read(bytes) }
    #expect(error?.position == Position(line: line, column: column))
  }

  @Test("refuses great depth at once, as libyaml would take a minute", arguments: ["[", "{a: ", "- ", "? "])
  func depth(opening: String) {
    for count in [100, 999] {
      // Not closed: block style is whole, flow style an error of syntax.
      let bytes = Array(String(repeating: opening, count: count).utf8)
      var message: String?
      do throws(DocumentError) {
        _ = try YAMLReader.read(bytes)
      } catch {
        message = error.message
      }
      #expect((message != nil) == ["[", "{a: "].contains(opening))
      #expect(message?.contains("levels") != true)
    }
    // Characters outside ASCII, so that the place is counted and not only taken over.
    let bytes = Array(("# é😀\n" + String(repeating: opening, count: 100_000)).utf8)
    let error = #expect(throws: DocumentError.self) { try YAMLReader.read(bytes) }
    #expect(error?.message == "more than 1000 levels")
    #expect(error?.position == Position(line: 2, column: 1 + 1_000 * opening.utf8.count))
  }

  @Test(
    "never crashes, and never says of a value that it stands outside the file", arguments: [91, 92, 93] as [UInt64])
  func garbage(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let pieces = [
      "a", "key: ", "- ", "\n", "  ", "[", "]", "{", "}", ",", ": ", "? ", "&a ", "*a", "!t ", "!!str ", "|\n", ">-\n",
      "'", "\"",
      "\\", "%YAML 1.1\n", "---\n", "...\n", "#", "é", "😀", "\t", "\r\n", "\u{2028}", "\u{FEFF}", "~", "0", "<<: ",
    ].map { Array($0.utf8) }
    var readable = 0
    for round in 0..<3_000 {
      var bytes: [UInt8] = []
      for _ in 0..<random.below(30) { bytes += random.once(in: 25) ? random.bytes(3) : random.pick(pieces) }
      guard let document = try? YAMLReader.read(bytes) else { continue }
      readable += 1
      for root in document.roots { Self.check(root, in: bytes, "seed \(seed), round \(round)") }
    }
    #expect(readable > 300)
  }

  private static func check(_ node: Node, in bytes: [UInt8], _ comment: Comment) {
    let all = 0...bytes.count
    #expect(all.contains(node.byteRange.lowerBound) && all.contains(node.byteRange.upperBound), comment)
    #expect(node.position >= Position(line: 1, column: 1), comment)
    // Without quotes and line ends a scalar is what stands there, behind its anchor and tag.
    if node.isPlain, let text = node.text, !text.contains(where: \.isWhitespace) {
      #expect(String(decoding: bytes[node.byteRange], as: UTF8.self).hasSuffix(text), comment)
    }
    for element in node.elements ?? [] { check(element, in: bytes, comment) }
    for (key, value) in node.entries ?? [] {
      check(key, in: bytes, comment)
      check(value, in: bytes, comment)
    }
  }

  @Test("refuses bytes that claim to be UTF-16, as places could not be told")
  func utf16() {
    let text: [UInt8] = [0xFF, 0xFE] + "a: b".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    #expect(throws: DocumentError.self) { try YAMLReader.read(text) }
  }
}
