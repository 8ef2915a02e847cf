// The tree keeps the text of a scalar and where it starts and ends, not where each byte comes from: few scalars are
// scripts. When one is asked for, its source is read again beside its text.

extension Node {
  /// The text of a scalar with the place of each of its bytes; `nil` for collections. An alias gives what it stands for.
  ///
  /// Exact for JSON and for all styles of YAML. Where a text was made in another way (entities of XML, a value continued
  /// over lines), all of it maps to the start of the value.
  package var embeddedText: EmbeddedText? {
    let record = content
    guard record.kind == .scalar, let text = withText({ $0.copied() }) else { return nil }
    guard record.flags.contains(.copied) else {
      return EmbeddedText(bytes: text, segments: [.init(text: 0, file: Int(record.low))])
    }
    let source = Int(record.start)..<Int(record.end)
    if document.typing != .text {
      var alignment = TextAlignment(file: document.bytes, source: source)
      alignment.read()
      if alignment.text == text { return EmbeddedText(bytes: text, segments: alignment.segments) }
    }
    return EmbeddedText(
      bytes: text, segments: text.indices.map { .init(text: $0, file: source.lowerBound) })
  }
}

extension Span<UInt8> {
  func copied() -> [UInt8] { unsafe withUnsafeBufferPointer { unsafe Array($0) } }
}

/// Reads the source of one scalar of YAML or JSON and notes where each byte of its text comes from.
private struct TextAlignment {
  private let file: [UInt8]
  private let end: Int
  private var place: Int
  private(set) var text: [UInt8] = []
  private(set) var segments: [EmbeddedText.Segment] = []

  init(file: [UInt8], source: Range<Int>) {
    self.file = file
    place = source.lowerBound
    end = source.upperBound
  }

  mutating func read() {
    guard place < end else { return }
    switch file[place] {
    case UInt8(ascii: "\""):
      place += 1
      readFlow(until: UInt8(ascii: "\""))
    case UInt8(ascii: "'"):
      place += 1
      readFlow(until: UInt8(ascii: "'"))
    case UInt8(ascii: "|"): readBlock(isFolded: false)
    case UInt8(ascii: ">"): readBlock(isFolded: true)
    default: readFlow(until: nil)
    }
  }

  /// Adds a byte of the text that comes from a byte of the file.
  private mutating func add(_ byte: UInt8, from offset: Int) {
    let last = segments.last
    if last.map({ $0.file - $0.text != offset - text.count }) ?? true {
      segments.append(.init(text: text.count, file: offset))
    }
    text.append(byte)
  }

  // MARK: Flow scalars (YAML 1.2, 7.3; RFC 8259, 7)

  private mutating func readFlow(until quote: UInt8?) {
    while place < end {
      let byte = file[place]
      switch byte {
      case UInt8(ascii: "'") where quote == byte:
        guard place + 1 < end, file[place + 1] == byte else { return }
        add(byte, from: place)
        place += 2
      case UInt8(ascii: "\"") where quote == byte: return
      case UInt8(ascii: "\\") where quote == UInt8(ascii: "\""): readEscape()
      case 0x20, 0x09, 0x0A, 0x0D:
        if !readFold() {
          add(byte, from: place)
          place += 1
        }
      default:
        add(byte, from: place)
        place += 1
      }
    }
  }

  /// White space with a line break in it: one break is a space, of several the first is dropped.
  private mutating func readFold() -> Bool {
    var next = place
    var breaks: [Int] = []
    while next < end {
      switch file[next] {
      case 0x20, 0x09: next += 1
      case 0x0A:
        breaks.append(next)
        next += 1
      case 0x0D:
        breaks.append(next)
        next += next + 1 < end && file[next + 1] == 0x0A ? 2 : 1
      default:
        guard !breaks.isEmpty else { return false }
        if breaks.count == 1 {
          add(0x20, from: breaks[0])
        } else {
          for line in breaks.dropFirst() { add(0x0A, from: line) }
        }
        place = next
        return true
      }
    }
    // Nothing follows: a plain scalar ends before its white space.
    place = next
    return !breaks.isEmpty
  }

  private mutating func readEscape() {
    let start = place
    guard start + 1 < end else {
      place = end
      return
    }
    let letter = file[start + 1]
    place += 2
    let simple: [UInt8: UInt32] = [
      UInt8(ascii: "0"): 0, UInt8(ascii: "a"): 7, UInt8(ascii: "b"): 8, UInt8(ascii: "t"): 9, 0x09: 9,
      UInt8(ascii: "n"): 10, UInt8(ascii: "v"): 11, UInt8(ascii: "f"): 12, UInt8(ascii: "r"): 13, UInt8(ascii: "e"): 27,
      UInt8(ascii: "N"): 0x85, UInt8(ascii: "_"): 0xA0, UInt8(ascii: "L"): 0x2028, UInt8(ascii: "P"): 0x2029,
    ]
    switch letter {
    case UInt8(ascii: "x"): addScalar(hex(2), from: start)
    case UInt8(ascii: "U"): addScalar(hex(8), from: start)
    case UInt8(ascii: "u"):
      let unit = hex(4)
      if (0xD800..<0xDC00).contains(unit), place + 1 < end, file[place] == UInt8(ascii: "\\"),
        file[place + 1] == UInt8(ascii: "u")
      {
        place += 2
        addScalar(0x10000 + (unit - 0xD800) << 10 + (hex(4) &- 0xDC00) & 0x3FF, from: start)
      } else {
        addScalar(unit, from: start)
      }
    case 0x0A, 0x0D:
      // An escaped line break joins the lines.
      if letter == 0x0D, place < end, file[place] == 0x0A { place += 1 }
      while place < end, file[place] == 0x20 || file[place] == 0x09 { place += 1 }
    default: addScalar(simple[letter] ?? UInt32(letter), from: start)
    }
  }

