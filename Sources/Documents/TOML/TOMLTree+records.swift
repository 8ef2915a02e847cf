extension TOMLTree {
  /// Writes all values out in the order of the tree.
  func records() -> TreeBuilder {
    var tree = TreeBuilder(capacity: nodes.count + keyCount)
    var current = 0
    while true {
      let node = nodes[current]
      // A key is a string whatever it looks like.
      if node.hasKey { add(node.key, to: &tree) }
      if node.kind == .scalar {
        add(node.value, to: &tree)
      } else {
        let isSequence = node.kind == .array || node.kind == .tableArray
        tree.open(isSequence ? .sequence : .mapping, at: Int(node.value.start))
        if node.firstChild != 0 {
          current = Int(node.firstChild)
          continue
        }
        tree.close(at: Int(node.value.end))
      }
      while nodes[current].next == 0 {
        if current == 0 { return tree }
        current = Int(nodes[current].parent)
        tree.close(at: Int(nodes[current].value.end))
      }
      current = Int(nodes[current].next)
    }
  }

  private func add(_ piece: Piece, to tree: inout TreeBuilder) {
    if piece.isCopied {
      let textStart = tree.texts.count
      tree.addText(texts.span.extracting(piece.text))
      tree.addScalar(piece.range, copiedFrom: textStart, isPlain: piece.isPlain)
    } else {
      tree.addScalar(piece.range, text: piece.text, isPlain: piece.isPlain)
    }
  }
}
