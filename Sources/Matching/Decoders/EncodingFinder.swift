// This looks at every byte of every file, so it must cost next to nothing where nothing is encoded: 16 bytes at a time, two
// questions. Is one of them a byte with which an escape sequence or the end of a literal begins? Are they all of the
// alphabet of base 64? What passes is looked at by the decoders. Swift has no instruction that turns a mask into bits; a mask
// taken as two integers serves as well.

private typealias Block = SIMD16<UInt8>

/// Finds the places in a text that may be encoded.
struct EncodingFinder: ~Copyable {
  /// Where an escape sequence, or a joint between literals, may begin.
  private(set) var marks: [Int] = []
  /// The longest stretches in the alphabet of base 64, of ``minRun`` bytes or more.
  private(set) var runs: [Range<Int>] = []

  private let tables = MarkTables()

  /// A stretch of 23 bytes covers two aligned groups of eight wherever it lies.
  static let minRun = 24

  mutating func find(in text: Span<UInt8>) {
    marks.removeAll(keepingCapacity: true)
    runs.removeAll(keepingCapacity: true)
    unsafe text.withUnsafeBufferPointer { buffer in
      guard let base = unsafe UnsafeRawPointer(buffer.baseAddress) else { return }
      // All loads lie below `count`: whole blocks by the condition of the loop, the rest byte by byte.
      let count = buffer.count
      var isFull = false
      var offset = 0
      while offset + 16 <= count {
        let block = unsafe base.loadUnaligned(fromByteOffset: offset, as: Block.self)
        look(at: block, offset: offset, isFull: &isFull, in: text)
        offset += 16
      }
      if offset < count {
        var block = Block(repeating: 0)
        for lane in 0..<(count - offset) { block[lane] = text[offset + lane] }
        look(at: block, offset: offset, isFull: &isFull, in: text)
      }
    }
  }

  /// - Parameter isFull: whether the eight bytes before the block are all of the alphabet.
  @inline(__always)
  private mutating func look(at block: Block, offset: Int, isFull: inout Bool, in text: Span<UInt8>) {
    // An operand without a type of its own selects a generic operator, hundreds of times slower.
    let (quote, percent, two) = (Block(repeating: 0x22), Block(repeating: 0x25), Block(repeating: 2))
    let (plus, backslash, hyphen) = (Block(repeating: 0x2B), Block(repeating: 0x5C), Block(repeating: 0x2D))
    let (caseBit, letterA, twentyFive) = (Block(repeating: 0x20), Block(repeating: 0x61), Block(repeating: 25))
    let (slash, ten, underscore) = (Block(repeating: 0x2F), Block(repeating: 10), Block(repeating: 0x5F))
    let isPlus = block .== plus
    // `%`, `&` and `'` follow each other.
    let special =
      (block .== quote) .| ((block &- percent) .<= two) .| isPlus
      .| (block .== backslash)
    let bits = unsafe unsafeBitCast(special, to: SIMD2<UInt64>.self)
    if bits[0] | bits[1] != 0 {
      mark(bits[0], at: offset, in: text)
      mark(bits[1], at: offset + 8, in: text)
    }
    // `/` stands before the digits.
    let member =
      (((block | caseBit) &- letterA) .<= twentyFive)
      .| ((block &- slash) .<= ten) .| isPlus .| (block .== hyphen)
      .| (block .== underscore)
    let halves = unsafe unsafeBitCast(member, to: SIMD2<UInt64>.self)
    let (low, high) = (halves[0] == .max, halves[1] == .max)
    if low, isFull || high { addRun(around: offset, in: text) }
    isFull = high
  }

  @inline(__always)
  private mutating func mark(_ mask: UInt64, at offset: Int, in text: Span<UInt8>) {
    var mask = mask
    while mask != 0 {
      let lane = mask.trailingZeroBitCount >> 3
      mask &= ~(0xFF << UInt64(lane * 8))
      let place = offset + lane
      if isPromising(place, in: text) { marks.append(place) }
    }
  }

  /// What the neighbours say: nearly all quotes, percent signs and backslashes end here.
  @inline(__always)
  private func isPromising(_ place: Int, in text: Span<UInt8>) -> Bool {
    guard place + 2 < text.count else { return false }
    let byte = text[place]
    guard tables.followers[Int(text[place + 1])] & tables.kinds[Int(byte)] != 0 else { return false }
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return place > 0 && tables.isTokenByte[Int(text[place - 1])]
    case UInt8(ascii: "+"): return place > 0 && text[place - 1].asciiUppercased == UInt8(ascii: "U")
    case UInt8(ascii: "%"): return tables.isHex[Int(text[place + 2])]
    default: return true
    }
  }

  private mutating func addRun(around offset: Int, in text: Span<UInt8>) {
    let floor = runs.last?.upperBound ?? 0
    guard offset >= floor else { return }
    var start = offset
    while start > floor, ByteClass.encoded.contains(text[start - 1]) { start -= 1 }
    var end = offset + 8
    while end < text.count, ByteClass.encoded.contains(text[end]) { end += 1 }
    if end - start >= Self.minRun { runs.append(start..<end) }
  }
}

/// What decides whether a byte that was met is worth a look.
private struct MarkTables {
  /// A bit for each kind of first byte.
  let kinds = Self.table { byte in
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): 1
    case UInt8(ascii: "%"): 2
    case UInt8(ascii: "&"): 4
    case UInt8(ascii: "\\"): 8
    case UInt8(ascii: "+"): 16
    default: 0
    }
  }

  /// The kinds that a byte can follow.
  let followers = Self.table { byte in
    var kinds: UInt8 = 0
    if "\t\n\r +.&~|^<\\\"'".utf8.contains(byte) { kinds |= 1 }
    // What is below 20 or above 7E is no part of a credential.
    if "234567uU".utf8.contains(byte) { kinds |= 2 }
    if byte == UInt8(ascii: "#") { kinds |= 4 }
    if "uUx01\n\r".utf8.contains(byte) { kinds |= 8 }
    if ByteClass.hexDigits[Int(byte)] < 16 { kinds |= 16 }
    return kinds
  }

  let isTokenByte = (0...255).map { ByteClass.token.contains(UInt8($0)) }
  let isHex = (0...255).map { ByteClass.hexDigits[$0] < 16 }

  private static func table(_ value: (UInt8) -> UInt8) -> [UInt8] { (0...255).map { value(UInt8($0)) } }
}
