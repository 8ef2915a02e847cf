internal import Findings

/// Blocks of lines, told by indentation, braces that close at it, and continued lines: enough for where a comment reaches.
struct LineBlocks {
  let lines: LineIndex
  let isDockerfile: Bool

  /// The most lines of a block.
  private static let maxLines = 20_000

  /// The instruction or block that begins below a line; blank lines and further comments are passed over.
  func block(below line: Int, in text: Span<UInt8>) -> ClosedRange<Int>? {
    var first = line + 1
    while first <= lines.lineCount, isBlank(first, in: text) || isComment(first, in: text) {
      // An empty line ends what a comment above it could belong to.
      if isBlank(first, in: text), isDockerfile { return nil }
      first += 1
    }
    guard first <= lines.lineCount else { return nil }
    let column = indentation(of: first, in: text)
    var last = first
    while last < lines.lineCount, last - first < Self.maxLines, isContinued(last, in: text) { last += 1 }
    if isDockerfile { return first...last }
    var next = last + 1
    while next <= lines.lineCount, next - first < Self.maxLines {
      if isBlank(next, in: text) {
        next += 1
        continue
      }
      let own = indentation(of: next, in: text)
      if own > column {
        last = next
      } else if own == column, isClosing(next, in: text) {
        return first...next
      } else {
        break
      }
      next += 1
    }
    return first...last
  }

  /// The block in which a line stands; `nil` at the margin.
  ///
  /// - Parameter toTop: the outermost one, and not the nearest.
  func block(around line: Int, toTop: Bool, in text: Span<UInt8>) -> ClosedRange<Int>? {
    let column = toTop ? 1 : indentation(of: line, in: text)
    guard column > 0, indentation(of: line, in: text) > 0 else { return nil }
    func isWithin(_ line: Int) -> Bool { isBlank(line, in: text) || indentation(of: line, in: text) >= column }
    var first = line
    while first > 1, line - first < Self.maxLines, isWithin(first - 1) { first -= 1 }
    var last = line
    while last < lines.lineCount, last - line < Self.maxLines, isWithin(last + 1) { last += 1 }
    // With the line that opens it, and the one that closes it.
    return max(1, first - 1)...min(lines.lineCount, toTop ? last + 1 : last)
  }

  /// Whether nothing but comments and blank lines stands above a line.
  func isHead(_ line: Int, in text: Span<UInt8>) -> Bool {
    guard line <= 100 else { return false }
    return (1..<max(line, 1)).allSatisfy { isBlank($0, in: text) || isComment($0, in: text) }
  }

  private func first(of line: Int, in text: Span<UInt8>) -> Int? {
    let range = lines.range(ofLine: line, in: text)
    var place = range.lowerBound
    while place < range.upperBound, text[place] == 32 || text[place] == 9 { place += 1 }
    return place < range.upperBound && text[place] != 10 && text[place] != 13 ? place : nil
  }

  private func isBlank(_ line: Int, in text: Span<UInt8>) -> Bool { first(of: line, in: text) == nil }

  private func indentation(of line: Int, in text: Span<UInt8>) -> Int {
    (first(of: line, in: text) ?? 0) - lines.range(ofLine: line, in: text).lowerBound
  }

  private func isComment(_ line: Int, in text: Span<UInt8>) -> Bool {
    guard let first = first(of: line, in: text) else { return false }
    if text[first] == UInt8(ascii: "#") { return true }
    return text[first] == UInt8(ascii: "/") && first + 1 < text.count
      && (text[first + 1] == UInt8(ascii: "/") || text[first + 1] == UInt8(ascii: "*"))
  }

  private func isClosing(_ line: Int, in text: Span<UInt8>) -> Bool {
    guard let first = first(of: line, in: text) else { return false }
    return [UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ")")].contains(text[first])
  }

  /// Whether the line goes on in the next: it ends in a backslash, or is a comment within such a line.
  private func isContinued(_ line: Int, in text: Span<UInt8>) -> Bool {
    let range = lines.range(ofLine: line, in: text)
    var end = range.upperBound
    while end > range.lowerBound, text[end - 1] <= 0x20 { end -= 1 }
    if end > range.lowerBound, text[end - 1] == UInt8(ascii: "\\") { return true }
    return isDockerfile && (isComment(line, in: text) || end == range.lowerBound)
  }
}
