internal import CEncodingScan
internal import Findings

// A run in the alphabet of base 64 may be base 64, base 32, hexadecimal, a token from right to left or, nearly always, a
// name or a hash. What it decodes to tells: nine bytes of random data are text once in six thousand times. So the first
// few bytes are decoded and looked at before anything is kept.

/// Decodes runs of letters and digits.
struct RunDecoder {
  /// How decoded bytes are text: as they are, or as UTF-16 of ASCII.
  private struct Form {
    var stride: UInt8 = 1
    /// Which of two bytes is zero.
    var zero = -1
    /// The bytes of a byte order mark.
    var skipped = 0
  }

  /// Shorter texts hold no credential.
  private static let minDecoded = 14
  /// How many bytes are decoded to see whether they are text.
  private static let probeBytes = 9
  /// After how many separators within a run an encoded text is looked for, as in `name_Z2hw…`, and how far in.
  private static let maxSeparators = Int(TG_MAX_SEPARATORS)
  private static let maxPrefix = Int(TG_MAX_PREFIX)
  /// Longer runs are no token written from right to left.
  private static let maxReversed = Int(TG_MAX_REVERSED)

  /// Adds a span for each run that decodes to text.
  ///
  /// - Parameter limit: the most bytes that `decoded` may hold.
  /// - Returns: false when the limit was reached.
  static func decode(_ runs: [Range<Int>], of text: Span<UInt8>, into decoded: inout DecodedText, limit: Int) -> Bool {
    // What is wrapped over lines is decoded with its first line.
    var done = 0
    for run in runs where run.lowerBound >= done {
      guard decoded.count < limit else { return false }
      done = decode(run, of: text, into: &decoded) ?? done
    }
    return true
  }

  /// Returns where the encoded text ends; `nil` when there is none.
  private static func decode(_ run: Range<Int>, of text: Span<UInt8>, into decoded: inout DecodedText) -> Int? {
    if let end = span(.base64, from: run.lowerBound, to: run.upperBound, text, into: &decoded) { return end }
    let hexStart = hasHexPrefix(run, text) ? run.lowerBound + 2 : run.lowerBound
    if let end = span(.hex, from: hexStart, to: run.upperBound, text, into: &decoded) { return end }
    if let end = span(.base32, from: run.lowerBound, to: run.upperBound, text, into: &decoded) { return end }
    var separators = 0
    var place = run.lowerBound
    let last = min(run.upperBound - EncodingFinder.minRun, run.lowerBound + maxPrefix)
    while place < last {
      defer { place += 1 }
      if ByteClass.alphanumeric.contains(text[place]) { continue }
      if let end = span(.base64, from: place + 1, to: run.upperBound, text, into: &decoded) { return end }
      separators += 1
      if separators == maxSeparators { break }
    }
    if isReversed(run, text) { reverse(run, of: text, into: &decoded) }
    return nil
  }

  private static func hasHexPrefix(_ run: Range<Int>, _ text: Span<UInt8>) -> Bool {
    text[run.lowerBound] == UInt8(ascii: "0") && text[run.lowerBound + 1] | 0x20 == UInt8(ascii: "x")
  }

  // MARK: Alphabets

  /// Decodes from `start` on as far as there is text, over line ends if need be.
  private static func span(
    _ alphabet: DigitAlphabet, from start: Int, to end: Int, _ text: Span<UInt8>, into decoded: inout DecodedText
  ) -> Int? {
    guard let form = probe(alphabet, start..<end, text) else { return nil }
    let first = decoded.count
    var (lineStart, lineEnd) = (start, end)
    var skipped = form.skipped
    while true {
      let line = decodeLine(alphabet, form, skipped, lineStart..<lineEnd, text, into: &decoded)
      guard line.isWhole, let next = nextLine(after: lineEnd, text) else { break }
      (lineStart, lineEnd) = (next.lowerBound, next.upperBound)
      skipped = 0
    }
    guard decoded.count - first >= minDecoded else {
      decoded.truncate(to: first)
      return nil
    }
    decoded.endSpan()
    return lineEnd
  }

  /// Looks at what the first bytes would be.
  private static func probe(_ alphabet: DigitAlphabet, _ range: Range<Int>, _ text: Span<UInt8>) -> Form? {
    var bytes: SIMD16<UInt8> = .zero
    var count = 0
    var (buffer, bits) = (0, 0)
    var place = range.lowerBound
    while count < probeBytes {
      guard place < range.upperBound else { return nil }
      let digit = alphabet.value(of: text[place])
      guard digit < 64 else { return nil }
      buffer = (buffer << alphabet.bits | Int(digit)) & 0xFFFF
      bits += alphabet.bits
      if bits >= 8 {
        bits -= 8
        let byte = UInt8(truncatingIfNeeded: buffer >> bits)
        // Nearly every run ends here, within two bytes.
        if !ByteClass.text.contains(byte), byte != 0, byte < 0xFE { return nil }
        bytes[count] = byte
        count += 1
      }
      place += 1
    }
    if bytes[0] == 0xFF, bytes[1] == 0xFE { return form(Form(stride: 2, zero: 1, skipped: 2), holds: bytes) }
    if bytes[0] == 0xFE, bytes[1] == 0xFF { return form(Form(stride: 2, zero: 0, skipped: 2), holds: bytes) }
    if bytes[1] == 0 { return form(Form(stride: 2, zero: 1), holds: bytes) }
    if bytes[0] == 0 { return form(Form(stride: 2, zero: 0), holds: bytes) }
    return form(Form(), holds: bytes)
  }