  private mutating func hex(_ digits: Int) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<digits where place < end {
      let digit: UInt8 =
        switch file[place] {
        case 0x30...0x39: file[place] - 0x30
        case 0x41...0x46, 0x61...0x66: (file[place] | 0x20) - 0x57
        default: 0
        }
      value = value << 4 | UInt32(digit)
      place += 1
    }
    return value
  }

  private mutating func addScalar(_ value: UInt32, from offset: Int) {
    let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
    for byte in UTF8.encode(scalar) ?? .init() {
      segments.append(.init(text: text.count, file: offset))
      text.append(byte)
    }
  }

  // MARK: Block scalars (YAML 1.2, 8.1)

  private struct Line {
    var range: Range<Int>
    /// Where the next line starts.
    var next: Int
  }

  private mutating func line(from start: Int) -> Line {
    var stop = start
    while stop < end, file[stop] != 0x0A, file[stop] != 0x0D { stop += 1 }
    var next = stop
    if next < end { next += file[next] == 0x0D && next + 1 < end && file[next + 1] == 0x0A ? 2 : 1 }
    return Line(range: start..<stop, next: next)
  }

  private mutating func readBlock(isFolded: Bool) {
    let header = line(from: place)
    var chomping: UInt8?
    var hasIndent = 0
    for byte in file[header.range].dropFirst() {
      if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") {
        chomping = byte
      } else if (0x31...0x39).contains(byte) {
        hasIndent = Int(byte - 0x30)
      } else {
        break
      }
    }
    place = header.next
    var lines: [Line] = []
    while place < end {
      let line = line(from: place)
      lines.append(line)
      place = line.next
    }
    let indent = indentation(of: lines, explicit: hasIndent)
    // The content of each line; empty for one that is blank.
    let contents = lines.map { line in
      min(line.range.lowerBound + min(indent, leadingSpaces(of: line)), line.range.upperBound)..<line.range.upperBound
    }
    let lastFull = contents.lastIndex { !$0.isEmpty } ?? -1
    var previousIsPlain = false
    var pendingBreaks: [Int] = []
    for (index, content) in contents.enumerated() {
      if index > lastFull { break }
      if content.isEmpty {
        pendingBreaks.append(lines[index].range.upperBound)
        continue
      }
      let isPlain = file[content.lowerBound] != 0x20 && file[content.lowerBound] != 0x09
      if index > 0, isFolded, previousIsPlain, isPlain, !text.isEmpty {
        let blanks = pendingBreaks.dropFirst()
        if blanks.isEmpty { add(0x20, from: pendingBreaks.first ?? content.lowerBound) }
        for offset in blanks { add(0x0A, from: offset) }
      } else {
        for offset in pendingBreaks { add(0x0A, from: offset) }
      }
      for offset in content { add(file[offset], from: offset) }
      previousIsPlain = isPlain
      pendingBreaks = [lines[index].range.upperBound]
    }
    guard lastFull >= 0 else {
      if chomping == UInt8(ascii: "+") { for offset in pendingBreaks { add(0x0A, from: offset) } }
      return
    }
    if chomping == UInt8(ascii: "-") { return }
    // A file can end without a line break: then there is none to keep.
    let last = lines[lastFull]
    if last.next > last.range.upperBound { add(0x0A, from: last.range.upperBound) }
    guard chomping == UInt8(ascii: "+") else { return }
    for line in lines[(lastFull + 1)...] where line.next > line.range.upperBound {
      add(0x0A, from: line.range.upperBound)
    }
  }

  private func leadingSpaces(of line: Line) -> Int {
    file[line.range].prefix { $0 == 0x20 }.count
  }

  /// What all lines are indented by: that of the first line that is not blank, or, where the header gives a number, the
  /// indentation around the scalar and that number, which no line has less of.
  private func indentation(of lines: [Line], explicit: Int) -> Int {
    let full = lines.filter { line in leadingSpaces(of: line) < line.range.count }
    guard let first = full.first else { return lines.map { leadingSpaces(of: $0) }.max() ?? 0 }
    guard explicit > 0 else { return leadingSpaces(of: first) }
    return full.map { leadingSpaces(of: $0) }.min() ?? 0
  }
}
