internal import Findings

// What belongs together is told by layout alone, so that it works in any file: .env, INI, JSON, YAML, code. Parsers would
// see little more of it, and do not read half of those.

/// How far around a credential its other half may stand.
enum NearWindow {
  /// On each side, in bytes.
  static let reach = 4_096

  /// The lines within `lines` of a place, and the block of lines that are indented as far as its own: the same mapping
  /// of YAML, JSON or a literal in code.
  static func range(around place: Range<Int>, lines: Int, in text: Span<UInt8>) -> Range<Int> {
    let least = max(0, place.lowerBound - reach)
    let most = min(text.count, place.upperBound + reach)
    var start = lineStart(of: place.lowerBound, in: text, least: least)
    var end = lineEnd(of: max(place.lowerBound, place.upperBound - 1), in: text, most: most)
    let own = Indentation(ofLineAt: start, in: text)
    for _ in 0..<lines where start > least { start = lineStart(of: start - 1, in: text, least: least) }
    for _ in 0..<lines where end < most { end = lineEnd(of: end, in: text, most: most) }
    // Without indentation the block would be the file.
    guard own.column > 0 else { return start..<end }
    var line = lineStart(of: place.lowerBound, in: text, least: least)
    if !own.isItem {
      while line > least {
        let previous = lineStart(of: line - 1, in: text, least: least)
        let indentation = Indentation(ofLineAt: previous, in: text)
        guard indentation.isBlank || indentation.column >= own.column else { break }
        line = previous
        if indentation.isItem && indentation.dash < own.column { break }
      }
      start = min(start, line)
    }
    line = lineEnd(of: max(place.lowerBound, place.upperBound - 1), in: text, most: most)
    while line < most {
      let indentation = Indentation(ofLineAt: line, in: text)
      guard indentation.isBlank || (indentation.column >= own.column && indentation.dash >= own.column) else { break }
      line = lineEnd(of: line, in: text, most: most)
    }
    return start..<max(end, line)
  }

  /// Whether a mapping, a list item or a section ends between two places: then they do not belong together.
  ///
  /// - Parameter column: how far the line of the credential is indented.
  static func isDivided(_ gap: Range<Int>, column: Int, in text: Span<UInt8>) -> Bool {
    var depth = 0
    var isLineStart = false
    for offset in gap {
      switch text[offset] {
      case UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "}"):
        depth -= 1
        if depth < 0 { return true }
      case 10:
        isLineStart = true
        continue
      case UInt8(ascii: "[") where isLineStart: if isSection(at: offset, end: gap.upperBound, in: text) { return true }
      case UInt8(ascii: "-") where isLineStart:
        let line = lineStart(of: offset, in: text, least: gap.lowerBound)
        let indentation = Indentation(ofLineAt: line, in: text)
        if indentation.isItem, indentation.dash < max(column, 1) { return true }
      case 9, 32: continue
      default: break
      }
      isLineStart = false
    }
    return false
  }

  /// How far the line of a place is indented.
  static func column(of place: Int, in text: Span<UInt8>) -> Int {
    let start = lineStart(of: place, in: text, least: max(0, place - reach))
    return Indentation(ofLineAt: start, in: text).column
  }

  /// `[name]` alone in its line: a section of INI or TOML, and no list.
  private static func isSection(at offset: Int, end: Int, in text: Span<UInt8>) -> Bool {
    var place = offset + 1
    while place < min(end, offset + 200), text[place] != 10, text[place] != UInt8(ascii: "]") {
      if [UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: ",")].contains(text[place]) { return false }
      place += 1
    }
    return place < end && text[place] == UInt8(ascii: "]") && place > offset + 1
  }

  private static func lineStart(of offset: Int, in text: Span<UInt8>, least: Int) -> Int {
    var start = min(offset, text.count)
    while start > least, text[start - 1] != 10 { start -= 1 }
    return start
  }

  /// One past the line ending of the line that holds `offset`.
  private static func lineEnd(of offset: Int, in text: Span<UInt8>, most: Int) -> Int {
    var end = offset
    while end < most, text[end] != 10 { end += 1 }
    return min(end + 1, most)
  }

  /// How far a line is indented: to its first character, or behind the `- ` of an item of YAML.
  private struct Indentation {
    var column = 0
    /// Where the dash of an item stands; the column where there is none.
    var dash = 0
    var isBlank = false

    var isItem: Bool { dash < column }

    init(ofLineAt start: Int, in text: Span<UInt8>) {
      var place = start
      while place < text.count, text[place] == 32 || text[place] == 9 { place += 1 }
      column = place - start
      dash = column
      isBlank = place >= text.count || text[place] == 10 || text[place] == 13
      guard place + 1 < text.count, text[place] == UInt8(ascii: "-"), text[place + 1] == 32 else { return }
      place += 1
      while place < text.count, text[place] == 32 { place += 1 }
      column = place - start
    }
  }
}
