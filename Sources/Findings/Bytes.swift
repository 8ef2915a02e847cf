internal import Glibc

// The standard library's searching and comparing of collections is generic and, across modules, tens of times slower than
// the C library's.

extension Span<UInt8> {
  /// The number of UTF-16 code units of the text that these bytes are in UTF-8.
  var utf16Count: Int {
    for offset in indices where self[offset] >= 0x80 { return string.utf16.count }
    return count
  }

  /// The text that these bytes are in UTF-8, broken parts replaced by U+FFFD.
  package var string: String {
    unsafe withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
  }
}

extension Array where Element == UInt8 {
  /// A copy of the bytes of a span.
  package init(_ span: Span<UInt8>) {
    self = unsafe span.withUnsafeBufferPointer { unsafe [UInt8]($0) }
  }
}

extension Array where Element == UInt8 {
  /// Where `needle`, which is not empty, first stands at or after `start`.
  package func firstOffset(of needle: [UInt8], from start: Int = 0) -> Int? {
    guard let first = needle.first else { return nil }
    return unsafe withUnsafeBufferPointer { haystack -> Int? in
      guard let base = haystack.baseAddress else { return nil }
      var place = start
      while place + needle.count <= haystack.count {
        // Swift does not see memmem, which GNU adds. Both calls stay within the array by the condition above.
        let room = haystack.count - needle.count - place + 1
        guard let hit = unsafe memchr(base + place, Int32(first), room) else { return nil }
        place = unsafe UnsafeRawPointer(hit) - UnsafeRawPointer(base)
        if unsafe memcmp(base + place, needle, needle.count) == 0 { return place }
        place += 1
      }
      return nil
    }
  }

  /// Whether `needle`, which is not empty, stands anywhere.
  package func holds(_ needle: [UInt8]) -> Bool { firstOffset(of: needle) != nil }

  /// Whether the bytes come before those of `other`: byte by byte, and the shorter first.
  package func precedes(_ other: [UInt8]) -> Bool {
    let order = unsafe withUnsafeBufferPointer { left in
      unsafe other.withUnsafeBufferPointer { right in
        guard let first = left.baseAddress, let second = right.baseAddress else { return Int32(0) }
        return unsafe memcmp(first, second, Swift.min(left.count, right.count))
      }
    }
    return order == 0 ? count < other.count : order < 0
  }
}
