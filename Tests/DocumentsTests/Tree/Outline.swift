@testable import Documents

/// A tree in one line with the text of the file that each value stands in, to compare.
func outline(_ node: Node) -> String {
  let source = String(decoding: node.document.bytes[node.byteRange], as: UTF8.self)
  switch node.kind {
  case .scalar: return node.isAlias ? "\(source)=\(node.text ?? "")" : source
  case .sequence: return "[" + (node.elements ?? []).map(outline).joined(separator: " ") + "]"
  case .mapping:
    return "{" + (node.entries ?? []).map { "\(outline($0.key)):\(outline($0.value))" }.joined(separator: " ") + "}"
  }
}

extension String {
  var bytes: [UInt8] { Array(utf8) }
}
