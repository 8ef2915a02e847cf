internal import Findings

/// Cuts out the line of a finding and masks every value in it.
struct SnippetBuilder {
  /// How many bytes of a long line are shown on each side of the finding.
  private static let margin = 100
  /// A value shorter than this is masked where it was found, but not looked for elsewhere in the line.
  private static let minRepeatedBytes = 6

  private let lines: LineIndex
  /// What must not be shown, with what is shown instead; sorted, without overlap.
  private let masks: [(range: Range<Int>, text: String)]
  private let secrets: [Secret]

  /// - Parameter hidden: the spans of values in the text, which may overlap.
  init(lines: LineIndex, hidden: [(range: Range<Int>, secret: Secret)]) {
    self.lines = lines
    var masks: [(range: Range<Int>, text: String)] = []
    // Of values that start together the one whose kind is known gives the mask: it may show its prefix.
    let sorted = hidden.sorted { left, right in
      (left.range.lowerBound, right.secret.mask.count) < (right.range.lowerBound, left.secret.mask.count)
    }
    for (range, secret) in sorted {
      if let last = masks.last, range.lowerBound < last.range.upperBound {
        let end = max(last.range.upperBound, range.upperBound)
        masks[masks.count - 1].range = last.range.lowerBound..<end
      } else {
        masks.append((range, secret.mask))
      }
    }
    self.masks = masks
    var known: Set<Secret> = []
    secrets = hidden.map(\.secret).filter {
      $0.exposedBytes.count >= Self.minRepeatedBytes && known.insert($0).inserted
    }
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
    // Do not begin or end within a character of several bytes, nor within a value.
    while start > line.lowerBound, text[start] & 0xC0 == 0x80 { start -= 1 }
    while end < line.upperBound, text[end] & 0xC0 == 0x80 { end += 1 }
    var shown = ""
    var mark = 0..<0
    var markStart: Int?
    if start > line.lowerBound { shown += "…" }
    for piece in pieces(of: start..<end, marked: marked, in: text) {
      let before = shown.count
      shown += piece.text
      guard piece.isMarked else { continue }
      markStart = markStart ?? before
      mark = (markStart ?? before)..<shown.count
    }
    if end < line.upperBound { shown += "…" }
    return Snippet(text: shown, mark: mark)
  }

  /// The range cut at the edges of masks and of the mark.
  private func pieces(of range: Range<Int>, marked: Range<Int>, in text: Span<UInt8>) -> [(
    text: String, isMarked: Bool
  )] {
    var pieces: [(text: String, isMarked: Bool)] = []
    var place = range.lowerBound
    while place < range.upperBound {
      let isMarked = marked.contains(place)
      if let mask = masks.first(where: { $0.range.contains(place) }) {
        pieces.append((mask.text, isMarked || mask.range.overlaps(marked)))
        place = mask.range.upperBound
        continue
      }
      let edges = [marked.lowerBound, marked.upperBound, range.upperBound] + masks.map(\.range.lowerBound)
      let end = edges.filter { $0 > place }.min() ?? range.upperBound
      pieces.append((plain(text.extracting(place..<end)), isMarked))
      place = end
    }
    return pieces
  }

  /// Text as it may be shown: known values masked wherever they stand, nothing that moves a cursor or hides a character.
  private func plain(_ bytes: Span<UInt8>) -> String {
    var content = Array(bytes)
    for secret in secrets {
      let value = secret.exposedBytes
      while let place = content.firstOffset(of: value) {
        content.replaceSubrange(place..<place + value.count, with: secret.lengthClass.redactionToken.utf8)
      }
    }
    var text = ""
    for scalar in String(decoding: content, as: UTF8.self).unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control where scalar != "\t", .format, .lineSeparator, .paragraphSeparator, .surrogate:
        text.unicodeScalars.append("\u{FFFD}")
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
