import Findings
import TestSupport
import Testing

@Suite("GitHub's line hash")
struct LineHashTests {
  /// Made with the upload action's algorithm, written down here as facts.
  @Test(
    "equals what the upload action computes",
    arguments: [
      ("", ["c129715d7a2bc9a3:1"]),
      (" a\nb\n  \t\tc\n d", ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"]),
      (
        "x = 2\nx = 1\nprint(x)\nx = 3\nprint(x)\nx = 4\nprint(x)\n",
        [
          "e54938cc54b302f1:1", "bb609acbe9138d60:1", "1131fd5871777f34:1", "5c482a0f8b35ea28:1",
          "54517377da7028d2:1", "2c644846cb18d53e:1", "f1b89f20de0d133:1", "c129715d7a2bc9a3:1",
        ]
      ),
    ])
  func vector(text: String, hashes: [String]) {
    #expect(Self.all(Array(text.utf8), count: hashes.count) == hashes)
  }

  @Test(
    "equals the shared vectors",
    .enabled(if: Repository.shared("conformance/github-line-hash.json") != nil, "../shared is not there"))
  func sharedVectors() throws {
    let vectors = try JSONValue(#require(Repository.shared("conformance/github-line-hash.json"))).elements
    #expect(vectors.count >= 9)
    for vector in vectors {
      let hashes = vector["hashes"].elements.compactMap(\.text)
      #expect(Self.all(Array((vector["text"].text ?? "").utf8), count: hashes.count) == hashes)
    }
  }

  @Test("is the same whether lines end in LF, CR or CR LF")
  func lineEndings() {
    let lines = ["one", "  two", "", "\tthree", ""]
    let expected = Self.all(Array(lines.joined(separator: "\n").utf8), count: lines.count)
    #expect(Self.all(Array(lines.joined(separator: "\r").utf8), count: lines.count) == expected)
    #expect(Self.all(Array(lines.joined(separator: "\r\n").utf8), count: lines.count) == expected)
  }

  @Test("agrees with the plain algorithm on any bytes")
  func reference() {
    var random = SplitMix(state: 7)
    // Line ends, blanks, letters, whole and broken UTF-8.
    let pieces: [[UInt8]] = [
      [10], [13], [13, 10], [32], [9], [97], [98], [0xC3, 0xA9], [0xF0, 0x9F, 0x98, 0x80], [0xFF], [0xE2, 0x82],
      [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0], [0xC0, 0xAF],
    ]
    for length in [0, 1, 5, 99, 100, 101, 102, 400, 3_000] {
      for _ in 0..<20 {
        let bytes = (0..<length).flatMap { _ in pieces[Int(random.next() % UInt64(pieces.count))] }
        let expected = Self.plain(bytes)
        #expect(LineHash.hashes(of: bytes, lines: expected.keys) == expected)
        let ofSpan = LineHash.hashes(of: bytes.span, lines: expected.keys)
        #expect(ofSpan == expected)
      }
    }
  }

  @Test("lets go of closed windows in files of very many lines")
  func manyLines() {
    let bytes = (0..<9_000).flatMap { Array("line \($0 % 50)\n".utf8) }
    let expected = Self.plain(bytes)
    #expect(
      LineHash.hashes(of: bytes, lines: [1, 4_097, 8_999, 9_001])
        == expected.filter { [1, 4_097, 8_999, 9_001].contains($0.key) })
  }

  @Test("has no entry for a line that the file does not have")
  func absentLines() {
    #expect(LineHash.hashes(of: Array("a\n".utf8), lines: [0, -1, 3, Int.max]).isEmpty)
    #expect(LineHash.hashes(of: [UInt8](), lines: [Int]()).isEmpty)
  }

  private static func all(_ bytes: [UInt8], count: Int) -> [String] {
    let hashes = LineHash.hashes(of: bytes, lines: 1...(count + 1))
    return hashes.sorted { $0.key < $1.key }.map(\.value)
  }

  /// The algorithm as the upload action has it, with its rolling window, over Swift's own decoding.
  private static func plain(_ bytes: [UInt8]) -> [Int: String] {
    var window = [UInt64](repeating: 0, count: 100)
    var lines = [Int?](repeating: nil, count: 100)
    let power = (0..<100).reduce(UInt64(1)) { value, _ in value &* 37 }
    var hash: UInt64 = 0
    var index = 0
    var line = 0
    var isLineStart = true
    var counts: [UInt64: Int] = [:]
    var output: [Int: String] = [:]
    func emit() {
      guard let line = lines[index] else { return }
      counts[hash, default: 0] += 1
      output[line] = "\(String(hash, radix: 16)):\(counts[hash] ?? 0)"
      lines[index] = nil
    }
    func roll(_ unit: UInt64) {
      hash = hash &* 37 &+ unit &- power &* window[index]
      window[index] = unit
      index = (index + 1) % 100
    }
    func process(_ unit: UInt64) {
      emit()
      if isLineStart {
        line += 1
        lines[index] = line
      }
      isLineStart = unit == 10
      roll(unit)
    }
    var isAfterReturn = false
    for unit in String(decoding: bytes, as: UTF8.self).utf16 {
      let isSkipped = unit == 32 || unit == 9 || (isAfterReturn && unit == 10)
      isAfterReturn = unit == 13
      if !isSkipped { process(unit == 13 ? 10 : UInt64(unit)) }
    }
    process(65_535)
    for _ in 0..<100 {
      emit()
      roll(0)
    }
    return output
  }
}

private struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
