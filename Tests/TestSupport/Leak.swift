/// Looks for pieces of values in output. What it returns names no piece, so that a failing test prints none.
package struct Leak {
  private var pieces: [UInt64: (value: Int, offset: Int)] = [:]

  /// - Parameter values: every 8 bytes in a row of each, after the first 4, must not show.
  package init(of values: [String]) {
    for (index, value) in values.enumerated() {
      let bytes = Array(value.utf8)
      for start in 4..<max(4, bytes.count - 7) {
        pieces[bytes[start..<start + 8].reduce(0) { $0 << 8 | UInt64($1) }] = (index, start)
      }
    }
  }

  /// Where a value shows, for people; `nil` when none does.
  package func found(in output: some Sequence<UInt8>) -> String? {
    var window: UInt64 = 0
    for (offset, byte) in output.enumerated() {
      window = window << 8 | UInt64(byte)
      if offset >= 7, let piece = pieces[window] {
        return "value \(piece.value) shows from its byte \(piece.offset) on, at byte \(offset - 7) of the output"
      }
    }
    return nil
  }

  package func found(in text: String) -> String? { found(in: text.utf8) }
}
