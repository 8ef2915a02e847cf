// File names, messages and code come from whoever wrote the scanned tree. Shown as they are they could move the cursor,
// rename the window or turn the reading direction around (https://trojansource.codes), so all of it goes through here.

/// Text made safe for a terminal, and the cells that it takes there.
enum TerminalText {
  /// The most of one message that is shown, in Unicode scalars: nobody reads on, and a log should not be flooded.
  static let longest = 600

  /// `text` on one line: line breaks and tabs become spaces, other characters that are not seen become `\u{N}`.
  ///
  /// - Parameter limit: the most scalars that are shown.
  static func line(_ text: String, limit: Int = longest) -> String {
    if text.utf8.count <= limit && isPlain(text) { return text }
    var shown = ""
    var isAfterBreak = false
    for (index, scalar) in text.unicodeScalars.enumerated() {
      if index == limit { return shown + "…" }
      let isBreak = scalar == "\n" || scalar == "\r" || scalar == "\t"
      if isBreak {
        if !isAfterBreak { shown += " " }
      } else {
        append(scalar, to: &shown)
      }
      isAfterBreak = isBreak
    }
    return shown
  }

  /// One character of a line of code as shown at `cell`: a tab reaches to the next multiple of four.
  static func code(_ character: Character, at cell: Int) -> String {
    if character == "\t" { return String(repeating: " ", count: 4 - cell % 4) }
    if let byte = character.asciiValue, isPlain(byte) { return String(character) }
    var shown = ""
    for scalar in character.unicodeScalars { append(scalar, to: &shown) }
    return shown
  }

  private static func append(_ scalar: Unicode.Scalar, to shown: inout String) {
    if scalar.isASCII ? isPlain(UInt8(scalar.value)) : !isUnseen(scalar) {
      shown.unicodeScalars.append(scalar)
    } else {
      shown += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
    }
  }

  /// Whether it can be shown as it is without a look at the tables of Unicode.
  private static func isPlain(_ text: String) -> Bool {
    text.utf8.allSatisfy(isPlain)
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte < 0x7F
  }

  private static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: true
    default: false
    }
  }

  /// How many cells `text` takes.
  static func cells(_ text: String) -> Int {
    isPlain(text) ? text.utf8.count : text.unicodeScalars.reduce(0) { $0 + cells($1) }
  }

  private static func cells(_ scalar: Unicode.Scalar) -> Int {
    if scalar.isASCII { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    default: return wide.contains { $0.contains(scalar.value) } ? 2 : 1
    }
  }

  /// The blocks of wide characters, coarsely: East Asian Width W and F (https://www.unicode.org/reports/tr11/).
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
    0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
    0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x1FA70...0x1FAFF, 0x20000...0x3FFFD,
  ]

  /// The lines of `text` at most `width` cells wide, broken at spaces; a longer word stands on a line of its own.
  static func wrapped(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    var current = ""
    for word in line(text).split(separator: " ") {
      if !current.isEmpty && cells(current) + 1 + cells(String(word)) > width {
        lines.append(current)
        current = ""
      }
      current += current.isEmpty ? String(word) : " " + word
    }
    if !current.isEmpty { lines.append(current) }
    return lines
  }
}
