import TestSupport
import Testing

@testable import Matching

@Suite("Places that may be encoded")
struct EncodingFinderTests {
  private struct Found: Equatable {
    var marks: [Int]
    var runs: [Range<Int>]
  }

  private static func found(_ text: [UInt8], isVectored: Bool = true) -> Found {
    var finder = EncodingFinder()
    finder.find(in: text.span, isVectored: isVectored)
    return Found(marks: finder.marks, runs: finder.runs)
  }

  /// Runs by their definition.
  private static func runs(_ text: [UInt8]) -> [Range<Int>] {
    let members = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_".utf8)
    var runs: [Range<Int>] = []
    var start = 0
    for (offset, byte) in (text + [0]).enumerated() where !members.contains(byte) {
      if offset - start >= 24 { runs.append(start..<offset) }
      start = offset + 1
    }
    return runs
  }

  @Test("are the same with vector instructions and without, in text of any kind", arguments: 0..<UInt64(300))
  func vectors(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let pieces = [
      "\\u0041", "\\x41", "\\101", "%41", "&#65;", "&lowbar;", "U+0041", "'a' + 'b'", "\"a\"\n\"b\"", "a\\\nb", "\"",
      "'",
      "\\", "%", "&", "+", " ", "\n", ";", "é", "\u{0}", "a", "ab/c-d_e+f", "\u{7F}", "@[`{", "0123456789:",
    ]
    var text: [UInt8] = []
    for _ in 0..<random.below(200) {
      if random.once(in: 6) {
        text += random.text(random.below(70), of: "abcXYZ019+/-_").utf8
      } else if random.once(in: 12) {
        text += random.bytes(random.below(20))
      } else {
        text += random.pick(pieces).utf8
      }
    }
    let found = Self.found(text)
    #expect(found == Self.found(text, isVectored: false), "seed \(seed)")
    #expect(found.runs == Self.runs(text), "seed \(seed)")
  }

  @Test("include runs of every length at every place", arguments: 20..<90)
  func lengths(length: Int) {
    for before in 0..<40 {
      for after in [0, 1, 7, 32, 33, 64] {
        let text =
          [UInt8](repeating: 0x20, count: before) + [UInt8](repeating: 0x61, count: length)
          + [UInt8](repeating: 0x2E, count: after)
        let expected = length >= 24 ? [before..<before + length] : []
        #expect(Self.found(text).runs == expected, "\(before), \(after)")
      }
    }
  }

  @Test("are found where there are more than fit into a buffer at once")
  func many() {
    let text = Array(String(repeating: "%41", count: 20_000).utf8)
    #expect(Self.found(text).marks == Array(stride(from: 0, to: 60_000, by: 3)))
    let runs = Array(String(repeating: String(repeating: "a", count: 25) + ".", count: 5_000).utf8)
    #expect(Self.found(runs).runs.count == 5_000)
  }

  @Test("are few in ordinary source")
  func ordinary() {
    let source = """
      def read(self, path="x", mode='r'):
          if a % 3 == 0 and b & c: return "%s: %d\\n" % (path, mode)
          return self.items["name"].strip() + 'suffix'  # don't
      """
    // Of the quotes only those before ` %` and two spaces are worth a look.
    let found = Self.found(Array(source.utf8))
    #expect(found.marks.count == 2 && found.runs.isEmpty)
  }

  @Test("begin an escape sequence of every kind, or end a literal")
  func kinds() {
    let rows = [
      "\\u0041", "\\U00000041", "\\u{41}", "\\x41", "\\101", "\\0101", "%41", "%u0041", "&#65;", "&#x41;", "&lowbar;",
      "U+0041",
      "\" + \"b", "' . 'b", "\"\n\"b", "\"\r\n  'b", "\" & \"b", "\"\\\n\"b", "\" \"b", "\"\"b", "\\\nb", "\\\r\nb",
      "\"|| 'b", "'~'b",
    ]
    for row in rows {
      let text = Array("a\(row)cdefghi".utf8)
      let mark = row.hasPrefix("U+") ? 2 : 1
      #expect(Self.found(text).marks.first == mark, "\(row)")
      #expect(EscapeSequence(at: mark, in: text.span) != nil, "\(row)")
    }
  }
}
