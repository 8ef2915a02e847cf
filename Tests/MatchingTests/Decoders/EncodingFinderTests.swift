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
      if offset - start >= 27 { runs.append(start..<offset) }
      start = offset + 1
    }
    return runs
  }

  /// So much of the base 64 of a text.
  private static func encoded(_ count: Int) -> String {
    String(Wrapping.base64.wrap(String(repeating: "some text of no importance. ", count: 9)).prefix(count))
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
        text += random.pick(["", "a/", "_", "0x"]).utf8
        text +=
          random.pick([
            random.text(random.below(70), of: "abcXYZ019+/-_"), Self.encoded(random.below(70)),
            Wrapping.hex.wrap(random.text(random.below(40), of: "ab cd")),
            Wrapping.base32.wrap(random.text(random.below(40), of: "ab cd")),
          ]).utf8
      } else if random.once(in: 12) {
        text += random.bytes(random.below(20))
      } else {
        text += random.pick(pieces).utf8
      }
    }
    let found = Self.found(text)
    #expect(found == Self.found(text, isVectored: false), "seed \(seed)")
    #expect(Set(found.runs).isSubset(of: Self.runs(text)), "seed \(seed)")
  }

  @Test("include runs of every length at every place", arguments: 20..<90)
  func lengths(length: Int) {
    for before in 0..<40 {
      for after in [0, 1, 7, 32, 33, 64] {
        let text =
          [UInt8](repeating: 0x20, count: before) + Array(Self.encoded(length).utf8)
          + [UInt8](repeating: 0x2E, count: after)
        let expected = length >= 27 ? [before..<before + length] : []
        #expect(Self.found(text).runs == expected, "\(before), \(after)")
      }
    }
  }

  @Test("are found where there are more than fit into a buffer at once")
  func many() {
    let text = Array(String(repeating: "%41", count: 20_000).utf8)
    #expect(Self.found(text).marks == Array(stride(from: 0, to: 60_000, by: 3)))
    let runs = Array(String(repeating: Self.encoded(27) + ".", count: 5_000).utf8)
    #expect(Self.found(runs).runs.count == 5_000)
  }

  @Test("are few in ordinary source")
  func ordinary() {
    let source = """
      # 7d865e959b2466918c9863afca942d0fb89d7c9ac0c99bafc3749504ded97730 and AKindOfNameThatIsLongEnough_2
      def read(self, path="x", mode='r', other_name_of_many_words=None):
          if a % 3 == 0 and b & c: return "%s: %d\\n" % (path, mode)
          return self.items["name"].strip() + 'suffix'  # don't
      """
    #expect(Self.found(Array(source.utf8)) == Found(marks: [], runs: []))
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
