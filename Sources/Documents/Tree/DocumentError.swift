package import Findings

/// A file that could not be read as what it should be.
package struct DocumentError: Error, Hashable, CustomStringConvertible {
  /// What is wrong, in a phrase.
  package var message: String
  package var position: Position

  package init(_ message: String, at position: Position) {
    self.message = message
    self.position = position
  }

  package var description: String { "\(position.line):\(position.column): \(message)" }
}

/// What a reader throws within: lines are counted only when it gets out.
struct SyntaxError: Error {
  var message: String
  var offset: Int

  init(_ message: String, at offset: Int) {
    self.message = message
    self.offset = offset
  }

  func located(in bytes: [UInt8]) -> DocumentError {
    let text = bytes.span
    return DocumentError(message, at: LineIndex(text).position(of: min(offset, text.count), in: text))
  }
}