  private static func form(_ form: Form, holds bytes: SIMD16<UInt8>) -> Form? {
    for index in form.skipped..<probeBytes where !accepts(bytes[index], at: index - form.skipped, form) { return nil }
    return form
  }

  /// Whether a byte can stand at an offset of text in a form.
  @inline(__always)
  private static func accepts(_ byte: UInt8, at offset: Int, _ form: Form) -> Bool {
    if form.stride == 2, offset & 1 == form.zero { return byte == 0 }
    return ByteClass.text.contains(byte) || (byte >= 0x80 && form.stride == 1)
  }

  /// Decodes one line. It is whole when all of it is text and its last character ends a byte.
  private static func decodeLine(
    _ alphabet: DigitAlphabet, _ form: Form, _ skipped: Int, _ range: Range<Int>, _ text: Span<UInt8>,
    into decoded: inout DecodedText
  ) -> (isWhole: Bool, end: Int) {
    let start = decoded.count
    var (buffer, bits, offset) = (0, 0, -skipped)
    var place = range.lowerBound
    if alphabet == .base64, form.stride == 1 {
      // Four characters at a time, as long as all three bytes are ASCII.
      while place + 4 <= range.upperBound {
        let first = UInt32(alphabet.value(of: text[place])) << 18 | UInt32(alphabet.value(of: text[place + 1])) << 12
        let second = UInt32(alphabet.value(of: text[place + 2])) << 6 | UInt32(alphabet.value(of: text[place + 3]))
        let group = first | second
        let bytes = (UInt8(group >> 16 & 0xFF), UInt8(group >> 8 & 0xFF), UInt8(group & 0xFF))
        // All characters of a run are digits.
        guard ByteClass.text.contains(bytes.0), ByteClass.text.contains(bytes.1),
          ByteClass.text.contains(bytes.2)
        else { break }
        decoded.append(bytes)
        place += 4
      }
    }
    while place < range.upperBound {
      let digit = alphabet.value(of: text[place])
      guard digit < 64 else { break }
      buffer = (buffer << alphabet.bits | Int(digit)) & 0xFFFF
      bits += alphabet.bits
      place += 1
      guard bits >= 8 else { continue }
      bits -= 8
      let byte = UInt8(truncatingIfNeeded: buffer >> bits)
      if offset >= 0 {
        guard accepts(byte, at: offset, form) else { break }
        if form.stride == 1 || offset & 1 != form.zero { decoded.append(byte) }
      }
      offset += 1
    }
    if decoded.count > start {
      var piece = DecodedText.Piece(start..<decoded.count, of: range.lowerBound..<place, alphabet.encoding)
      piece.sourceUnit = 8
      piece.encodedUnit = UInt8(alphabet.bits)
      piece.stride = form.stride
      piece.skipped = UInt8(skipped)
      if form.stride == 2 { piece.inner = .utf16 }
      decoded.add(piece)
    }
    return (place == range.upperBound && bits == 0 && offset % Int(form.stride) == 0, place)
  }

  /// The run at the start of the next line, when the line ends at `end`.
  private static func nextLine(after end: Int, _ text: Span<UInt8>) -> Range<Int>? {
    var place = end
    if place < text.count, text[place] == 13 { place += 1 }
    guard place < text.count, text[place] == 10 else { return nil }
    place += 1
    let lineStart = place
    while place < text.count, place - lineStart < 64, text[place] == 32 || text[place] == 9 { place += 1 }
    let start = place
    while place < text.count, DigitAlphabet.base64.value(of: text[place]) < 64 { place += 1 }
    // The last line has two characters at least, perhaps padding, and nothing else.
    var rest = place
    while rest < text.count, text[rest] == UInt8(ascii: "=") { rest += 1 }
    let isAlone = rest == text.count || !ByteClass.alphanumeric.contains(text[rest]) && text[rest] != UInt8(ascii: ":")
    return place - start >= 2 && isAlone ? start..<place : nil
  }

  // MARK: Reversed

  /// The prefixes of tokens end in `_` or `-`; names and hashes of hexadecimal digits look otherwise.
  private static func isReversed(_ run: Range<Int>, _ text: Span<UInt8>) -> Bool {
    guard run.count <= maxReversed else { return false }
    // Names seldom begin with capital letters and digits among small ones.
    var (digits, upper) = (0, 0)
    for place in run.prefix(16) {
      if text[place].isASCIIDigit { digits += 1 }
      if text[place] & 0xE0 == 0x40 { upper += 1 }
    }
    guard digits > 0, upper > 1 else { return false }
    return run.suffix(12).contains { text[$0] == UInt8(ascii: "_") || text[$0] == UInt8(ascii: "-") }
  }

  private static func reverse(_ run: Range<Int>, of text: Span<UInt8>, into decoded: inout DecodedText) {
    let start = decoded.count
    for place in run.reversed() { decoded.append(text[place]) }
    var piece = DecodedText.Piece(start..<decoded.count, of: run, .reversed)
    piece.isReversed = true
    decoded.add(piece)
    decoded.endSpan()
  }
}
