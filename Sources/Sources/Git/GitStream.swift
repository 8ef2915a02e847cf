internal import Glibc

/// What a running git prints, taken piece by piece out of one buffer that is used again and again.
struct GitStream: ~Copyable {
  private var process: GitProcess
  private var buffer = [UInt8](repeating: 0, count: 128 << 10)
  private var start = 0
  private var end = 0

  init(_ process: consuming GitProcess) {
    self.process = process
  }

  /// The bytes at a place that the last call gave.
  borrowing func bytes(_ range: Range<Int>) -> ArraySlice<UInt8> { buffer[range] }

  /// Calls `body` with the bytes at a place that the last call gave.
  borrowing func withBytes<Result>(_ range: Range<Int>, _ body: (Span<UInt8>) -> Result) -> Result {
    let span = buffer.span
    return body(span.extracting(range))
  }

  /// Whatever comes next; `nil` at the end.
  mutating func next() -> Range<Int>? {
    if start == end, !fill() { return nil }
    defer { start = end }
    return start..<end
  }

  /// The bytes before the next `delimiter`, which is left out; `nil` at the end.
  mutating func token(until delimiter: UInt8) -> Range<Int>? {
    var searched = 0
    while true {
      if let place = firstIndex(of: delimiter, from: start + searched) {
        defer { start = place + 1 }
        return start..<place
      }
      searched = end - start
      if !fill() {
        guard start < end else { return nil }
        defer { start = end }
        return start..<end
      }
    }
  }

  /// The next `count` bytes; `nil` when git ended before.
  mutating func take(_ count: Int) -> Range<Int>? {
    while end - start < count {
      if !fill(atLeast: count) { return nil }
    }
    defer { start += count }
    return start..<start + count
  }

  /// Reads over the next `count` bytes.
  mutating func skip(_ count: Int) -> Bool {
    var rest = count
    while true {
      let step = min(rest, end - start)
      start += step
      rest -= step
      if rest == 0 { return true }
      if !fill() { return false }
    }
  }

  /// Throws when git failed.
  mutating func finish() throws(GitFailure) {
    while next() != nil {}
    try process.finish()
  }

  private mutating func fill(atLeast size: Int = 0) -> Bool {
    if start == end {
      start = 0
      end = 0
    } else if start > 0, end == buffer.count || start + size > buffer.count {
      let length = end - start
      unsafe buffer.withUnsafeMutableBytes { bytes in
        // `start + length` is `end`, which lies within the buffer.
        guard let base = bytes.baseAddress else { return }
        _ = unsafe memmove(base, base + start, length)
      }
      start = 0
      end = length
    }
    if end == buffer.count || size > buffer.count {
      buffer += [UInt8](repeating: 0, count: max(buffer.count, size - buffer.count))
    }
    let count = process.read(into: &buffer, at: end)
    end += count
    return count > 0
  }

  private func firstIndex(of byte: UInt8, from place: Int) -> Int? {
    unsafe buffer.withUnsafeBufferPointer { bytes in
      // `place ... end` lies within the buffer.
      guard place < end, let base = bytes.baseAddress, let hit = unsafe memchr(base + place, Int32(byte), end - place)
      else { return nil }
      return unsafe UnsafeRawPointer(hit) - UnsafeRawPointer(base)
    }
  }
}
