/// Why a pattern cannot be used: what is wrong and at which byte of its text.
package struct PatternError: Error, Hashable, CustomStringConvertible {
  package var message: String
  /// Bytes from the start of the pattern, counted from 0.
  package var offset: Int

  package init(_ message: String, at offset: Int) {
    self.message = message
    self.offset = offset
  }

  package var description: String { "\(message) (at byte \(offset) of the pattern)" }
}
