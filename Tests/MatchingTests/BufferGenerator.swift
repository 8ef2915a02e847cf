import Matching
import TestSupport

/// Makes buffers that are dense in what patterns almost match.
struct BufferGenerator {
  /// What buffers are made of: anchors, whole examples, parts of them.
  let pieces: [[UInt8]]
  var random: SeededGenerator

  init(pieces: [[UInt8]], seed: UInt64) {
    self.pieces = pieces.filter { !$0.isEmpty }
    random = SeededGenerator(seed: seed)
  }

  mutating func next(size: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < size {
      var piece = random.pick(pieces)
      switch random.below(9) {
      case 0: piece = Array(piece.prefix(random.below(piece.count + 1)))
      case 1: piece = Array(piece.dropFirst(random.below(piece.count + 1)))
      case 2: piece += piece
      case 3: piece[random.below(piece.count)] = UInt8(random.below(256))
      case 4: piece.insert(UInt8(random.below(256)), at: random.below(piece.count + 1))
      case 5: piece.remove(at: random.below(piece.count))
      case 6: piece = piece.map { random.once(in: 3) ? $0.asciiUppercased : $0 }
      default: break
      }
      bytes += piece
      if random.once(in: 3) { bytes += separator() }
    }
    // Matches at both ends of the buffer are as likely as within it.
    return bytes
  }

  private mutating func separator() -> [UInt8] {
    switch random.below(8) {
    case 0: Array("\n".utf8)
    case 1: Array("\r\n".utf8)
    case 2: Array(" ".utf8)
    case 3: Array("\"".utf8)
    case 4: Array("=".utf8)
    case 5: random.bytes(random.below(6))
    case 6: [0xC3, 0x28, 0xFF]
    default: Array("é😀".utf8)
    }
  }
}
