// GitHub code scanning tells alerts apart by rule, path and this hash alone; its upload action computes the same one
// where a report has none (https://github.com/github/codeql-action/blob/main/src/fingerprints.ts). That program rolls
// a window of 100 units over the file. Here the hash of a window is the difference of two prefix hashes, which gives
// the same numbers with one multiplication per unit and no window.

/// GitHub's `primaryLocationLineHash`: a hash of the 100 UTF-16 code units from the start of a line on, blanks left
/// out, and a count of the equal hashes so far in the file.
package enum LineHash {
  /// The hashes of the given lines, by line.
  ///
  /// Lines count from 1 and end at LF, CR or CR LF. A line that the file does not have gets no entry. The cost is one
  /// pass over the file up to shortly after the last of the lines.
  package static func hashes(of text: Span<UInt8>, lines: some Sequence<Int>) -> [Int: String] {
    let wanted = Set(lines.lazy.filter { $0 > 0 })
    guard let last = wanted.max() else { return [:] }
    let values = values(of: text, through: last)

    // Only the values of wanted lines need a count.
    var counts: [UInt64: Int] = [:]
    for line in wanted where line <= values.count { counts[values[line - 1]] = 0 }
    var texts: [Int: String] = [:]
    for (index, value) in values.enumerated() {
      guard let count = counts[value] else { continue }
      counts[value] = count + 1
      if wanted.contains(index + 1) { texts[index + 1] = "\(String(value, radix: 16)):\(count + 1)" }
    }
    return texts
  }

  /// The hashes of the given lines of a file that is at hand as an array.
  package static func hashes(of text: [UInt8], lines: some Sequence<Int>) -> [Int: String] {
    hashes(of: text.span, lines: lines)
  }

  /// The hash of each line up to `lastLine`, if there are so many, and perhaps a few more.
  private static func values(of text: Span<UInt8>, through lastLine: Int) -> [UInt64] {
    var windows = LineWindows()
    var offset = 0
    var isAfterReturn = false
    while offset < text.count {
      let byte = text[offset]
      if byte > 0x20 && byte < 0x80 {
        // Nearly all of a file.
        offset += 1
        isAfterReturn = false
        windows.add(UInt16(byte))
      } else if byte <= 0x20 {
        offset += 1
        let isSkipped = byte == 0x20 || byte == 0x09 || (isAfterReturn && byte == 0x0A)
        isAfterReturn = byte == 0x0D
        if isSkipped { continue }
        windows.add(byte == 0x0D ? 0x0A : UInt16(byte))
        if windows.values.count >= lastLine { return windows.values }
      } else {
        isAfterReturn = false
        let (scalar, length) = scalar(in: text, at: offset)
        offset += length
        for unit in scalar.utf16 { windows.add(unit) }
      }
    }
    windows.finish()
    return windows.values
  }

  /// The scalar at `offset` and its length. What is not well-formed gives one U+FFFD for each maximal subpart, as
  /// JavaScript's decoder does (Unicode 16.0, 3.9, table 3-7 and "U+FFFD Substitution of Maximal Subparts").
  private static func scalar(in text: Span<UInt8>, at offset: Int) -> (Unicode.Scalar, Int) {
    let replacement: Unicode.Scalar = "\u{FFFD}"
    let lead = text[offset]
    let count: Int
    var second: ClosedRange<UInt8> = 0x80...0xBF
    switch lead {
    case 0xC2...0xDF: count = 2
    case 0xE0...0xEF:
      count = 3
      if lead == 0xE0 { second = 0xA0...0xBF }
      if lead == 0xED { second = 0x80...0x9F }
    case 0xF0...0xF4:
      count = 4
      if lead == 0xF0 { second = 0x90...0xBF }
      if lead == 0xF4 { second = 0x80...0x8F }
    default: return (replacement, 1)
    }
    var value = UInt32(lead) & (0x7F >> UInt32(count))
    for index in 1..<count {
      guard offset + index < text.count else { return (replacement, index) }
      let next = text[offset + index]
      guard (index == 1 ? second : 0x80...0xBF).contains(next) else { return (replacement, index) }
      value = value << 6 | UInt32(next & 0x3F)
    }
    return (Unicode.Scalar(value) ?? replacement, count)
  }
}

/// The windows of the lines that began less than a window ago, and the hashes of those before.
private struct LineWindows {
  private static let length = 100
  private static let factor: UInt64 = 37

  /// The start of a line whose window is not yet full.
  private struct Start {
    var unit: Int
    var prefix: UInt64
  }

  /// The hash of each line whose window is full, in order.
  private(set) var values: [UInt64] = []
  /// The last lines that began; those before `firstOpen` are done.
  private var starts: [Start] = []
  private var firstOpen = 0
  /// The unit at which the window of the first open line is full.
  private var dueUnit = Int.max
  private var unit = 0
  private var prefix: UInt64 = 0
  private var isAtLineStart = true
  /// The factor to the power of the length of the window.
  private let windowFactor: UInt64 = (0..<length).reduce(1) { power, _ in power &* factor }

  @inline(__always)
  mutating func add(_ value: UInt16) {
    if unit == dueUnit { close() }
    if isAtLineStart { open() }
    isAtLineStart = value == 0x0A
    prefix = prefix &* Self.factor &+ UInt64(value)
    unit &+= 1  // At most one for each byte of the text.
  }

  /// Ends the file: one unit that stands for its end, then zeros until every window is full.
  mutating func finish() {
    add(UInt16.max)
    while firstOpen < starts.count {
      while unit < dueUnit {
        prefix = prefix &* Self.factor
        unit += 1
      }
      close()
    }
  }

  @inline(never)
  private mutating func open() {
    if firstOpen == starts.count { dueUnit = unit + Self.length }
    starts.append(Start(unit: unit, prefix: prefix))
  }

  /// Ends the window of the first open line.
  @inline(never)
  private mutating func close() {
    values.append(prefix &- windowFactor &* starts[firstOpen].prefix)
    firstOpen += 1
    if firstOpen >= 4_096 {
      starts.removeFirst(firstOpen)
      firstOpen = 0
    }
    dueUnit = firstOpen < starts.count ? starts[firstOpen].unit + Self.length : Int.max
  }
}
