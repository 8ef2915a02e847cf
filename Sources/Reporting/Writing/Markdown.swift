/// Text of others within Markdown: shown as it reads, never obeyed (https://github.github.com/gfm/).
enum Markdown {
  /// Entities where a backslash keeps neither a mention nor a number from becoming a link.
  private static let replacements = PlainText.Replacements([
    "&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "&#64;", "#": "&#35;", "!": "&#33;", "~": "&#126;", "$": "&#36;",
    "\\": "\\\\", "`": "\\`", "*": "\\*", "_": "\\_", "[": "\\[", "]": "\\]", "|": "\\|",
  ])
  private static let bars = PlainText.Replacements(["|": "\\|"])

  /// `text` so that nothing in it is a heading, link, tag, mention, reference or table; on one line unless it keeps its
  /// line breaks.
  static func text(_ text: String, keepsBreaks: Bool = false) -> String {
    var shown = ""
    let lines = keepsBreaks ? text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) : [text]
    for (index, line) in lines.enumerated() {
      if index > 0 { shown += "\n" }
      shown += replacements.escaped(PlainText.line(line))
    }
    return shown
  }

  /// `text` in a code span that may stand in a cell of a table.
  static func code(_ text: String) -> String {
    let line = PlainText.line(text)
    if line.isEmpty { return "" }
    // A code span ends at as many backticks as it began with, and no backslash changes that; only in a table a bar has to
    // be escaped even here.
    var longest = 0
    var run = 0
    for byte in line.utf8 {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: longest + 1)
    let pad = longest > 0 || line.hasPrefix(" ") ? " " : ""
    return fence + pad + bars.escaped(line) + pad + fence
  }
}
