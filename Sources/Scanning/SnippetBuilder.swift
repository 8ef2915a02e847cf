internal import Findings

/// Cuts out the line of a finding and masks every value in it.
struct SnippetBuilder {
  /// How many bytes of a long line are shown on each side of the finding.
  private static let margin = 100

  /// A span that must not be shown, and what is shown instead.
  struct Mask {
    var range: Range<Int>
    var text: String
  }

  private let lines: LineIndex
  /// Sorted, without overlap.
  private let masks: [Mask]
  private let values: KnownValues

  /// - Parameters:
  ///   - hidden: the spans of values in the text, which may overlap.
  ///   - values: what is masked wherever it stands.
  init(lines: LineIndex, hidden: [Mask], values: [Secret]) {
    self.lines = lines
    masks = Self.merged(hidden)
    self.values = KnownValues(values)
  }

  /// The line on which `place` starts.
  func snippet(of place: Range<Int>, in text: Span<UInt8>) -> Snippet {
    var line = lines.range(ofLine: lines.line(at: place.lowerBound), in: text)
    while line.upperBound > line.lowerBound, [10, 13].contains(text[line.upperBound - 1]) {
      line = line.lowerBound..<line.upperBound - 1
    }
    let marked = place.clamped(to: line)
    var start = max(line.lowerBound, marked.lowerBound - Self.margin)
    var end = min(line.upperBound, min(marked.upperBound, marked.lowerBound + 2 * Self.margin) + Self.margin)
    // Do not begin or end within a character of several bytes; a value at the edge is masked as a whole.
    while start > line.lowerBound, text[start] & 0xC0 == 0x80 { start -= 1 }
    while end < line.upperBound, text[end] & 0xC0 == 0x80 { end += 1 }
    var shown = ""
    var mark = 0..<0
    var markStart: Int?
    if start > line.lowerBound { shown += "…" }
    for piece in pieces(of: start..<end, marked: marked, line: line, in: text) {
      let before = shown.count
      shown += piece.text
      guard piece.isMarked else { continue }
      markStart = markStart ?? before
      mark = (markStart ?? before)..<shown.count
    }
    if end < line.upperBound { shown += "…" }
    return Snippet(text: shown, mark: mark)
  }

  /// A part of one line as it may be shown.
  func shown(_ range: Range<Int>, in text: Span<UInt8>) -> String {
    let line = lines.range(ofLine: lines.line(at: range.lowerBound), in: text)
    return pieces(of: range, marked: range.upperBound..<range.upperBound, line: line, in: text).map(\.text).joined()
  }

  /// A text that may hold values of the file, with those masked.
  func masked(_ text: String) -> String {
    let bytes = Array(text.utf8)
    return Self.applied(values.occurrences(in: bytes.span, within: 0..<bytes.count), to: bytes) ?? text
  }

  /// A text with spans of it masked; `nil` where there is nothing to mask.
  static func applied(_ masks: [Mask], to bytes: [UInt8]) -> String? {
    let masks = merged(masks)
    guard !masks.isEmpty else { return nil }
    var shown: [UInt8] = []
    var place = 0
    for mask in masks {
      shown += bytes[place..<mask.range.lowerBound] + Array(mask.text.utf8)
      place = mask.range.upperBound
    }
    return String(decoding: shown + bytes[place...], as: UTF8.self)
  }

  private struct Piece {
    var text: String
    var isMarked: Bool
  }

  /// The range cut at the edges of masks and of the mark.
  private func pieces(
    of range: Range<Int>, marked: Range<Int>, line: Range<Int>, in text: Span<UInt8>
  ) -> [Piece] {
    // Values reach over the edges of the range.
    let area = (range.lowerBound - values.longest)..<(range.upperBound + values.longest)
    let repeats = values.occurrences(in: text, within: area.clamped(to: line))
    var masks = Self.merged(masksOverlapping(range) + repeats).filter { $0.range.overlaps(range) }[...]
    var pieces: [Piece] = []
    var place = range.lowerBound
    while place < range.upperBound {
      let isMarked = marked.contains(place)
      if let mask = masks.first, mask.range.lowerBound <= place {
        pieces.append(Piece(text: mask.text, isMarked: isMarked || mask.range.overlaps(marked)))
        place = mask.range.upperBound
        masks.removeFirst()
        continue
      }
      let edges = [marked.lowerBound, marked.upperBound, masks.first?.range.lowerBound ?? range.upperBound]
      let end = edges.filter { $0 > place && $0 < range.upperBound }.min() ?? range.upperBound
      pieces.append(Piece(text: Self.plain(text.extracting(place..<end)), isMarked: isMarked))
      place = end
    }
    return pieces
  }

  private func masksOverlapping(_ range: Range<Int>) -> [Mask] {
    // The first mask that ends behind the start; there may be as many masks as findings.
    var low = 0
    var high = masks.count
    while low < high {
      let middle = (low + high) / 2
      if masks[middle].range.upperBound <= range.lowerBound { low = middle + 1 } else { high = middle }
    }
    return Array(masks[low...].prefix { $0.range.lowerBound < range.upperBound })
  }

  /// Sorted and without overlap; of masks with the same start the one that says most gives the text.
  private static func merged(_ masks: [Mask]) -> [Mask] {
    var merged: [Mask] = []
    let sorted = masks.sorted { ($0.range.lowerBound, $1.text.utf8.count) < ($1.range.lowerBound, $0.text.utf8.count) }
    for mask in sorted {
      if let last = merged.last, mask.range.lowerBound < last.range.upperBound {
        let end = max(last.range.upperBound, mask.range.upperBound)
        merged[merged.count - 1].range = last.range.lowerBound..<end
      } else {
        merged.append(mask)
      }
    }
    return merged
  }

  /// Text as it may be shown: nothing that moves a cursor or hides a character.
  private static func plain(_ bytes: Span<UInt8>) -> String {
    var text = ""
    for scalar in bytes.string.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control where scalar != "\t", .format, .lineSeparator, .paragraphSeparator, .surrogate:
        text.unicodeScalars.append("\u{FFFD}")
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
