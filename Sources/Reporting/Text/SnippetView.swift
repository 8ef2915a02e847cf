internal import Findings

/// A line of code and the marks under it, in cells of a terminal.
struct SnippetView {
  private(set) var code = ""
  private(set) var marks = ""

  /// - Parameter width: the cells that there are; a longer line is cut around the mark.
  init(_ snippet: Snippet, width: Int) {
    var pieces: [(text: String, cells: Int, isMarked: Bool)] = []
    var total = 0
    for (index, character) in snippet.text.enumerated() {
      let text = TerminalText.code(character, at: total)
      let cells = TerminalText.cells(text)
      pieces.append((text, cells, snippet.mark.contains(index)))
      total += cells
    }

    // Show the mark, with some of what stands before it.
    var visible = 0..<pieces.count
    if total > width {
      let start = min(max(0, snippet.mark.lowerBound), pieces.count)
      var room = width - 2
      var lower = start
      while lower > 0, room - pieces[lower - 1].cells >= width * 2 / 3 {
        lower -= 1
        room -= pieces[lower].cells
      }
      var upper = start
      while upper < pieces.count, room >= pieces[upper].cells {
        room -= pieces[upper].cells
        upper += 1
      }
      while lower > 0, room >= pieces[lower - 1].cells {
        lower -= 1
        room -= pieces[lower].cells
      }
      visible = lower..<upper
    }

    if visible.lowerBound > 0 {
      code += "…"
      marks += " "
    }
    for index in visible {
      let piece = pieces[index]
      code += piece.text
      // An empty mark points between two characters: at the one after.
      let isMarked = piece.isMarked || (snippet.mark.isEmpty && index == snippet.mark.lowerBound)
      marks += String(repeating: isMarked ? "^" : " ", count: piece.cells)
    }
    if visible.upperBound < pieces.count { code += "…" }
    if snippet.mark.isEmpty && snippet.mark.lowerBound >= pieces.count { marks += "^" }
    while marks.last == " " { marks.removeLast() }
  }
}
