import Findings
import TestSupport
import Testing

@testable import Matching

@Suite("Decoded text")
struct DecodedTextTests {
  private static func decoded(_ text: String, limit: Int = 1 << 20) -> DecodedText? {
    var decoder = TextDecoder()
    let bytes = Array(text.utf8)
    var decoded = DecodedText()
    if case .nothing = decoder.decode(bytes.span, limit: limit, into: &decoded) { return nil }
    return decoded
  }

  struct Row: Sendable, CustomTestStringConvertible {
    var text: String
    var decoded: String
    var testDescription: String { text.debugDescription }
  }

  static let rows = [
    Row(text: "a\\u0041b", decoded: "aAb\n"), Row(text: "a\\\\u0041b", decoded: "aAb\n"),
    Row(text: "\\U00000041", decoded: "A\n"), Row(text: "\\u{41}\\u{1F600}", decoded: "A😀\n"),
    Row(text: "\\x41\\x{42}\\xC3\\xA9", decoded: "ABé\n"), Row(text: "\\101\\0102", decoded: "AB\n"),
    Row(text: "%41%20%C3%A9%u0042", decoded: "A éB\n"),
    Row(text: "&#65;&#x42;&#67 &amp;&quot;&lowbar;", decoded: "ABC &\"_\n"),
    Row(text: "U+0041 U+0042, U+0043 d", decoded: "ABC d\n"), Row(text: "'a' + \"b\" . 'c'", decoded: "'abc'\n"),
    Row(text: "x = 'ab'\n  'cd'\ny", decoded: "x = 'abcd'\n"), Row(text: "ab\\\ncd\nef", decoded: "abcd\n"),
    Row(text: "before\n%41\nafter", decoded: "A\n"), Row(text: "%41\n%42", decoded: "A\nB\n"),
    Row(text: "%00%41", decoded: "%00A\n"), Row(text: "\\uD83D\\u0041", decoded: "\u{FFFD}A\n"),
    Row(text: "%2541", decoded: "%41\n"), Row(text: "\\x5cx41", decoded: "\\x41\n"),
  ]

  @Test("has escape sequences replaced, and the text around them", arguments: rows)
  func escapes(row: Row) {
    #expect(Self.decoded(row.text).map { String(decoding: $0.bytes, as: UTF8.self) } == row.decoded)
  }

  @Test(
    "is not made of what is no encoding",
    arguments: [
      "", "%4", "%zz", "\\u00", "\\x4", "\\8", "&#;", "&nope;", "U+00", "'a', 'b'", "'a' + b", "'a ' + 'b'", "a \\\n b",
      "%s %d 5%", "\\u0000\\x00", "some_long_name_of_a_function_here", "da39a3ee5e6b4b0d3255bfef95601890afd80709",
      "path/to/some/other/directory/and/file", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "%20%09", "&lt;&gt;&amp;",
    ])
  func none(text: String) {
    #expect(Self.decoded(text)?.bytes == nil)
  }

  @Test("leads back to the bytes that stand for it", arguments: 0..<UInt64(200))
  func origins(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let wrapping = random.pick(Wrapping.words)
    // Letters only: each has an escape sequence of its own.
    let plain = Array(random.text(30 + random.below(30), of: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJ").utf8)
    let before = random.pick(["", "x = '", "é: ", "line\n\t"])
    let text = before + wrapping.wrap(String(decoding: plain, as: UTF8.self)) + random.pick(["", "'", " after", "\n"])
    let bytes = Array(text.utf8)
    let decoded = try #require(Self.decoded(text), "seed \(seed)")
    let start = try #require(decoded.bytes.firstOffset(of: plain), "seed \(seed)")
    for _ in 0..<20 {
      let lower = random.below(plain.count)
      let upper = lower + 1 + random.below(plain.count - lower)
      let origin = try #require(decoded.origin(of: start + lower..<start + upper))
      #expect(origin.encodings.map(\.rawValue) == [wrapping.encoding])
      // To decode what stands there, from a place where digits begin a byte, gives the part again.
      let part = Array(plain[lower..<upper])
      let unit = ["base64": 4, "base32": 8][wrapping.encoding] ?? 1
      let first = before.utf8.count + (origin.range.lowerBound - before.utf8.count) / unit * unit
      let piece = Array(bytes[first..<origin.range.upperBound])
      #expect(origin.range.upperBound <= bytes.count)
      if unit == 1 {
        let again = Self.decoded(String(decoding: piece + piece, as: UTF8.self))
        #expect(wrapping.encoding == "hex" || again?.bytes.holds(part) == true, "seed \(seed)")
      } else {
        let ratio = wrapping.encoding == "base64" ? (4, 3) : (8, 5)
        #expect(origin.range.lowerBound == before.utf8.count + lower * ratio.0 / ratio.1)
        #expect(origin.range.upperBound == before.utf8.count + (upper * ratio.0 + ratio.1 - 1) / ratio.1)
      }
    }
    #expect(decoded.origin(of: 0..<decoded.bytes.count) == nil)
  }

  @Test("says when its limit was reached")
  func limit() {
    var decoder = TextDecoder()
    let text = Array(String(repeating: "%41 x\n", count: 1_000).utf8)
    var decoded = DecodedText()
    guard case .cut = decoder.decode(text.span, limit: 100, into: &decoded) else {
      Issue.record("the limit was not told of")
      return
    }
    #expect(decoded.bytes.count < 200)
    // What a text held is gone with the next one.
    let next = Array("%42".utf8)
    guard case .complete = decoder.decode(next.span, limit: 100, into: &decoded) else {
      Issue.record("the limit was told of")
      return
    }
    #expect(decoded.bytes == Array("B\n".utf8))
  }
}
