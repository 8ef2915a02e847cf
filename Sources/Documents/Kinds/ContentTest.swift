internal import Findings

/// Looks at the text of a file for what it is, without reading it into a tree: most files are not of a kind that a rule
/// wants.
enum ContentTest {
  /// The kind that the keys at the top of one of the file's documents tell.
  static func kind(of text: Span<UInt8>, isYAML: Bool) -> FileKind? {
    let documents = isYAML ? yamlKeys(of: text) : [flowKeys(of: text, from: 0)]
    for row in FileKindTable.contentRows {
      for document in documents where document.isList == row.isList {
        if row.keys.allSatisfy({ document.keys.contains($0) }) { return row.kind }
      }
    }
    return nil
  }

  /// Whether the first line is that of a shell script, such as `#!/usr/bin/env -S bash -e`.
  static func namesShell(_ text: Span<UInt8>) -> Bool {
    guard text.count > 2, text[0] == UInt8(ascii: "#"), text[1] == UInt8(ascii: "!") else { return false }
    var end = 2
    while end < min(text.count, 256), text[end] != 0x0A, text[end] != 0x0D { end += 1 }
    let words = text.extracting(2..<end).string.split(separator: " ")
    for word in words {
      let program = String(word.split(separator: "/").last ?? "")
      if program == "env" || program.hasPrefix("-") || program.contains("=") { continue }
      return FileKindTable.shells.contains(program)
    }
    return false
  }

  /// Whether `{{` stands somewhere without a `$` before it: that is GitHub's.
  static func hasTemplateHole(_ text: Span<UInt8>) -> Bool {
    var index = 0
    while index + 1 < text.count {
      if text[index] == UInt8(ascii: "{"), text[index + 1] == UInt8(ascii: "{"),
        index == 0 || text[index - 1] != UInt8(ascii: "$")
      {
        return true
      }
      index += 1
    }
    return false
  }

  // MARK: Keys at the top

  private struct Top {
    var keys: Set<String> = []
    var isList = false
  }

  /// More documents than this are not looked at.
  private static let maxDocuments = 1_000

  /// The keys at column 1 of each document of a YAML stream, or those of the elements of its list.
  private static func yamlKeys(of text: Span<UInt8>) -> [Top] {
    var tops = [Top()]
    // The column of the keys of a list's elements; 0 before the first.
    var elementColumn = 0
    var lineStart = 0
    while lineStart < text.count, tops.count < maxDocuments {
      var end = lineStart
      while end < text.count, text[end] != 0x0A { end += 1 }
      defer { lineStart = end + 1 }
      var start = lineStart
      if start == 0, text.count >= 3, text[0] == 0xEF, text[1] == 0xBB { start = 3 }
      let base = start
      while start < end, text[start] == 0x20 { start += 1 }
      if start == end || text[start] == UInt8(ascii: "#") || text[start] == 0x0D { continue }
      if start == base {
        if isMarker(text, start, end) {
          tops.append(Top())
          elementColumn = 0
          continue
        }
        if text[start] == UInt8(ascii: "{"), tops[tops.count - 1].keys.isEmpty {
          tops[tops.count - 1] = flowKeys(of: text, from: start)
          continue
        }
      }
      if text[start] == UInt8(ascii: "-"), start + 1 < end, text[start + 1] == 0x20,
        start == base || (tops[tops.count - 1].isList && start - base < elementColumn)
      {
        start += 1
        while start < end, text[start] == 0x20 { start += 1 }
        tops[tops.count - 1].isList = true
        elementColumn = start - base
      }
      let column = tops[tops.count - 1].isList ? elementColumn : 0
      guard start - base == column, let key = key(text, start, end) else { continue }
      tops[tops.count - 1].keys.insert(key)
    }
    return tops
  }

  /// `---` alone or with something behind it.
  private static func isMarker(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    guard end - start >= 3 else { return false }
    for index in start..<start + 3 where text[index] != UInt8(ascii: "-") { return false }
    return end - start == 3 || text[start + 3] == 0x20 || text[start + 3] == 0x0D
  }

  /// The key of a line `key: …`, quoted or not.
  private static func key(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> String? {
    var colon = start
    while colon < end {
      if text[colon] == UInt8(ascii: ":"), colon + 1 == end || text[colon + 1] == 0x20 || text[colon + 1] == 0x0D {
        break
      }
      colon += 1
    }
    guard colon < end, colon > start, colon - start < 64 else { return nil }
    var range = start..<colon
    let first = text[start]
    if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'"), range.count > 1, text[colon - 1] == first {
      range = start + 1..<colon - 1
    }
    return text.extracting(range).string
  }

  /// The keys of the outermost `{}` of JSON: the strings at depth 1 with a colon behind them.
  private static func flowKeys(of text: Span<UInt8>, from start: Int) -> Top {
    var top = Top()
    var depth = 0
    var index = start
    while index < text.count {
      switch text[index] {
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        if depth <= 0 { return top }
      case UInt8(ascii: "\""):
        let stringStart = index + 1
        index += 1
        while index < text.count, text[index] != UInt8(ascii: "\"") {
          index += text[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        if depth == 1, index < text.count, index - stringStart < 64, isBeforeColon(text, index + 1) {
          top.keys.insert(text.extracting(stringStart..<index).string)
        }
      default: break
      }
      index += 1
    }
    return top
  }

  private static func isBeforeColon(_ text: Span<UInt8>, _ start: Int) -> Bool {
    var index = start
    while index < text.count, text[index] <= 0x20 { index += 1 }
    return index < text.count && text[index] == UInt8(ascii: ":")
  }
}
